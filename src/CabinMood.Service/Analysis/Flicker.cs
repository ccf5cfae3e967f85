using CabinMood.Core.Faces;

namespace CabinMood.Service.Analysis;

/// <summary>How often answers change between two frames in a row that both show the driver's face.</summary>
/// <param name="TopEmotionPerSecond">Changes per second of the most probable emotion of the single frame: raw.</param>
/// <param name="LeadingMoodPerSecond">Changes per second of the mood that leads by the confidence margin, unknown included: filtered.</param>
public readonly record struct Flicker(double TopEmotionPerSecond, double LeadingMoodPerSecond)
{
    /// <summary>Counts over rows in order of time; null where no two in a row show a face.</summary>
    public static Flicker? Between(IReadOnlyList<TimelineRow> rows)
    {
        var seconds = 0.0;
        var emotions = 0;
        var moods = 0;
        for (var i = 1; i < rows.Count; i++)
        {
            var (before, now) = (rows[i - 1], rows[i]);
            if (before.Presence != FacePresence.Present || now.Presence != FacePresence.Present)
            {
                continue;
            }

            seconds += now.Seconds - before.Seconds;
            emotions += now.Reading.Emotions.Top != before.Reading.Emotions.Top ? 1 : 0;
            moods += now.Leading != before.Leading ? 1 : 0;
        }

        return seconds > 0 ? new Flicker(emotions / seconds, moods / seconds) : null;
    }
}
