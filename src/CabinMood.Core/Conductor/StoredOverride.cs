using CabinMood.Core.Moods;

namespace CabinMood.Core.Conductor;

/// <summary>An override as it is stored.</summary>
/// <param name="CommandId">Who asked, so that a newer one can supersede it.</param>
/// <param name="Mood">The wish.</param>
/// <param name="UntilUtc">When it ends; null when it lasts for the trip or a song.</param>
/// <param name="ForSong">It ends with the song that is playing.</param>
public sealed record StoredOverride(string CommandId, Mood Mood, DateTimeOffset? UntilUtc, bool ForSong = false);
