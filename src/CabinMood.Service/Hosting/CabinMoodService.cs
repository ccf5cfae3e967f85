using System.Security.Cryptography;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Songs.Learning;
using CabinMood.Messaging;
using CabinMood.Service.Health;
using CabinMood.Service.Logging;
using CabinMood.Service.Observability;
using CabinMood.Service.Options;
using CabinMood.Service.Recording;
using CabinMood.Service.Songs;
using CabinMood.Storage;
using CabinMood.Storage.Sqlite;
using CabinMood.Vision;
using CabinMood.Vision.Capture;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Hosting;

/// <summary>
/// Puts the parts together and takes them apart again: camera and nets on one side, broker and storage on the other,
/// the conductor between them.
/// </summary>
public sealed class CabinMoodService : BackgroundService
{
    // Soon enough after a minute for whoever reads the log while it happens.
    private static readonly TimeSpan TellWithheldEvery = TimeSpan.FromSeconds(10);

    // A broker that is well answers within milliseconds, and a stop has few seconds for all.
    private static readonly TimeSpan WaitForUrgent = TimeSpan.FromSeconds(0.5);

    private readonly CabinMoodOptions _options;
    private readonly ServiceClock _clock;
    private readonly BootClock _boot;
    private readonly SystemdNotifier _systemd;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly ServiceMeter _meter = new();

    private PerceptionPipeline? _perception;
    private CameraWorker? _camera;
    private ServiceLock? _lock;
    private DriverStore? _store;
    private Erasure? _erasure;
    private Inbox? _inbox;
    private MqttLink? _link;
    private UrgentConnection? _urgent;
    private ConductorLoop? _loop;
    private Outbox? _outbox;
    private HealthTeller? _health;
    private EventLog? _eventLog;
    private MeterCollector? _collector;
    private MetricsFile? _metrics;
    private Readiness? _readiness;
    private ServiceStarted? _started;

    /// <summary>A service that has not started.</summary>
    public CabinMoodService(CabinMoodOptions options, TimeProvider time, BootClock boot, SystemdNotifier systemd, ILoggerFactory loggers)
    {
        _options = options;
        _clock = new ServiceClock(time);
        _boot = boot;
        _systemd = systemd;
        _loggers = loggers;
        _logger = loggers.CreateLogger<CabinMoodService>();
    }

    /// <summary>Loads everything that can be missing or broken, so that a bad installation ends here with one clear line, then starts.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var topics = new Topics(_options.Mqtt.Vehicle);
        var addresses = new ReplyDirectory();
        _store = OpenStore();
        var storage = new StorageWatch(_options.Storage.ResolveFolder());
        _erasure = new Erasure(_options.Storage.ResolveFolder(), _store, EraseEventLogs, storage, _loggers.CreateLogger<Erasure>());
        // What an earlier run was told to forget goes before anything of it is read.
        _erasure.TryAgain();
        var songs = CatalogueInForce.Load(_options, _loggers).Songs;
        if (!_options.Limiter.IsCommercial)
        {
            // With the commercial profile there is nothing in memory that could read a face, and nothing that could see one.
            _perception = PerceptionPipeline.Load(_options.Perception, _options.Camera.Zone());
            _camera = new CameraWorker(
                new GStreamerFrameSource(_options.Camera, _clock.Time),
                FrameSourceUri.Parse(_options.Camera.Source).Display,
                _perception,
                _clock,
                Post,
                _meter,
                _loggers.CreateLogger<CameraWorker>());
        }

