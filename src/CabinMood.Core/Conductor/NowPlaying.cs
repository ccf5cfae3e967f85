using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Moods;

namespace CabinMood.Core.Conductor;

/// <summary>The choice that was published last, and how far its track has got.</summary>
/// <param name="Publication">What the song topic says.</param>
/// <param name="ChosenAt">Monotonic time of the choice.</param>
/// <param name="EndsAt">When the track ends by the player's word, or by its length where the player says nothing; null while paused.</param>
/// <param name="HasPlayerWord">The head unit has reported about this choice.</param>
/// <param name="FollowsFace">Its reason tells of what the camera saw.</param>
/// <param name="FollowsWish">It was chosen while the driver's wish held.</param>
/// <param name="Mood">The mood it was chosen for; null once that is forgotten.</param>
public sealed record NowPlaying(
    SongPublication Publication,
    TimeSpan ChosenAt,
    TimeSpan? EndsAt,
    bool HasPlayerWord,
    bool FollowsFace,
    bool FollowsWish,
    Mood? Mood);
