using System.Text;
using System.Text.Json;
using CabinMood.Core.Emotions;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;
using CabinMood.Service.Analysis;

namespace CabinMood.Service.Tests.Analysis;

public sealed class FlickerTests
{
    [Fact]
    public void Changes_count_only_between_two_frames_in_a_row_with_a_face()
    {
        // Two seconds lie between such frames: 0 to 0.5, 0.5 to 1 and 2 to 3. What changed while no face was seen is not flicker.
        var video = Video(
            Face(0, Emotion.Neutral, Mood.Neutral),
            Face(0.5, Emotion.Sadness, Mood.Neutral),
            Face(1, Emotion.Neutral, Mood.Unknown),
            Nobody(1.5),
            Face(2, Emotion.Happiness, Mood.Happy),
            Face(3, Emotion.Surprise, Mood.Happy));

        Assert.Equal(new Flicker(1.5, 0.5), video.Flicker);
    }

    [Fact]
    public void Steady_answers_do_not_flicker()
    {
        var video = Video([.. Enumerable.Range(0, 10).Select(i => Face(i / 30.0, Emotion.Anger, Mood.Tense))]);

        Assert.Equal(new Flicker(0, 0), video.Flicker);
    }

    [Fact]
    public void Where_no_two_frames_in_a_row_show_a_face_nothing_is_said_about_flicker()
    {
        Assert.Null(Video(Face(0, Emotion.Neutral, Mood.Neutral), Nobody(1), Face(2, Emotion.Anger, Mood.Tense)).Flicker);
        Assert.Null(Video(Nobody(0), Nobody(1)).Flicker);
    }

    [Fact]
    public void Pictures_in_a_folder_are_strangers_and_do_not_flicker()
    {
        var pictures = new Timeline("faces", false, [Face(0, Emotion.Neutral, Mood.Neutral), Face(1, Emotion.Anger, Mood.Tense)]);

        Assert.Null(pictures.Flicker);
        Assert.False(Summary(pictures).TryGetProperty("flicker", out _));
        Assert.Equal(0, Summary(pictures).GetProperty("belowMarginShare").GetDouble());
    }

    [Fact]
    public void Time_below_the_margin_is_a_share_of_the_time_with_a_face()
    {
        // With a face: 0 to 3 and 4 to 5. Below the margin: 1 to 3; at 3 there is no face to doubt.
        var video = Video(
            Face(0, Emotion.Neutral, Mood.Neutral),
            Face(1, Emotion.Neutral, Mood.Unknown),
            Nobody(3),
            Face(4, Emotion.Neutral, Mood.Neutral),
            Face(5, Emotion.Neutral, Mood.Neutral) with { Presence = FacePresence.Obscured });

        Assert.Equal(0.5, video.BelowMarginShare);
    }

    [Fact]
    public void A_mood_that_nothing_is_known_of_yet_is_not_below_the_margin()
    {
        var video = Video(
            Face(0, Emotion.Neutral, Mood.Unknown) with { Margin = null },
            Face(1, Emotion.Neutral, Mood.Unknown),
            Face(2, Emotion.Neutral, Mood.Neutral),
            Face(3, Emotion.Neutral, Mood.Neutral));

        Assert.Equal(0.25, video.BelowMarginShare);
    }

    [Fact]
    public void The_summary_tells_flicker_and_time_below_the_margin()
    {
        var summary = Summary(Video(
            Face(0, Emotion.Neutral, Mood.Neutral), Face(2, Emotion.Sadness, Mood.Neutral), Face(4, Emotion.Neutral, Mood.Unknown), Face(6, Emotion.Neutral, Mood.Unknown)));

        Assert.Equal(0.333, summary.GetProperty("flicker").GetProperty("topEmotionPerSecond").GetDouble());
        Assert.Equal(0.167, summary.GetProperty("flicker").GetProperty("leadingMoodPerSecond").GetDouble());
        Assert.Equal(0.5, summary.GetProperty("belowMarginShare").GetDouble());
    }

    [Fact]
    public void Without_a_face_the_summary_tells_neither()
    {
        var summary = Summary(Video(Nobody(0), Nobody(1)));

        Assert.False(summary.TryGetProperty("flicker", out _));
        Assert.False(summary.TryGetProperty("belowMarginShare", out _));
    }

    private static Timeline Video(params TimelineRow[] rows) => new("clip.webm", true, rows);

    private static TimelineRow Face(double seconds, Emotion top, Mood leading) =>
        new(seconds, FacePresence.Present, new Box(10, 20, 90, 120), new EmotionReading(EmotionProbabilities.Certain(top), 0, 0, 1), leading, leading == Mood.Unknown ? 0.1f : 0.3f, Mood.Unknown, 0, 0);

    private static TimelineRow Nobody(double seconds) =>
        new(seconds, FacePresence.Absent, null, default, Mood.Unknown, 0.1f, Mood.Unknown, 0, 0);

    private static JsonElement Summary(Timeline timeline)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            TimelineFiles.WriteSummary(timeline, writer);
        }

        return JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray())).RootElement;
    }
}
