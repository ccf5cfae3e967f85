using CabinMood.Messaging;

namespace CabinMood.Service.Health;

/// <summary>What a judgement about the service's health rests on, at one moment.</summary>
/// <param name="IsStuck">A native call has not come back in time.</param>
/// <param name="ConductorTurns">The conductor has turned since the last judgement.</param>
/// <param name="CameraIsOpen">The camera is meant to be open; false also where none may be opened.</param>
/// <param name="CameraTrouble">What is wrong with it, in one line; null when nothing is.</param>
/// <param name="FramesPerSecond">From the camera; null before two judgements.</param>
/// <param name="HandledPerSecond">Looked at, or found unlit by a strobed lamp, which leaves every other frame dark.</param>
/// <param name="Latency">Median from a frame's arrival to its scores.</param>
/// <param name="Link">The link to the broker.</param>
/// <param name="Urgent">The connection of the driver's no; null where there is none.</param>
/// <param name="NewlyRejected">Publications that the broker has rejected since the last judgement.</param>
/// <param name="StorageTrouble">Why the last thing could not be stored; null when it could.</param>
/// <param name="FreeBytes">Room on the state folder's disk; null where it cannot be told.</param>
public sealed record HealthFacts(
    bool IsStuck,
    bool ConductorTurns,
    bool CameraIsOpen,
    string? CameraTrouble,
    double? FramesPerSecond,
    double HandledPerSecond,
    TimeSpan Latency,
    MqttLinkStatus Link,
    MqttLinkStatus? Urgent,
    long NewlyRejected,
    string? StorageTrouble,
    long? FreeBytes);