        _inbox = new Inbox(topics, _options.Vehicle, _clock, Post, (reply, address) => _outbox!.Answer(reply, address), addresses, _loggers.CreateLogger<Inbox>());
        _link = new MqttLink(_options.Mqtt, Inbox.SubscriptionsOf(topics, _options.Vehicle), _inbox.Take, topics.Availability, _clock.Time, _loggers.CreateLogger<MqttLink>());
        _urgent = _camera is not null && _options.Mqtt.UrgentConnection ? new UrgentConnection(_options.Mqtt, _link, _inbox, _clock, _logger) : null;
        var privacy = new PrivacyTeller(_link, _urgent?.Link);
        _urgent?.Lost += (_, _) => privacy.UrgentLost();
        _urgent?.Link.WatchedRejected += (_, _) => privacy.UrgentRejected();
        _link.Connected += (_, _) =>
        {
            privacy.LinkConnected();
            Post(new BrokerConnected(_clock.Now()));
            _health!.Tell();
        };
        _readiness = new Readiness(_systemd, () => _link.Status, _clock.Time);
        _link.StateChanged += (_, _) =>
        {
            _readiness.LinkChanged();
            var stands = _link.Status.State == MqttLinkState.Connected;
            _inbox.MainChanged(stands);
            if (!stands)
            {
                privacy.LinkLost();
                Post(new BrokerLost(_clock.Now()));
            }
        };
        _outbox = new Outbox(_link, privacy, topics, addresses);
        var models = Models();
        var reporter = new HealthReporter(_clock, _camera, _link, _urgent?.Link, _inbox, () => _loop!.Vehicle, _options.Vehicle, () => _loop!.Turns, storage);
        _health = new HealthTeller(reporter, _outbox, _clock, models);
        _eventLog = EventLog.Open(_options, songs, _clock.Time, _loggers.CreateLogger<EventLog>(), TellRecordingEnded);
        _loop = new ConductorLoop(
            new Conductor(_options.ForConductor(), songs),
            new EffectRunner(_outbox, _store, _camera, _erasure, storage, _boot, _inbox.CountTooMany).Run,
            _clock,
            _meter,
            _loggers.CreateLogger<ConductorLoop>(),
            _eventLog is null ? null : _eventLog.Take);
        ServiceInstruments.Add(_meter, _camera, _link, _inbox, _loop, reporter, storage, _clock);
        if (_options.Metrics.File.Length > 0)
        {
            _collector = new MeterCollector(_meter.Meter);
            _metrics = new MetricsFile(Path.GetFullPath(_options.Metrics.File), _collector, _clock, _loggers.CreateLogger<MetricsFile>());
        }

