using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CabinMood.Service.Options;
using CabinMood.Vision;
using CabinMood.Vision.Capture;
using CabinMood.Vision.OnnxRuntime;

namespace CabinMood.Service.Commands;

/// <summary><c>cabinmood models verify</c>: are the nets what their cards say, and do they run?</summary>
internal static class ModelsCommand
{
    public static Command Create(Terminal terminal)
    {
        var config = CommonOptions.Config();
        var json = CommonOptions.Json();
        var verify = new Command("verify", """
            Reads both cards, checks the nets against their checksums, and runs each once.

            Example:
              cabinmood models verify
            """)
        {
            json, config,
        };
        verify.SetAction((parsed, _) =>
        {
            Verify(terminal, CommonOptions.Load(parsed.GetValue(config)), parsed.GetValue(json));
            return Task.FromResult(ExitCodes.Done);
        });
        return new Command("models", "The nets and their cards.") { verify };
    }

    private static void Verify(Terminal terminal, CabinMoodOptions options, bool json)
    {
        using var perception = PerceptionPipeline.Load(options.Perception, options.Camera.Zone());
        // A grey gradient has no face, but it takes the whole way through the detector; the emotion net ran at loading.
        var luma = new byte[options.Perception.DetectorWidth * options.Perception.DetectorHeight];
        for (var i = 0; i < luma.Length; i++)
        {
            luma[i] = (byte)i;
        }

        var start = Stopwatch.GetTimestamp();
        perception.Process(new Frame(luma, options.Perception.DetectorWidth, options.Perception.DetectorHeight, options.Perception.DetectorWidth));
        var milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (json)
        {
            terminal.Line(JsonSerializer.Serialize(new
            {
                onnxRuntime = OnnxRuntimeLibrary.Version,
                detector = new { perception.Detector.Name, perception.Detector.Version, perception.Detector.Sha256 },
                emotion = new { perception.Emotion.Name, perception.Emotion.Version, perception.Emotion.Sha256 },
                frameMs = Math.Round(milliseconds, 2),
            }, JsonSerializerOptions.Web));
            return;
        }

        terminal.Line($"ok  {perception.Detector.Name} {perception.Detector.Version}  ({options.Perception.DetectorCard})");
        terminal.Line($"ok  {perception.Emotion.Name} {perception.Emotion.Version}  ({options.Perception.EmotionCard})");
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"ONNX Runtime {OnnxRuntimeLibrary.Version}; one frame took {milliseconds:0.0} ms"));
    }
}
