using CabinMood.Messaging.Mosquitto;
using CabinMood.Service.Commands;
using CabinMood.Service.Options;
using CabinMood.Service.Songs;
using CabinMood.Storage;
using CabinMood.Storage.Sqlite;
using CabinMood.Vision;
using CabinMood.Vision.GStreamer;
using CabinMood.Vision.OnnxRuntime;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Diagnosis;

/// <summary>Tries everything that the service needs, each thing for itself, and says what is wrong and what mends it.</summary>
public sealed class Doctor(CabinMoodOptions options, TimeProvider time)
{
    /// <summary>All checks, in the order in which they build on each other. The camera is really opened for a moment; no frame is kept.</summary>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellation) =>
    [
        Try("ONNX Runtime", () => $"{OnnxRuntimeLibrary.Version} ({OnnxRuntimeLibrary.Location})", "deploy/native/fetch.sh, then deploy/build.sh"),
        Try("nets", Nets, "restore the models folder (git checkout models), or set Perception:DetectorCard and Perception:EmotionCard"),
        Try("GStreamer", () => GStreamerLibrary.Version, "sudo apt-get install libgstreamer1.0-0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good"),
        Try("libmosquitto", () => MosquittoLibrary.Version, "sudo apt-get install libmosquitto1"),
        Try("SQLite", () => SqliteLibrary.Version, "sudo apt-get install libsqlite3-0"),
        options.Limiter.IsCommercial
            ? new Finding("camera", true, "not used with the commercial profile")
            : CameraProbe.Look(options.Camera, time, cancellation),
        MachineChecks.Certificates(options.Mqtt, time),
        MachineChecks.Secrets(options.Mqtt),
        .. await new BrokerVisit(options.Mqtt, time).LookAsync(cancellation),
        Try("storage", Storage, $"give the service's user a writable folder: sudo install -d -o cabinmood {options.Storage.ResolveFolder()}, or set CABINMOOD_STATE"),
        MachineChecks.Disk(options.Storage.ResolveFolder()),
        Try("songs", Songs, "cabinmood catalog import FILE, or set Songs:Catalogue to a CSV file in the contract's columns"),
        MachineChecks.Clock(time, File.GetLastWriteTimeUtc(typeof(Doctor).Assembly.Location)),
        MachineChecks.User(Environment.UserName, Accounts(), "cabinmood doctor --config /etc/cabinmood/cabinmood.json"),
    ];

    private string Nets()
    {
        using var perception = PerceptionPipeline.Load(options.Perception, options.Camera.Zone());
        return $"{perception.Detector.Name} {perception.Detector.Version}, {perception.Emotion.Name} {perception.Emotion.Version}";
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

    private static string[] Accounts() => File.Exists("/etc/passwd") ? File.ReadAllLines("/etc/passwd") : [];

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