        var now = _clock.Now();
        _started = new ServiceStarted(
            now,
            BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))),
            _store.LoadTrip()?.AsOf(now.Utc, _boot.Now()),
            _erasure.IsPending ? DriverSettings.Default : _store.LoadDriver(),
            _eventLog is not null)
        {
            Memory = _erasure.IsPending ? DriverMemory.None : _store.LoadMemory(),
            Remembered = _store.LoadCommands(),
        };
        ServiceLog.Started(_logger, HealthReporter.Version, songs.Count, _options.Limiter.Profile, models.Count > 0 ? string.Join(", ", models.Values) : "no nets");
        if (SecretFiles.ReadableByAll(_options.Mqtt) is { Count: > 0 } secrets)
        {
            ServiceLog.SecretsReadableByAll(_logger, string.Join(" and ", secrets));
        }

        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _readiness?.Dispose();
        _collector?.Dispose();
        _meter.Dispose();
        _camera?.Dispose();
        _perception?.Dispose();
        _store?.Dispose();
        _lock?.Dispose();
        base.Dispose();
    }

    /// <summary>
    /// Turns until told to stop or until a part fails. Either way the camera is closed, the world is told so, and the
    /// link is ended, in this order; a failure is then thrown.
    /// </summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var loop = _loop!.RunAsync(_started!);
        List<Task> parts = [loop, _health!.RunAsync(end.Token), FeedWatchdogAsync(end.Token), TellWithheldAsync(end.Token), _erasure!.RunAsync(_clock.Time, end.Token)];
        if (_metrics is not null)
        {
            parts.Add(_metrics.RunAsync(end.Token));
        }

        try
        {
            _readiness!.WaitForBroker();
            // After the conductor's first decisions, so that they are told once and not twice.
            await Task.WhenAny([_loop.Begun, .. parts]).ConfigureAwait(false);
            _link!.Start();
            await Task.WhenAny(parts).ConfigureAwait(false);
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await EndAsync(parts).ConfigureAwait(false);
        }
    }

    private async Task EndAsync(List<Task> parts)
    {
        _systemd.Stopping();
        ServiceLog.Stopping(_logger);
        try
        {
            _loop!.TryPost(new ServiceStopping(_clock.Now()));
            await Task.WhenAll(parts).ConfigureAwait(false);
        }
        finally
        {
            // Closed already, unless the conductor itself has failed.
            _camera?.Close();
            // What was told over it must be there before "offline"; a broker that hangs takes neither.
            var urgentEnds = _urgent?.StopAsync() ?? Task.CompletedTask;
            await Task.WhenAny(urgentEnds, Task.Delay(WaitForUrgent, _clock.Time, CancellationToken.None)).ConfigureAwait(false);
            await Task.WhenAll(urgentEnds, _link!.StopAsync(CancellationToken.None)).ConfigureAwait(false);
            if (_eventLog is not null)
            {
                await _eventLog.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private bool Post(ConductorEvent happened) => _loop?.TryPost(happened) ?? false;

    private Dictionary<string, string> Models() => _perception is null ? [] : new()
    {
        ["detector"] = $"{_perception.Detector.Name} {_perception.Detector.Version}",
        ["emotion"] = $"{_perception.Emotion.Name} {_perception.Emotion.Version}",
    };

    // Also logs that another configuration has left behind. In this run nothing is recorded any more: without its
    // beginning a log could not be played.
    private void EraseEventLogs()
    {
        _eventLog?.Stop();
        EventLogFiles.DeleteAll(_options.Storage.ResolveFolder());
        if (_eventLog is not null)
        {
            TellRecordingEnded();
        }
    }

    private void TellRecordingEnded() => Post(new EventLogEnded(_clock.Now()));

    private DriverStore OpenStore()
    {
        var folder = _options.Storage.ResolveFolder();
        try
        {
            _lock = ServiceLock.TryTake(folder) ?? throw new ConfigurationException($"Another service runs on the state folder {folder} (Storage:Folder, {StorageOptions.FolderVariable}).");
            return DriverStore.Open(folder, _loggers.CreateLogger<DriverStore>());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new ConfigurationException($"The state folder {folder} (Storage:Folder, {StorageOptions.FolderVariable}) cannot be used: {DiskTrouble.Detailed(e)}", e);
        }
    }

    // What the log was spared is told when its minute is over, also when nothing follows.
    private async Task TellWithheldAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TellWithheldEvery, _clock.Time);
        while (await timer.NextAsync(cancellation).ConfigureAwait(false))
        {
            _inbox!.TellWithheld();
            _urgent?.TellAbsence();
            _camera?.TellWithheld();
            _eventLog?.TellWithheld();
        }
    }

    // Fed from progress, not from a timer: a loop that stands still or a native call that hangs ends in a restart.
    private async Task FeedWatchdogAsync(CancellationToken cancellation)
    {
        var isWatched = SystemdNotifier.WatchdogPeriod is not null;
        var period = SystemdNotifier.WatchdogPeriod ?? TimeSpan.FromSeconds(5);
        using var timer = new PeriodicTimer(period, _clock.Time);
        var turns = -1L;
        while (await timer.NextAsync(cancellation).ConfigureAwait(false))
        {
            if (_loop!.Turns != turns && _camera is not { IsStuck: true })
            {
                turns = _loop.Turns;
                if (isWatched)
                {
                    _systemd.FeedWatchdog();
                }
            }
            else
            {
                ServiceLog.NoProgress(_logger, period.TotalSeconds);
            }
        }
    }
}
