using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CabinMood.Service.Analysis;
using CabinMood.Service.Options;
using CabinMood.Vision;

namespace CabinMood.Service.Commands;

/// <summary><c>cabinmood analyze</c>: a medium as numbers and a drawing.</summary>
internal static class AnalyzeCommand
{
    public static Command Create(Terminal terminal)
    {
        var media = new Argument<string>("MEDIA") { Description = "A video, a picture, or a folder of pictures." };
        var output = new Option<string>("--out") { Description = "The folder to write to.", HelpName = "DIR", Required = true };
        var zone = CommonOptions.Zone();
        var config = CommonOptions.Config();
        var json = CommonOptions.Json();
        var command = new Command("analyze", """
            Looks at every frame as the service would, and writes timeline.csv, summary.json and timeline.svg: numbers and a drawing, never a picture.

            Examples:
              cabinmood analyze drive.webm --out report/
              cabinmood analyze two-people.mp4 --zone image-left --out report/
              cabinmood analyze faces/ --out report/ --json
            """)
        {
            media, output, zone, json, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = CommonOptions.Load(parsed.GetValue(config));
            options.Camera.DriverZone = parsed.GetValue(zone) ?? options.Camera.DriverZone;
            var timeline = Analyze(terminal, options, parsed.GetValue(media)!, cancellation);
            var folder = parsed.GetValue(output)!;
            Write(timeline, folder);
            terminal.Line(parsed.GetValue(json) ? Json(timeline) : Words(timeline, folder));
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static Timeline Analyze(Terminal terminal, CabinMoodOptions options, string media, CancellationToken cancellation)
    {
        var uri = CommonOptions.ParseSource(media);
        using var perception = PerceptionPipeline.Load(options.Perception, options.Camera.Zone());
        var analyst = new Analyst(perception, options.Moods);
        return ProgressBar.Run(terminal, $"analysing {Path.GetFileName(media.TrimEnd('/'))}", report =>
            analyst.Look(media, uri, options.Camera.Mirror, report, cancellation));
    }

    private static void Write(Timeline timeline, string folder)
    {
        try
        {
            TimelineFiles.Write(timeline, folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"cannot write to --out {folder}: {e.Message}", e);
        }
    }

    private static string Json(Timeline timeline)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            TimelineFiles.WriteSummary(timeline, writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Steadiness(Timeline timeline)
    {
        var flicker = timeline.Flicker is { } changes
            ? string.Create(CultureInfo.InvariantCulture, $"; flicker: the top emotion {changes.TopEmotionPerSecond:0.00}, the leading mood {changes.LeadingMoodPerSecond:0.00} changes per second")
            : "";
        var below = timeline.BelowMarginShare is { } share
            ? string.Create(CultureInfo.InvariantCulture, $"; below the confidence margin for {share:P1} of the time with a face")
            : "";
        return flicker + below;
    }

    private static string Words(Timeline timeline, string folder)
    {
        var settled = string.Join(", ", timeline.MoodChanges().Select(change =>
            string.Create(CultureInfo.InvariantCulture, $"{TimelineFiles.Name(change.Mood)} at {change.Seconds:0.0} s")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{timeline.Rows.Count} {(timeline.IsVideo ? "frames" : "pictures")}, the driver's face in {timeline.FaceShare:P1}{Steadiness(timeline)}; moods: {(settled.Length > 0 ? settled : "none earned its evidence")}. See {Path.Combine(folder, "timeline.svg")}");
    }
}
