namespace CabinMood.Service.Tests.Contract;

/// <summary>The last will in the MQTT binding of the server.</summary>
internal sealed record LastWillBinding(string Topic, int Qos, bool Retain, string Message);
