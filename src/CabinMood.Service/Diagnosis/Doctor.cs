using CabinMood.Messaging;
using CabinMood.Service.Commands;
using CabinMood.Service.Options;
using CabinMood.Storage;
using CabinMood.Storage.Songs;
using CabinMood.Vision;
using CabinMood.Vision.Capture;
using CabinMood.Vision.GStreamer;
using CabinMood.Vision.OnnxRuntime;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Diagnosis;

/// <summary>Tries everything that the service needs, each thing for itself, and says what is wrong and what mends it.</summary>
public sealed class Doctor(CabinMoodOptions options, TimeProvider time)
{
    // A broker on the same machine answers in milliseconds, a camera needs a second or two to wake.
    private static readonly TimeSpan BrokerPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CameraPatience = TimeSpan.FromSeconds(8);

    /// <summary>All checks, in the order in which they build on each other. The camera is really opened for a moment; no frame is kept.</summary>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellation) =>
    [
        Try("ONNX Runtime", () => $"{OnnxRuntimeLibrary.Version} ({OnnxRuntimeLibrary.Location})", "deploy/native/fetch.sh, then deploy/build.sh"),
        Try("nets", Nets, "restore the models folder (git checkout models), or set Perception:DetectorCard and Perception:EmotionCard"),
        Try("GStreamer", () => GStreamerLibrary.Version, "sudo apt-get install libgstreamer1.0-0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good"),
        Camera(cancellation),
        await BrokerAsync(cancellation),
        Try("storage", Storage, $"give the service's user a writable folder: sudo install -d -o cabinmood {options.Storage.ResolveFolder()}, or set CABINMOOD_STATE"),
        Try("songs", Songs, "set Songs:Catalogue to a CSV file in the contract's columns"),
    ];

    private string Nets()
    {
        using var perception = PerceptionPipeline.Load(options.Perception, options.Camera.Zone());
        return $"{perception.Detector.Name} {perception.Detector.Version}, {perception.Emotion.Name} {perception.Emotion.Version}";
    }

    private Finding Camera(CancellationToken cancellation)
    {
        var source = options.Camera.Source;
        try
        {
            var uri = FrameSourceUri.Parse(source);
            if (uri.Kind == FrameSourceKind.Device && !File.Exists(uri.Location))
            {
                return new Finding("camera", false, $"{uri.Location} does not exist", "connect the camera, list devices with: ls /dev/video*, and set Camera:Source");
            }

            return OpenCamera(uri, cancellation);
        }
        catch (Exception e) when (e is FormatException or CaptureException or GStreamerException)
        {
            return new Finding("camera", false, Failures.LineFor(e), "set Camera:Source to a device, file or address");
        }
    }

    private Finding OpenCamera(FrameSourceUri uri, CancellationToken cancellation)
    {
        using var source = new GStreamerFrameSource(options.Camera, time);
        var reason = "no frame came";
        using var failed = new CancellationTokenSource();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(failed.Token, cancellation);
        source.StateChanged += change =>
        {
            if (change.State == CaptureState.Failed)
            {
                reason = change.Reason;
                failed.Cancel();
            }
        };
        var buffer = new FrameBuffer();
        var start = time.GetTimestamp();
        source.Open();
        while (time.GetElapsedTime(start) < CameraPatience && !end.IsCancellationRequested)
        {
            if (source.WaitForFrame(buffer, TimeSpan.FromMilliseconds(100)))
            {
                return new Finding("camera", true, $"{uri.Display}: {buffer.Frame.Width}x{buffer.Frame.Height}");
            }
        }

        var remedy = uri.Kind == FrameSourceKind.Device
            ? $"check the rights (sudo usermod -aG video cabinmood) and the format (v4l2-ctl -d {uri.Location} --list-formats; grey 8 or 16 bit is needed)"
            : "check that the source exists and can be played with: gst-launch-1.0 playbin uri=...";
        return new Finding("camera", false, $"{uri.Display}: {reason}", remedy);
    }

    private async Task<Finding> BrokerAsync(CancellationToken cancellation)
    {
        var mqtt = options.Mqtt;
        var remedy = "start a broker (sudo apt-get install mosquitto; sudo systemctl start mosquitto) or set Mqtt:Host and Mqtt:Port";
        try
        {
            // Under a name of its own, so that a running service keeps its connection.
            var visitor = new MqttOptions
            {
                Host = mqtt.Host,
                Port = mqtt.Port,
                Vehicle = mqtt.Vehicle,
                Username = mqtt.Username,
                PasswordFile = mqtt.PasswordFile,
                ClientId = $"cabinmood-doctor-{Environment.ProcessId}",
            };
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
        return folder;
    }

    private string Songs()
    {
        var file = SongCatalogueFile.Read(options.Songs.Catalogue, options.Songs.UriTemplate);
        return file.Songs.Count > 0
            ? $"{file.Songs.Count} songs{(file.BadRows.Count > 0 ? $", {file.BadRows.Count} rows skipped" : "")}"
            : throw new CommandFailedException($"{options.Songs.Catalogue} has no usable song");
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
