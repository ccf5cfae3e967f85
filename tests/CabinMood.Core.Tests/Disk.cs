using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Effects;
using DriverMemory = CabinMood.Core.Songs.Learning.DriverMemory;

namespace CabinMood.Core.Tests;

/// <summary>What a drive's service has stored: all that a restart finds.</summary>
internal sealed class Disk
{
    public TripRecord? Trip { get; private set; }

    public DriverSettings Driver { get; private set; } = DriverSettings.Default;

    public DriverMemory Memory { get; private set; } = DriverMemory.None;

    public void Write(Effect effect)
    {
        switch (effect)
        {
            case SaveTrip save:
                Trip = save.Record;
                break;
            case SaveDriver save:
                Driver = save.Settings;
                break;
            case SaveMemory save:
                Memory = save.Memory;
                break;
            case SaveFeedback save:
                Memory = save.Memory;
                break;
            case EraseDriverData:
                Driver = DriverSettings.Default;
                Memory = DriverMemory.None;
                break;
        }
    }

    /// <summary>The command that waits until this is written; null where none does.</summary>
    public static string? CommandOf(Effect effect) => effect switch
    {
        SaveTrip save => save.CommandId,
        SaveDriver save => save.CommandId,
        SaveFeedback save => save.Row.CommandId,
        EraseDriverData erase => erase.CommandId,
        _ => null,
    };
}
