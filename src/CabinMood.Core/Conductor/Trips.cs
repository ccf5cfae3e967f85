using System.Globalization;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Conductor;

/// <summary>Trips: what begins and ends them, and what they take with them when they end.</summary>
internal sealed class Trips(ConductorOptions options)
{
    // A restart is bridged only when the record is younger than ResumeSeconds, so it must be refreshed more often than that.
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(10);

    // What could not be stored is tried again ever less often: only a later command tells that the disk is well again.
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    /// <summary>Continues the stored trip when it is fresh enough; otherwise begins a new one that only remembers a closed camera.</summary>
    public void Start(Turn turn, ServiceStarted started)
    {
        if (started.Stored is not { } stored)
        {
            Begin(turn);
            return;
        }

        turn.State = turn.State with { CameraAllowed = stored.CameraAllowed };
        var age = turn.At.Utc - stored.SavedUtc;
        // A negative age is a clock that was set back: the trip is unknown.
        if (stored.Trip.Length == 0 || age < TimeSpan.Zero || age.TotalSeconds > options.Trips.ResumeSeconds)
        {
            Begin(turn);
            return;
        }

        turn.State = turn.State with
        {
            Trip = stored.Trip,
            // The profile may have become commercial since.
            Consent = options.Limiter.IsCommercial ? Consent.Withheld : stored.Consent,
            Override = Resume(turn, stored.Override),
            SongsSilenced = stored.SongsSilenced,
            Changes = ChangeHistory.ResumedAt(turn.Now, turn.At.Utc, stored.ChangesUtc ?? []),
            HasCalmed = stored.HasCalmed,
            YesIds = [.. stored.YesIds ?? []],
        };
    }

    /// <summary>
    /// Ends the trip and begins another: consent, mood, target and override lapse, the interval runs anew. What the driver
    /// plays instead of us, or a stop, holds on: no trip's end is a reason to play over it.
    /// </summary>
    public static void Begin(Turn turn) => Switch(turn, NewId(turn));

    /// <summary>Ends the trip; nothing may be granted until another begins.</summary>
    public static void End(Turn turn) => Switch(turn, "");

    /// <summary>OFF and LOCK end the trip, ON and START begin one where none is running. Accessories change nothing.</summary>
    public static void OnIgnition(Turn turn, IgnitionState ignition, bool isRetained)
    {
        var isUnderWay = turn.State.Trip.Length > 0;
        if (ignition is IgnitionState.Off or IgnitionState.Lock && isUnderWay)
        {
            End(turn);
        }
        else if (ignition is IgnitionState.On or IgnitionState.Start && !isUnderWay && !isRetained)
        {
            Begin(turn);
        }
    }

    /// <summary>
    /// Somebody asked for something: where no camera looks, that is the only sign that the driver is there. A camera that
    /// looks knows better: a passenger's touch must not keep the consent of a driver who left.
    /// </summary>
    public static void HearFromDriver(Turn turn)
    {
        if (!turn.State.CameraRequested)
        {
            turn.State = turn.State with { DesertedSince = null };
        }
    }

    /// <summary>True when the camera has seen long enough that the driver left.</summary>
    public bool HasDriverLeft(Turn turn) =>
        turn.State.DesertedSince is { } since && (turn.Now - since).TotalSeconds >= options.Trips.NewDriverSeconds;

