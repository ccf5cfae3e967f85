using CabinMood.Core.Moods;

namespace CabinMood.Core.Songs.Learning;

/// <summary>The situation that a song was or is to be chosen for.</summary>
/// <param name="Mood">The mood that the music follows; unknown counts as neutral.</param>
/// <param name="Style">The driver's style.</param>
/// <param name="Daypart">The quarter of the day.</param>
/// <param name="Target">The target point, after safety caps.</param>
public readonly record struct ListeningContext(Mood Mood, Style Style, Daypart Daypart, TargetPoint Target)
{
    /// <summary>The quarter of the day that an instant lies in.</summary>
    public static Daypart DaypartAt(DateTimeOffset utc) => (Daypart)(utc.UtcDateTime.Hour / 6);
}
