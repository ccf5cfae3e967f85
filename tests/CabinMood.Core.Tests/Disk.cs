using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Effects;
using DriverMemory = CabinMood.Core.Songs.Learning.DriverMemory;

namespace CabinMood.Core.Tests;

/// <summary>What a drive's service has stored: all that a restart finds.</summary>
internal sealed class Disk
{
    private List<RememberedCommand> _remembered = [];

    public TripRecord? Trip { get; private set; }

    public DriverSettings Driver { get; private set; } = DriverSettings.Default;

    public DriverMemory Memory { get; private set; } = DriverMemory.None;

    /// <summary>The commands that were obeyed, in the order in which they were written; a later row replaces an earlier one.</summary>
    public IReadOnlyList<RememberedCommand> Remembered => [.. _remembered];

    public void Write(Effect effect)
    {
        if (effect is EraseDriverData)
        {
            _remembered = _remembered.ConvertAll(command => command with { Asked = null });
        }

        _remembered.AddRange(RememberedBy(effect));
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

    /// <summary>The commands that are remembered with this.</summary>
    public static IReadOnlyList<RememberedCommand> RememberedBy(Effect effect) => effect switch
    {
        SaveTrip save => save.Remembered,
        SaveDriver save => [save.Remembered],
        SaveFeedback save => [save.Remembered],
        EraseDriverData erase => [erase.Remembered],
        _ => [],
    };

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
