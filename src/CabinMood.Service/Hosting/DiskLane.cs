using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Service.Observability;
using CabinMood.Storage;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Hosting;

/// <summary>
/// Carries out effects in the order in which they were given. What is stored, and all that follows from it, waits in a
/// lane for the disk, which is asked beside the loop and may take seconds; the kill switch and what the cabin is told of
/// the camera wait for nothing. For the conductor's loop; only <see cref="Count"/> may be asked by anybody.
/// </summary>
/// <param name="run">Carries out one effect. What it stores is committed when it returns.</param>
/// <param name="clock">Stamps commits.</param>
/// <param name="meter">Told how long effects take.</param>
/// <param name="logger">Told of effects that failed.</param>
internal sealed class DiskLane(Action<Effect> run, ServiceClock clock, ServiceMeter meter, ILogger logger)
{
    private readonly EffectTroubles _troubles = new(logger);

    // Oldest first; null ends a step.
    private readonly Queue<Effect?> _due = new();

    // What the disk has said to the commands of the step that is being worked off.
    private readonly Queue<CommandCommitted> _commits = new();
    private int _count;

    /// <summary>How much waits.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Carries out the effects of one step, or lets them wait.</summary>
    public void CarryOut(IReadOnlyList<Effect> effects)
    {
        foreach (var effect in effects)
        {
            // What follows something stored waits for it, or it could be heard and forgotten; the kill switch waits for nothing.
            if ((_due.Count > 0 || IsStored(effect)) && effect is not (CloseCamera or Publish { Publication: PrivacyPublication }))
            {
                Put(effect);
            }
            else
            {
                TryRun(effect);
            }
        }

        if (_due.Count > 0)
        {
            Put(null);
        }
    }

    /// <summary>Works off what waits, and what comes to wait meanwhile.</summary>
    /// <param name="whileStoringAsync">Awaited while the disk takes its time; ends once the task given to it has.</param>
    /// <param name="isStillWanted">Whether an opening of the camera has not been taken back since it began to wait.</param>
    /// <param name="take">Told what became of each command, once all of its step has been carried out.</param>
    public async Task WorkOffAsync(Func<Task, Task> whileStoringAsync, Func<OpenCamera, bool> isStillWanted, Action<CommandCommitted> take)
    {
        while (_due.TryPeek(out var effect))
        {
            string? error = null;
            if (effect is not null && IsStored(effect))
            {
                var storing = Task.Run(() => TryRun(effect));
                await whileStoringAsync(storing).ConfigureAwait(false);
                error = await storing.ConfigureAwait(false);
            }
            else if (effect is OpenCamera open ? isStillWanted(open) && _commits.All(committed => committed.Error is null) : effect is not null)
            {
                // A yes that could not be stored opens nothing, nor does one that was taken back meanwhile.
                TryRun(effect);
            }

            _due.Dequeue();
            Volatile.Write(ref _count, _due.Count);
            if (effect is not null && CommandOf(effect) is { } command)
            {
                _commits.Enqueue(new CommandCommitted(clock.Now(), command, error));
            }

            // Not before: what a commit leads to may take back what one of these effects does, and must come after it.
            while (effect is null && _commits.TryDequeue(out var committed))
            {
                take(committed);
            }
        }
    }

    private static bool IsStored(Effect effect) => effect is SaveTrip or SaveDriver or SaveFeedback or SaveMemory or EraseDriverData;

    private static string? CommandOf(Effect effect) => effect switch
    {
        SaveTrip trip => trip.CommandId,
        SaveDriver driver => driver.CommandId,
        SaveFeedback feedback => feedback.Row.CommandId,
        EraseDriverData erase => erase.CommandId,
        _ => null,
    };

    private void Put(Effect? effect)
    {
        _due.Enqueue(effect);
        Volatile.Write(ref _count, _due.Count);
    }

    // Null, or why it failed.
    private string? TryRun(Effect effect)
    {
        var start = clock.Time.GetTimestamp();
        try
        {
            run(effect);
            meter.RecordEffect(clock.Time.GetElapsedTime(start));
            _troubles.Succeeded(effect);
            return null;
        }
        catch (Exception e)
        {
            _troubles.Failed(effect, e);
            return DiskTrouble.Of(e);
        }
    }
}
