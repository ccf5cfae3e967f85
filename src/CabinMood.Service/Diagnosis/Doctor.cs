using CabinMood.Messaging.Mosquitto;
using CabinMood.Service.Commands;
using CabinMood.Service.Options;
using CabinMood.Service.Songs;
using CabinMood.Storage.Sqlite;
using CabinMood.Vision;
using CabinMood.Vision.GStreamer;
using CabinMood.Vision.OnnxRuntime;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Diagnosis;

/// <summary>Tries everything that the service needs, each thing for itself, and says what is wrong and what mends it.</summary>
/// <param name="options">What the service would run with.</param>
/// <param name="configuration">The file that they come from, for commands that are told.</param>
/// <param name="time">Judges clock and certificates, and limits waiting.</param>
public sealed class Doctor(CabinMoodOptions options, string configuration, TimeProvider time)
{
    private const string Reinstall = "sudo apt-get install --reinstall ./cabinmood_*.deb";
    private const string RestoreNets = $"install the package again ({Reinstall}; in a checkout: git checkout models), or "
        + "set Perception:DetectorCard and Perception:EmotionCard to the cards of your own nets";

    // The unit's StartLimitBurst=: after so many starts that failed within a minute systemd leaves it, also when what was wrong is mended.
    private const string StartAgain = "then, where systemd has given up on the service: sudo systemctl reset-failed cabinmood && sudo systemctl start cabinmood";

    /// <summary>All checks, in the order in which they build on each other. The camera is really opened for a moment; no frame is kept.</summary>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellation)
    {
        var onnxRuntime = Try("ONNX Runtime", () => $"{OnnxRuntimeLibrary.Version} ({OnnxRuntimeLibrary.Location})", $"install the package again ({Reinstall}; in a checkout: deploy/native/fetch.sh, then deploy/build.sh)");
        var gstreamer = Try("GStreamer", () => GStreamerLibrary.Version, Install("libgstreamer1.0-0 libgstreamer-plugins-base1.0-0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good"));
        var mosquitto = Try("libmosquitto", () => MosquittoLibrary.Version, Install("libmosquitto1"));
        var sqlite = Try("SQLite", () => SqliteLibrary.Version, Install("libsqlite3-0"));
        var accounts = Accounts();
        var storage = new StorageChecks(options.Storage.ResolveFolder(), MachineChecks.Owner(Environment.UserName, accounts));
        var broker = await new BrokerVisit(options.Mqtt, options.Vehicle, time).LookAsync(cancellation);
        return
        [
            NeededToStart(onnxRuntime),
            NeededToStart(Needing(onnxRuntime, Try("nets", Nets, RestoreNets))),
            NeededToStart(gstreamer),
            NeededToStart(mosquitto),
            NeededToStart(sqlite),
            options.Limiter.IsCommercial
                ? new Finding("camera", true, "not used with the commercial profile")
                : Needing(gstreamer, CameraProbe.Look(options.Camera, time, cancellation)),
            CertificateCheck.Look(options.Mqtt, time),
            MachineChecks.Secrets(options.Mqtt),
            .. broker.Select(finding => Needing(mosquitto, finding)),
            NeededToStart(Needing(sqlite, storage.Storage())),
            storage.Disk(),
            storage.Metrics(options.Metrics.File),
            NeededToStart(Needing(sqlite, Try("songs", Songs, "cabinmood catalog import FILE (with the package: sudo as-cabinmood catalog import FILE), or set Songs:Catalogue to a CSV file in the contract's columns"))),
            MachineChecks.Clock(time, File.GetLastWriteTimeUtc(typeof(Doctor).Assembly.Location)),
            MachineChecks.User(Environment.UserName, accounts, configuration),
        ];
    }

    /// <summary>What failed behind a library that is not there says nothing of itself: the library's own line says what mends it.</summary>
    internal static Finding Needing(Finding library, Finding found) => found.IsGood || library.IsGood
        ? found
        : new Finding(found.Subject, false, $"could not be checked without {library.Subject}: mend that first");

    /// <summary>Without it the service does not start at all, and systemd gives it up after a while: mending it is not enough then.</summary>
    internal static Finding NeededToStart(Finding found) =>
        found is { IsGood: false, Remedy: { } remedy } ? found with { Remedy = $"{remedy}; {StartAgain}" } : found;

    private string Nets()
    {
        using var perception = PerceptionPipeline.Load(options.Perception, options.Camera.Zone());
        return $"{perception.Detector.Name} {perception.Detector.Version}, {perception.Emotion.Name} {perception.Emotion.Version}";
    }

    private string Songs()
    {
        var catalogue = CatalogueInForce.Load(options, NullLoggerFactory.Instance);
        return $"{catalogue.Songs.Count} songs, {catalogue.Origin}";
    }

    // Missing together, none of them can be installed alone; and a package whose file is gone passes for installed.
    private static string Install(string packages) => $"sudo apt-get --fix-broken install; sudo apt-get install --reinstall {packages}";

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
