using CabinMood.Core.Conductor.Publications;

namespace CabinMood.Core.Conductor;

/// <summary>The choice that was published last, and how far its track has got.</summary>
/// <param name="Publication">What the song topic says.</param>
/// <param name="ChosenAt">Monotonic time of the choice.</param>
/// <param name="EndsAt">When the track ends by the player's word, or by its length where the player says nothing; null while paused.</param>
/// <param name="HasPlayerWord">The head unit has reported about this choice.</param>
/// <param name="FollowsFace">Its reason tells of what the camera saw.</param>
public sealed record NowPlaying(SongPublication Publication, TimeSpan ChosenAt, TimeSpan? EndsAt, bool HasPlayerWord, bool FollowsFace);
