using System.Collections.Immutable;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;

namespace CabinMood.Core.Conductor;

/// <summary>All that the conductor knows. Immutable: a snapshot can be kept and replayed from.</summary>
public sealed record ConductorState
{
    /// <summary>Monotonic time as the conductor counts it: it never runs backwards.</summary>
    public TimeSpan Clock { get; init; }

    /// <summary>What the conductor's time is ahead of the events': above zero once theirs was set back.</summary>
    public TimeSpan ClockShift { get; init; }

    /// <summary>When the last event came, as the conductor counts it: at most a second before <see cref="Clock"/>.</summary>
    public TimeSpan LatestEvent { get; init; }

    /// <summary>
    /// The latest that events were stamped: the times that are told follow it, so that they go back only when the wall clock
    /// was set back.
    /// </summary>
    public Moment Latest { get; init; }

    /// <summary>State of the seeded generator.</summary>
    public required ulong Random { get; init; }

    /// <summary>The current trip's id; empty between trips.</summary>
    public required string Trip { get; init; }

    /// <summary>Style and taste.</summary>
    public required DriverSettings Driver { get; init; }

    /// <summary>When changes happened.</summary>
    public required ChangeHistory Changes { get; init; }

    /// <summary>Events are recorded for diagnosis, and whoever is in the cabin is told so.</summary>
    public bool EventLog { get; init; }

    /// <summary>Consent in this trip.</summary>
    public Consent Consent { get; init; }

    /// <summary>False when the driver closed the camera.</summary>
    public bool CameraAllowed { get; init; } = true;

    /// <summary>The camera has been asked to open and not to close.</summary>
    public bool CameraRequested { get; init; }

    /// <summary>Counts the openings of the camera: a frame counts only when it came through the last one.</summary>
    public long CameraOpening { get; init; }

    /// <summary>The device is open, or being opened, or not yet really closed.</summary>
    public bool CameraOn { get; init; }

    /// <summary>The command whose trip record is not on disk yet, or could not be stored: it is stored again and again until one is.</summary>
    public string? UnstoredTrip { get; init; }

    /// <summary>How often that has been stored again without a command: each pause is longer than the last.</summary>
    public int TripRetries { get; init; }

    /// <summary>A granting of consent that is not on disk yet: it is undone when it cannot be stored.</summary>
    public string? UnstoredConsent { get; init; }

    /// <summary>An opening of the camera that is not on disk yet: it is undone when it cannot be stored.</summary>
    public string? UnstoredOpening { get; init; }

    /// <summary>The ids under which consent or the camera was granted in this trip: after a no, none of them opens it again.</summary>
    public ImmutableList<string> YesIds { get; init; } = [];

    /// <summary>Style and taste that are not on disk yet: in force once they are.</summary>
    public UnstoredSettings? UnstoredDriver { get; init; }

    /// <summary>What was last seen in the driver's zone.</summary>
    public FacePresence Face { get; init; }

    /// <summary>Monotonic time of the last look into the driver's zone.</summary>
    public TimeSpan LookedAt { get; init; }

    /// <summary>
    /// Monotonic time since which the car has been standing without a face, by the word of a camera that looked; null
    /// while it moves, while a face is there, and while nothing tells that nobody is.
    /// </summary>
    public TimeSpan? DesertedSince { get; init; }

    /// <summary>The mood filter's state.</summary>
    public MoodEstimate Mood { get; init; }

    /// <summary>The mood that the music follows: the driver's wish, else what the camera saw last.</summary>
    public Mood Target => Override?.Mood ?? MoodTarget;

    /// <summary>The target without a wish: neutral at first, then what the mood last turned it to or the last wish left behind.</summary>
    public Mood MoodTarget { get; init; } = Moods.Mood.Neutral;

    /// <summary>The target is what a wish that has ended left behind, until the limiter lets another one take its place.</summary>
    public bool WishIsOver { get; init; }

    /// <summary>The mood has turned the target since it was last forgotten.</summary>
    public bool FollowsFace { get; init; }

    /// <summary>Monotonic time since which the driver has looked tense for sure; null while not. Only kept with abrupt calming.</summary>
    public TimeSpan? TenseSince { get; init; }

    /// <summary>Abrupt calming has been used in this trip.</summary>
    public bool HasCalmed { get; init; }

    /// <summary>The target before the last change.</summary>
    public Mood PreviousTarget { get; init; } = Moods.Mood.Neutral;

    /// <summary>The driver's own wish, if any.</summary>
    public ActiveOverride? Override { get; init; }

    /// <summary>The driver plays something else, or said stop: nothing goes to the song topic.</summary>
    public bool SongsSilenced { get; init; }

    /// <summary>The vehicle's signals.</summary>
    public VehicleState Vehicle { get; init; } = VehicleState.Unknown;

    /// <summary>The choice published last.</summary>
    public NowPlaying? Playing { get; init; }

    /// <summary>What the driver has heard, and what was learned from it.</summary>
    public Listening Listening { get; init; } = Listening.Nothing;

    /// <summary>The songs behind the last choices, for feedback that names one.</summary>
    public ImmutableList<SongPublication> RecentChoices { get; init; } = [];

    /// <summary>Marks the choices of this run: a restart within a trip must not number its choices as the run before did.</summary>
    public string Run { get; init; } = "";

    /// <summary>How many choices were made: numbers the next one.</summary>
    public long Choices { get; init; }

    /// <summary>Commands already obeyed, in this run and before it.</summary>
    public CommandLedger Ledger { get; init; } = CommandLedger.Empty;

    /// <summary>How many commands may still be obeyed now.</summary>
    public TokenBucket CommandTokens { get; init; }

    /// <summary>When the trip's record was last stored.</summary>
    public TimeSpan TripSavedAt { get; init; }

    /// <summary>What was last published, so that only news is.</summary>
    public LastPublished Published { get; init; } = new();

    /// <summary>The service is ending: the camera opens no more, whatever was agreed.</summary>
    public bool IsEnding { get; init; }

    /// <summary>Whether anything may go to the song topic: a trip runs, and the driver plays nothing else and did not say stop.</summary>
    public bool MayPlay => Trip.Length > 0 && !SongsSilenced;

    /// <summary>Whether frames may count at all.</summary>
    public bool MayLook => !IsEnding && Consent == Consent.Granted && CameraAllowed && Trip.Length > 0;
}
