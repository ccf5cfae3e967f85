using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Service.Health;
using CabinMood.Storage;

namespace CabinMood.Service.Hosting;

/// <summary>Carries out what the conductor decided: publications, the camera, rows. Called by the conductor's loop alone.</summary>
/// <param name="outbox">To the broker.</param>
/// <param name="store">On disk.</param>
/// <param name="camera">Null where none may be opened; the conductor then asks for none.</param>
/// <param name="eraseEventLogs">Deletes what was recorded for diagnosis.</param>
/// <param name="watch">Told how storing went.</param>
/// <param name="boot">Dates the trip so that no set clock makes it younger or older.</param>
/// <param name="tooMany">Told of every command that was refused because too many came at once.</param>
public sealed class EffectRunner(Outbox outbox, DriverStore store, CameraWorker? camera, Action eraseEventLogs, StorageWatch watch, BootClock boot, Action tooMany)
{
    /// <summary>Carries out one effect; what it stores is committed when this returns.</summary>
    /// <exception cref="Storage.Sqlite.SqliteException">It could not be stored.</exception>
    /// <exception cref="IOException">Not everything could be erased.</exception>
    public void Run(Effect effect)
    {
        switch (effect)
        {
            case Publish publish:
                outbox.Send(publish.Publication);
                if (publish.Publication is ReplyPublication { Error: ReplyErrors.TooMany })
                {
                    tooMany();
                }

                break;
            case OpenCamera open:
                (camera ?? throw new InvalidOperationException("This profile has no camera.")).Open(open.Opening);
                break;
            case CloseCamera:
                camera?.Close();
                break;
            case SaveTrip trip:
                watch.Watch(() => store.SaveTrip(trip.Record with { SavedAt = boot.Now() }, trip.Remembered));
                break;
            case SaveDriver driver:
                watch.Watch(() => store.SaveDriver(driver.Settings, driver.Remembered));
                break;
            case SaveFeedback feedback:
                watch.Watch(() => store.SaveFeedback(feedback.Row, feedback.Memory, feedback.Remembered));
                break;
            case SaveMemory memory:
                watch.Watch(() => store.SaveMemory(memory.Memory));
                break;
            case EraseDriverData erase:
                watch.Watch(() =>
                {
                    store.Erase();
                    eraseEventLogs();
                    store.RememberErasure(erase.Remembered);
                });
                break;
            default:
                throw new InvalidOperationException($"Nobody carries out {effect.GetType().Name}.");
        }
    }
}
