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
    private const string Reinstall = "sudo apt-get install --reinstall ./cabinmood_*.deb";
    private const string RestoreNets = $"install the package again ({Reinstall}; in a checkout: git checkout models), or "
        + "set Perception:DetectorCard and Perception:EmotionCard to the cards of your own nets";

    /// <summary>All checks, in the order in which they build on each other. The camera is really opened for a moment; no frame is kept.</summary>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellation)
    {
        var onnxRuntime = Try("ONNX Runtime", () => $"{OnnxRuntimeLibrary.Version} ({OnnxRuntimeLibrary.Location})", $"install the package again ({Reinstall}; in a checkout: deploy/native/fetch.sh, then deploy/build.sh)");
        var gstreamer = Try("GStreamer", () => GStreamerLibrary.Version, "sudo apt-get install libgstreamer1.0-0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good");
        var mosquitto = Try("libmosquitto", () => MosquittoLibrary.Version, "sudo apt-get install libmosquitto1");
        var sqlite = Try("SQLite", () => SqliteLibrary.Version, "sudo apt-get install libsqlite3-0");
        var disk = MachineChecks.Disk(options.Storage.ResolveFolder());
        var broker = await new BrokerVisit(options.Mqtt, time).LookAsync(cancellation);
        return
        [
            onnxRuntime,
            Needing(onnxRuntime, Try("nets", Nets, RestoreNets)),
            gstreamer,
            mosquitto,
            sqlite,
            options.Limiter.IsCommercial
                ? new Finding("camera", true, "not used with the commercial profile")
                : Needing(gstreamer, CameraProbe.Look(options.Camera, time, cancellation)),
            MachineChecks.Certificates(options.Mqtt, time),
            MachineChecks.Secrets(options.Mqtt),
            .. broker.Select(finding => Needing(mosquitto, finding)),
            Needing(sqlite, StorageOn(disk)),
            disk,
            Needing(sqlite, Try("songs", Songs, "cabinmood catalog import FILE, or set Songs:Catalogue to a CSV file in the contract's columns")),
            MachineChecks.Clock(time, File.GetLastWriteTimeUtc(typeof(Doctor).Assembly.Location)),
            MachineChecks.User(Environment.UserName, Accounts(), "cabinmood doctor --config /etc/cabinmood/cabinmood.json"),
        ];
    }

    /// <summary>What failed behind a library that is not there says nothing of itself: the library's own line says what mends it.</summary>
    internal static Finding Needing(Finding library, Finding found) => found.IsGood || library.IsGood
        ? found
        : new Finding(found.Subject, false, $"could not be checked without {library.Subject}: mend that first");

    private string Nets()
    {
        using var perception = PerceptionPipeline.Load(options.Perception, options.Camera.Zone());
        return $"{perception.Detector.Name} {perception.Detector.Version}, {perception.Emotion.Name} {perception.Emotion.Version}";
    }

    // A disk without room is not mended with rights.
    private Finding StorageOn(Finding disk)
    {
        var folder = options.Storage.ResolveFolder();
        var storage = Try("storage", Storage, $"give the service's user a writable folder: sudo install -d -o cabinmood {folder}, or set CABINMOOD_STATE");
        return !storage.IsGood && !disk.IsGood && Directory.Exists(folder) ? storage with { Remedy = disk.Remedy } : storage;
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
