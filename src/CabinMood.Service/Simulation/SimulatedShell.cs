using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Service.Simulation.Drives;
using DriverMemory = CabinMood.Core.Songs.Learning.DriverMemory;

namespace CabinMood.Service.Simulation;

/// <summary>
/// Answers a drive's effects as the service around the conductor would: the disk and the camera never fail, and the head
/// unit plays what it is told to. Remembers what a restart needs.
/// </summary>
internal sealed class SimulatedShell(DriveStart start)
{
    private List<RememberedCommand> _remembered = [];
    private TripRecord? _trip;
    private DriverSettings? _driver;
    private DriverMemory? _memory;

    /// <summary>Answers that reach the conductor after all that already waits: from the camera and the player.</summary>
    public Queue<ConductorEvent> Waiting { get; } = new();

    /// <summary>A start with what an earlier run of this drive has stored.</summary>
    public ServiceStarted Restart(ServiceStarted started)
    {
        Waiting.Clear();
        return started with
        {
            Stored = started.Stored ?? _trip,
            Driver = _driver ?? started.Driver,
            Memory = _memory ?? started.Memory,
            Remembered = [.. started.Remembered, .. _remembered],
        };
    }

    /// <summary>Carries out one effect.</summary>
    /// <returns>The command whose rows are now on disk; null where nobody waits for it.</returns>
    public string? CarryOut(Effect effect, Moment at)
    {
        switch (effect)
        {
            case OpenCamera:
                Waiting.Enqueue(new CameraChanged(at, true));
                return null;
            case CloseCamera:
                Waiting.Enqueue(new CameraChanged(at, false));
                return null;
            case Publish { Publication: SongPublication song } when start.TrackSeconds is { } seconds:
                var report = new PlayerReport(PlayerSource.Cabinmood, song.ChoiceId, PlayerState.Playing, 0, (long)(seconds * 1000));
                Waiting.Enqueue(new PlayerReported(at, report));
                return null;
            case SaveTrip trip:
                _trip = trip.Record;
                _remembered.AddRange(trip.Remembered);
                return trip.CommandId;
            case SaveDriver driver:
                _driver = driver.Settings;
                _remembered.Add(driver.Remembered);
                return driver.CommandId;
            case SaveMemory learned:
                _memory = learned.Memory;
                return null;
            case SaveFeedback feedback:
                _memory = feedback.Memory;
                _remembered.Add(feedback.Remembered);
                return feedback.Row.CommandId;
            case EraseDriverData erase:
                _driver = null;
                _memory = DriverMemory.None;
                _remembered = [.. _remembered.Select(command => command with { Asked = null }), erase.Remembered];
                return erase.CommandId;
            default:
                return null;
        }
    }
}
