using CabinMood.Core.Faces;
using CabinMood.Core.Moods;

namespace CabinMood.Service.Analysis;

/// <summary>All rows of one analysis, in order of time.</summary>
/// <param name="Media">What was looked at, as the user named it.</param>
/// <param name="IsVideo">True for a video, false for pictures.</param>
/// <param name="Rows">One per frame or picture.</param>
public sealed record Timeline(string Media, bool IsVideo, IReadOnlyList<TimelineRow> Rows)
{
    /// <summary>Where the axis ends: a row's share of time is the distance to the next one.</summary>
    public double EndSeconds => Rows.Count switch
    {
        0 => 0,
        1 => Rows[0].Seconds + 1,
        _ => Rows[^1].Seconds + (Rows[^1].Seconds - Rows[0].Seconds) / (Rows.Count - 1),
    };

    /// <summary>Share of rows with the driver's face, 0 to 1.</summary>
    public double FaceShare => Rows.Count == 0 ? 0 : Rows.Count(row => row.Presence == FacePresence.Present) / (double)Rows.Count;

    /// <summary>Of the time with the driver's face, the share in which no mood leads by the confidence margin, 0 to 1; null without a face.</summary>
    public double? BelowMarginShare
    {
        get
        {
            var withFace = Runs(row => row.Presence).Where(run => run.Value == FacePresence.Present).Sum(run => run.To - run.From);
            var below = Runs(row => row.IsBelowMargin).Where(run => run.Value).Sum(run => run.To - run.From);
            return withFace > 0 ? below / withFace : null;
        }
    }

    /// <summary>How often the answers change; null for pictures, and where no two frames in a row show a face.</summary>
    public Flicker? Flicker => IsVideo ? Analysis.Flicker.Between(Rows) : null;

    /// <summary>Runs of rows for which <paramref name="select"/> gives the same value, as (value, from, to) in seconds.</summary>
    public IEnumerable<(T Value, double From, double To)> Runs<T>(Func<TimelineRow, T> select)
    {
        for (var start = 0; start < Rows.Count;)
        {
            var value = select(Rows[start]);
            var end = start + 1;
            while (end < Rows.Count && EqualityComparer<T>.Default.Equals(select(Rows[end]), value))
            {
                end++;
            }

            yield return (value, Rows[start].Seconds, end < Rows.Count ? Rows[end].Seconds : EndSeconds);
            start = end;
        }
    }

    /// <summary>Changes from one mood to another.</summary>
    public IEnumerable<(double Seconds, Mood Mood)> MoodChanges() =>
        IsVideo ? Runs(row => row.Mood).Skip(1).Select(run => (run.From, run.Value)) : [];
}