    /// <summary>Watches for a driver who left, and keeps the stored record young.</summary>
    public void Watch(Turn turn)
    {
        var state = turn.State;
        // A camera that does not look sees nobody leave. Once one has, its closing (consent lapses then) brings nobody back.
        var mayBeGone = state.CameraRequested ? state.Face != FacePresence.Present : state.DesertedSince is not null;
        var deserted = mayBeGone && state.Vehicle.IsStanding(turn.Now, options.Vehicle);
        var since = deserted ? state.DesertedSince ?? turn.Now : (TimeSpan?)null;
        if (since != state.DesertedSince)
        {
            turn.State = state with { DesertedSince = since };
        }

        if (since is { } start && state.Trip.Length > 0)
        {
            var seconds = (turn.Now - start).TotalSeconds;
            if (seconds >= options.Trips.EndSeconds)
            {
                Begin(turn);
            }
            else if (seconds >= options.Trips.NewDriverSeconds && state.Consent == Consent.Granted)
            {
                turn.State = turn.State with
                {
                    Consent = Consent.Withheld,
                    UnstoredConsent = null,
                    // Whoever could not be seen may still sit there: consent must be asked for anew, but the trip goes on.
                    DesertedSince = state.Face == FacePresence.Absent ? start : null,
                };
                Wishes.Forget(turn);
                Save(turn, null);
            }
        }

        // Without consent, a wish or silence in a trip there is nothing that a restart could lose, and flash memory wears out.
        var isWorthKeeping = turn.State.Consent == Consent.Granted || turn.State.Override is not null
            || turn.State is { SongsSilenced: true, Trip.Length: > 0 };
        var every = isWorthKeeping ? SaveEvery : turn.State.UnstoredTrip is not null ? RetryAfter(turn.State.TripRetries) : TimeSpan.MaxValue;
        if (turn.Now - turn.State.TripSavedAt >= every)
        {
            Save(turn, null);
        }
    }

    /// <summary>Stores what a restart needs; with a command, its reply waits for the commit.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="commandId">The command; null for housekeeping.</param>
    /// <param name="remembered">What of the ledger must be stored with it, all or nothing.</param>
    public static void Save(Turn turn, string? commandId, params IReadOnlyList<RememberedCommand> remembered)
    {
        var state = turn.State;
        var wish = state.Override is { } held
            ? new StoredOverride(
                held.CommandId,
                held.Mood,
                held.Kind == OverrideSpanKind.Duration ? turn.UtcOf(held.Until) : null,
                held.Kind == OverrideSpanKind.Song)
            : null;
        var record = new TripRecord(state.Trip, turn.At.Utc, state.Consent, state.CameraAllowed, wish, state.SongsSilenced, state.HasCalmed, state.YesIds.IsEmpty ? null : state.YesIds)
        {
            ChangesUtc = state.Changes.CountLastHour(turn.Now) > 0 ? [.. state.Changes.WithinHourOf(turn.Now).Select(turn.UtcOf)] : null,
        };
        turn.Effects.Add(new SaveTrip(record, commandId) { Remembered = remembered });
        turn.State = state with
        {
            TripSavedAt = turn.Now,
            UnstoredTrip = commandId ?? state.UnstoredTrip,
            TripRetries = commandId is null && state.UnstoredTrip is not null ? state.TripRetries + 1 : 0,
        };
    }

    // 10, 20, 40, 60, 60, ... seconds.
    private static TimeSpan RetryAfter(int retries)
    {
        var pause = SaveEvery * (1 << Math.Min(retries, 3));
        return pause < LongestRetry ? pause : LongestRetry;
    }

    private static void Switch(Turn turn, string id)
    {
        turn.State = turn.State with
        {
            Trip = id,
            Consent = Consent.Withheld,
            UnstoredConsent = null,
            Override = null,
            DesertedSince = null,
            HasCalmed = false,
            YesIds = [],
            Changes = turn.State.Changes.RestartedAt(turn.Now),
        };
        Wishes.Forget(turn);
        Save(turn, null);
    }

    private static ActiveOverride? Resume(Turn turn, StoredOverride? stored)
    {
        if (stored is null || stored.Mood == Mood.Unknown)
        {
            return null;
        }

        if (stored.UntilUtc is not { } until)
        {
            // The song that was playing is chosen anew: a wish for one song lasts as long as that one.
            return new ActiveOverride(stored.CommandId, stored.Mood, stored.ForSong ? OverrideSpanKind.Song : OverrideSpanKind.Trip, default);
        }

        var left = until - turn.At.Utc;
        return left > TimeSpan.Zero
            ? new ActiveOverride(stored.CommandId, stored.Mood, OverrideSpanKind.Duration, turn.Now + left)
            : null;
    }

    private static string NewId(Turn turn) => turn.Draw().ToString("x16", CultureInfo.InvariantCulture);
}
