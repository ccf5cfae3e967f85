using CabinMood.Core.Faces;
using CabinMood.Core.Moods;
using CabinMood.Vision;
using CabinMood.Vision.Capture;

namespace CabinMood.Service.Analysis;

/// <summary>Looks at every frame of a medium with the service's own pipeline and mood filter.</summary>
public sealed class Analyst(PerceptionPipeline perception, MoodOptions moods)
{
    private readonly MoodEstimator _moods = new(moods);

    /// <summary>Reads to the end.</summary>
    /// <param name="media">What the user named; told back in the timeline.</param>
    /// <param name="uri">The same, parsed.</param>
    /// <param name="mirror">Whether to mirror, as <c>Camera:Mirror</c>.</param>
    /// <param name="progress">Gets the share done, 0 to 1.</param>
    /// <param name="cancellation">Stops between two frames.</param>
    /// <exception cref="CaptureException">The medium is missing, or is no video or picture.</exception>
    public Timeline Look(string media, FrameSourceUri uri, bool mirror, Action<double> progress, CancellationToken cancellation)
    {
        using var reader = new SequentialFrameReader(uri, mirror);
        var isVideo = reader.PictureCount == 0;
        var rows = new List<TimelineRow>();
        var estimate = MoodEstimate.None;
        var buffer = new FrameBuffer();
        while (reader.TryRead(buffer))
        {
            cancellation.ThrowIfCancellationRequested();
            var frame = buffer.Frame;
            if (!isVideo)
            {
                // Pictures in a folder are strangers to each other.
                perception.Forget();
            }

            if (isVideo && !perception.IsLit(frame))
            {
                continue;
            }

            var seen = perception.Process(frame);
            rows.Add(isVideo ? Follow(frame.Timestamp, seen, ref estimate) : Judge(rows.Count, seen));
            progress(isVideo
                ? frame.Timestamp / (reader.Duration is { Ticks: > 0 } length ? length : TimeSpan.MaxValue)
                : rows.Count / (double)reader.PictureCount);
        }

        return rows.Count > 0 ? new Timeline(media, isVideo, rows) : throw new CaptureException($"{media}: there is no picture in it");
    }

    private TimelineRow Follow(TimeSpan at, FaceObservation seen, ref MoodEstimate estimate)
    {
        estimate = seen.Presence == FacePresence.Present
            ? _moods.Read(estimate, seen.Reading, at)
            : _moods.Lapse(estimate, at);
        float? margin = estimate.Moods.Sum > 0 ? estimate.Moods.Leader().Margin : null;
        return new TimelineRow(
            at.TotalSeconds, seen.Presence, perception.DriverFace?.Box, seen.Reading, estimate.Candidate, margin, estimate.Mood, estimate.Valence, estimate.Arousal);
    }

    private TimelineRow Judge(int number, FaceObservation seen)
    {
        var reading = seen.Reading;
        var (top, margin) = _moods.Table.Map(reading.Emotions, reading.Arousal).Leader();
        var isPresent = seen.Presence == FacePresence.Present;
        var leading = isPresent && margin >= moods.ConfidenceMargin ? top : Mood.Unknown;
        return new TimelineRow(
            number, seen.Presence, perception.DriverFace?.Box, reading, leading, isPresent ? margin : null, Mood.Unknown, reading.Valence, reading.Arousal);
    }
}
