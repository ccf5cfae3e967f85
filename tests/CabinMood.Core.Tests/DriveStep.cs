using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;

namespace CabinMood.Core.Tests;

internal sealed partial class Drive
{
    /// <summary>One event and what it led to.</summary>
    /// <param name="Time">Since the drive's beginning, by the conductor's clock, over all restarts.</param>
    /// <param name="Event">What happened.</param>
    /// <param name="Before">The state before; at a start that of the run before, at the first start that after it.</param>
    /// <param name="After">The state after.</param>
    /// <param name="Effects">What followed.</param>
    internal sealed record Step(TimeSpan Time, ConductorEvent Event, ConductorState Before, ConductorState After, IReadOnlyList<Effect> Effects)
    {
        public SongPublication? Song => Effects.OfType<Publish>().Select(publish => publish.Publication).OfType<SongPublication>().FirstOrDefault();

        /// <summary>The song of a choice that was not there before; null when nothing was chosen, or the same choice told again.</summary>
        public SongPublication? NewSong => Song is { } song && song.ChoiceId != Before?.Playing?.Publication.ChoiceId ? song : null;

        public bool IsStart => Event is ServiceStarted;

        /// <summary>
        /// The mood turned the target: neither the driver nor the end of a wish or trip did. By what was told and by what
        /// the music follows, not by what the conductor remembers of its changes.
        /// </summary>
        public bool IsMoodDrivenChange =>
            NewSong?.Why.Text.Contains("you looked", StringComparison.OrdinalIgnoreCase) == true
            || After.Override is null && After.Target != Before.Target && After.Target != Core.Moods.Mood.Neutral;

        /// <summary>What a wish left behind gave way to neutral.</summary>
        public bool IsEndOfWish => NewSong?.Why.Text.StartsWith("Your wish is over; here is something in between", StringComparison.Ordinal) == true;
    }
}
