using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CabinMood.Vision;
using CabinMood.Vision.Capture;
using Spectre.Console;

namespace CabinMood.Service.Commands;

/// <summary><c>cabinmood bench</c>: what a frame costs on this machine.</summary>
internal static class BenchCommand
{
    private const string DemoClip = "configs/demo-clip.webm";

    public static Command Create(Terminal terminal)
    {
        var source = new Option<string?>("--source")
        {
            Description = "A video or picture whose first frame is measured; it must show a face. Default: the demo's clip.",
            HelpName = "FILE",
        };
        var rounds = new Option<int>("--rounds") { Description = "Measurements per stage; the median counts.", DefaultValueFactory = _ => 200, HelpName = "N" };
        rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 10 or > 100_000)
            {
                result.AddError("--rounds must lie between 10 and 100000.");
            }
        });
        var config = CommonOptions.Config();
        var json = CommonOptions.Json();
        var command = new Command("bench", """
            Measures every stage of a frame's way, side by side with the bare nets in the same run: milliseconds (medians) and managed bytes.

            Examples:
              cabinmood bench
              taskset -c 0 cabinmood bench --json
            """)
        {
            source, rounds, json, config,
        };
        command.SetAction((parsed, _) =>
        {
            var options = CommonOptions.Load(parsed.GetValue(config));
            var buffer = FirstFrame(parsed.GetValue(source) ?? AppFolder.Resolve(DemoClip));
            var result = Measure(options.Perception, buffer, parsed.GetValue(rounds));
            if (parsed.GetValue(json))
            {
                terminal.Line(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
            }
            else
            {
                Print(terminal, result);
            }

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static PerceptionBenchResult Measure(PerceptionOptions options, FrameBuffer buffer, int rounds)
    {
        try
        {
            return PerceptionBench.Run(options, buffer.Frame, rounds);
        }
        catch (ArgumentException e) when (e.ParamName == "frame")
        {
            throw new CommandFailedException("the first frame shows no face that the detector finds; name another with --source", e);
        }
    }

    private static FrameBuffer FirstFrame(string source)
    {
        using var reader = new SequentialFrameReader(CommonOptions.ParseSource(source));
        var buffer = new FrameBuffer();
        return reader.TryRead(buffer) ? buffer : throw new CommandFailedException($"{source}: there is no picture in it");
    }

    private static void Print(Terminal terminal, PerceptionBenchResult result)
    {
        var table = new Table().AddColumn("stage").AddColumn(new TableColumn("ms").RightAligned());
        void Row(string stage, double milliseconds) => table.AddRow(stage, milliseconds.ToString("0.000", CultureInfo.InvariantCulture));
        Row(string.Create(CultureInfo.InvariantCulture, $"copying a {result.FrameWidth}x{result.FrameHeight} frame"), result.CopyMs);
        Row("is the view blocked", result.ObscuredViewMs);
        Row(string.Create(CultureInfo.InvariantCulture, $"scaling to {result.DetectorInputWidth}x{result.DetectorInputHeight}"), result.DetectorInputMs);
        Row("detector net", result.DetectorNetMs);
        Row("decoding, non-maximum suppression", result.DecodingMs);
        Row("aligning the face", result.AlignmentMs);
        Row("emotion net", result.EmotionNetMs);
        table.AddEmptyRow();
        Row("whole path, full frame", result.WholePathMs);
        Row("whole path, following the face", result.FollowingPathMs);
        Row("bare detector net", result.BareDetectorMs);
        Row("bare emotion net", result.BareEmotionNetMs);
        terminal.Rich.Write(table);
        terminal.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"the whole full-frame path costs {result.Ratio:0.000} times the two bare nets; {result.AllocatedBytesPerFrame:0} managed bytes a frame; medians of {result.Rounds} rounds"));
    }
}
