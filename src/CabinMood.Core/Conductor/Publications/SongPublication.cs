using CabinMood.Core.Songs;

namespace CabinMood.Core.Conductor.Publications;

/// <summary>The song topic.</summary>
/// <param name="Utc">Wall time.</param>
/// <param name="ChoiceId">Names this choice in feedback and player messages.</param>
/// <param name="Song">The song to play now.</param>
/// <param name="GainDb">0 or less: evens out loudness, never louder.</param>
/// <param name="Why">Why this song.</param>
/// <param name="Next">What would come next, up to three.</param>
public sealed record SongPublication(
    DateTimeOffset Utc,
    string ChoiceId,
    Song Song,
    float GainDb,
    SongReason Why,
    IReadOnlyList<Song> Next) : Publication(Utc);
