using System.Globalization;
using System.Text;
using System.Text.Json;
using CabinMood.Core.Emotions;
using CabinMood.Core.Faces;

namespace CabinMood.Service.Analysis;

/// <summary>Writes an analysis as <c>timeline.csv</c>, <c>summary.json</c> and <c>timeline.svg</c>: numbers and drawings, never a picture.</summary>
public static class TimelineFiles
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Writes the three files, replacing older ones.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Write(Timeline timeline, string folder)
    {
        Directory.CreateDirectory(folder);
        WriteCsv(timeline, Path.Combine(folder, "timeline.csv"));
        WriteSummary(timeline, Path.Combine(folder, "summary.json"));
        File.WriteAllText(Path.Combine(folder, "timeline.svg"), TimelineSvg.Draw(timeline));
    }

    private static void WriteCsv(Timeline timeline, string path)
    {
        var csv = new StringBuilder(timeline.IsVideo ? "seconds" : "picture");
        csv.Append(",face,left,top,right,bottom,leading,margin,mood,valence,arousal,quality,mouth");
        foreach (var emotion in Enum.GetValues<Emotion>())
        {
            csv.Append(',').Append(Name(emotion));
        }

        csv.Append('\n');
        foreach (var row in timeline.Rows)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{row.Seconds:0.###},{Name(row.Presence)},");
            csv.Append(row.FaceBox is { } box ? string.Create(CultureInfo.InvariantCulture, $"{box.Left:0.0},{box.Top:0.0},{box.Right:0.0},{box.Bottom:0.0}") : ",,,");
            csv.Append(CultureInfo.InvariantCulture, $",{Name(row.Leading)},{row.Margin:0.000},{Name(row.Mood)},");
            if (row.Presence == FacePresence.Present)
            {
                csv.Append(CultureInfo.InvariantCulture, $"{row.Valence:0.000},{row.Arousal:0.000},{row.Reading.Quality:0.000},{row.Reading.MouthActivity:0.000}");
                foreach (var probability in row.Reading.Emotions)
                {
                    csv.Append(CultureInfo.InvariantCulture, $",{probability:0.0000}");
                }
            }
            else
            {
                csv.Append(',', 3 + EmotionProbabilities.Count);
            }

            csv.Append('\n');
        }

        File.WriteAllText(path, csv.ToString());
    }

    private static void WriteSummary(Timeline timeline, string path)
    {
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, Indented);
        WriteSummary(timeline, json);
    }

    /// <summary>Writes the summary as one JSON object.</summary>
    public static void WriteSummary(Timeline timeline, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("media", timeline.Media);
        json.WriteNumber(timeline.IsVideo ? "frames" : "pictures", timeline.Rows.Count);
        if (timeline.IsVideo)
        {
            json.WriteNumber("seconds", Math.Round(timeline.EndSeconds, 2));
        }

        json.WriteNumber("faceShare", Math.Round(timeline.FaceShare, 4));
        json.WriteStartObject("leadingMoodShare");
        foreach (var group in timeline.Rows.GroupBy(row => row.Leading).OrderBy(group => group.Key))
        {
            json.WriteNumber(Name(group.Key), Math.Round(group.Count() / (double)timeline.Rows.Count, 4));
        }

        json.WriteEndObject();
        json.WriteStartObject("topEmotionShare");
        var faces = timeline.Rows.Where(row => row.Presence == FacePresence.Present).ToArray();
        foreach (var group in faces.GroupBy(row => row.Reading.Emotions.Top).OrderBy(group => group.Key))
        {
            json.WriteNumber(Name(group.Key), Math.Round(group.Count() / (double)faces.Length, 4));
        }

        json.WriteEndObject();
        WriteFlicker(timeline, json);
        json.WriteStartArray("moodChanges");
        foreach (var (seconds, mood) in timeline.MoodChanges())
        {
            json.WriteStartObject();
            json.WriteNumber("seconds", Math.Round(seconds, 2));
            json.WriteString("mood", Name(mood));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFlicker(Timeline timeline, Utf8JsonWriter json)
    {
        if (timeline.Flicker is { } flicker)
        {
            json.WriteStartObject("flicker");
            json.WriteNumber("topEmotionPerSecond", Math.Round(flicker.TopEmotionPerSecond, 3));
            json.WriteNumber("leadingMoodPerSecond", Math.Round(flicker.LeadingMoodPerSecond, 3));
            json.WriteEndObject();
        }

        if (timeline.BelowMarginShare is { } share)
        {
            json.WriteNumber("belowMarginShare", Math.Round(share, 4));
        }
    }

    internal static string Name(Enum value) => value.ToString().ToLowerInvariant();
}
