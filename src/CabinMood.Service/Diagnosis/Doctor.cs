using CabinMood.Messaging;
using CabinMood.Service.Commands;
using CabinMood.Service.Options;
using CabinMood.Service.Songs;
using CabinMood.Storage;
using CabinMood.Vision;
using CabinMood.Vision.GStreamer;
using CabinMood.Vision.OnnxRuntime;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Diagnosis;

/// <summary>Tries everything that the service needs, each thing for itself, and says what is wrong and what mends it.</summary>
public sealed class Doctor(CabinMoodOptions options, TimeProvider time)
{
    // A broker on the same machine answers in milliseconds, one behind a radio link in a second.
    private static readonly TimeSpan BrokerPatience = TimeSpan.FromSeconds(5);

    /// <summary>All checks, in the order in which they build on each other. The camera is really opened for a moment; no frame is kept.</summary>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellation) =>
    [
        Try("ONNX Runtime", () => $"{OnnxRuntimeLibrary.Version} ({OnnxRuntimeLibrary.Location})", "deploy/native/fetch.sh, then deploy/build.sh"),
        Try("nets", Nets, "restore the models folder (git checkout models), or set Perception:DetectorCard and Perception:EmotionCard"),
        Try("GStreamer", () => GStreamerLibrary.Version, "sudo apt-get install libgstreamer1.0-0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good"),
        options.Limiter.IsCommercial
            ? new Finding("camera", true, "not used with the commercial profile")
            : CameraProbe.Look(options.Camera, time, cancellation),
        await BrokerAsync(cancellation),
        Try("storage", Storage, $"give the service's user a writable folder: sudo install -d -o cabinmood {options.Storage.ResolveFolder()}, or set CABINMOOD_STATE"),
        Try("songs", Songs, "cabinmood catalog import FILE, or set Songs:Catalogue to a CSV file in the contract's columns"),
    ];

    private string Nets()
    {
        using var perception = PerceptionPipeline.Load(options.Perception, options.Camera.Zone());
        return $"{perception.Detector.Name} {perception.Detector.Version}, {perception.Emotion.Name} {perception.Emotion.Version}";
    }

    private async Task<Finding> BrokerAsync(CancellationToken cancellation)
    {
        var mqtt = options.Mqtt;
        var remedy = "start a broker (sudo apt-get install mosquitto; sudo systemctl start mosquitto) or set Mqtt:Host and Mqtt:Port";
        try
        {
            // Under a name of its own, so that a running service keeps its connection.
            var visitor = mqtt.ForVisitor($"cabinmood-doctor-{Environment.ProcessId}");
            var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var link = new MqttLink(visitor, [], _ => { }, null, time, NullLogger<MqttLink>.Instance);
            link.Connected += (_, _) => answered.TrySetResult();
            link.Start();
            await Task.WhenAny(answered.Task, Task.Delay(BrokerPatience, time, cancellation)).ConfigureAwait(false);
            return link.Status.State == MqttLinkState.Connected
                ? new Finding("broker", true, $"{mqtt.Host}:{mqtt.Port}")
                : new Finding("broker", false, $"{mqtt.Host}:{mqtt.Port}: {link.Status.Reason}", remedy);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new Finding("broker", false, Failures.LineFor(e), remedy);
        }
    }

    private string Storage()
    {
        var folder = options.Storage.ResolveFolder();
        using var store = DriverStore.Open(folder, NullLogger<DriverStore>.Instance);
        return $"{folder}, writable for {Environment.UserName}";
    }

    private string Songs()
    {
        var catalogue = CatalogueInForce.Load(options, NullLoggerFactory.Instance);
        return $"{catalogue.Songs.Count} songs, {catalogue.Origin}";
    }

    private static Finding Try(string subject, Func<string> check, string remedy)
    {
        try
        {
            return new Finding(subject, true, check());
        }
        catch (Exception e)
        {
            // A check exists to find what can go wrong, whatever it is.
            return new Finding(subject, false, Failures.LineFor(e), remedy);
        }
    }
}
