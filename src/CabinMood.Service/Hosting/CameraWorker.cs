using CabinMood.Core.Conductor.Events;
using CabinMood.Service.Health;
using CabinMood.Service.Logging;
using CabinMood.Service.Observability;
using CabinMood.Vision;
using CabinMood.Vision.Capture;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Hosting;

/// <summary>
/// The perception side of the service: opens and closes the device when told, takes the newest frame, looks at it on
/// one thread of its own and posts what it saw. Frames stay in here.
/// </summary>
public sealed class CameraWorker : IDisposable
{
    // How soon the thread notices that it is to end, when no frames come.
    private static readonly TimeSpan FrameWait = TimeSpan.FromMilliseconds(200);

    // No call into a driver, decoder or net takes this long unless it hangs.
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(10);

    private readonly IFrameSource _source;
    private readonly PerceptionPipeline _perception;
    private readonly ServiceClock _clock;
    private readonly Func<ConductorEvent, bool> _post;
    private readonly ServiceMeter _meter;
    private readonly ILogger<CameraWorker> _logger;
    private readonly string _sourceName;
    private readonly ManualResetEventSlim _open = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Thread _thread;
    private readonly LogBudget _budget;
    private volatile string? _trouble;
    private volatile string? _perceptionTrouble;
    private string? _loggedTrouble;
    private volatile bool _forget;
    private long _opening;
    private long _analysed;
    private long _lookingSince;

    /// <summary>A worker whose camera is closed.</summary>
    public CameraWorker(
        IFrameSource source,
        string sourceName,
        PerceptionPipeline perception,
        ServiceClock clock,
        Func<ConductorEvent, bool> post,
        ServiceMeter meter,
        ILogger<CameraWorker> logger)
    {
        _source = source;
        _sourceName = sourceName;
        _perception = perception;
        _clock = clock;
        _post = post;
        _meter = meter;
        _logger = logger;
        _budget = new LogBudget(clock.Time);
        _source.StateChanged += OnStateChanged;
        _thread = new Thread(Look) { Name = "perception", IsBackground = true };
        _thread.Start();
    }

    /// <summary>From a frame's arrival to its scores.</summary>
    public LatencyWindow Latency { get; } = new();

    /// <summary>Frames looked at since the start.</summary>
    public long AnalysedFrames => Volatile.Read(ref _analysed);

    /// <summary>Frames that were dealt with since the start: looked at, or found unlit by a strobed lamp.</summary>
    public long HandledFrames => AnalysedFrames + _perception.UnlitFrames;

    /// <summary>Frames that came since the start.</summary>
    public long CapturedFrames => _source.CapturedFrames;

    /// <summary>Frames that a newer one replaced, or that a strobed lamp left unlit.</summary>
    public long DroppedFrames => _source.DroppedFrames + _perception.UnlitFrames;

    /// <summary>What is wrong with the camera, in one line; null when nothing is.</summary>
    public string? Trouble => _trouble ?? _perceptionTrouble;

    /// <summary>Whether the camera is meant to be open.</summary>
    public bool IsOpen => _open.IsSet;

    /// <summary>A native call has not come back in time: nothing but a restart helps.</summary>
    public bool IsStuck
    {
        get
        {
            var since = Volatile.Read(ref _lookingSince);
            return (since != 0 && _clock.Time.GetElapsedTime(since) > HangLimit) || _source.IsStuck(HangLimit);
        }
    }

    /// <summary>Opens the device; failures are retried and reported, never thrown.</summary>
    /// <param name="opening">Which opening this is: what is seen through it is posted with this number.</param>
    public void Open(long opening)
    {
        Volatile.Write(ref _opening, opening);
        _source.Open();
        _open.Set();
        _post(new CameraChanged(_clock.Now(), true));
    }

    /// <summary>Closes the device and returns when it is closed. Frames under way are discarded by the conductor.</summary>
    public void Close()
    {
        var wasOpen = _open.IsSet;
        _open.Reset();
        _forget = true;
        _source.Close();
        _trouble = null;
        if (wasOpen)
        {
            ServiceLog.CameraClosed(_logger);
        }

        _post(new CameraChanged(_clock.Now(), false));
    }

    /// <summary>Tells the log of failures in a minute that is over that it was not told of one by one. To be called every few seconds.</summary>
    public void TellWithheld()
    {
        if (_budget.TryEndMinute(out var withheld))
        {
            ServiceLog.Withheld(_logger, withheld, "frames that could not be looked at");
        }
    }

    /// <summary>Ends the thread, then closes the device.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _thread.Join(HangLimit);
        _source.StateChanged -= OnStateChanged;
        _source.Dispose();
        _open.Dispose();
        _end.Dispose();
    }

    private void Look()
    {
        var buffer = new FrameBuffer();
        try
        {
            while (!_end.IsCancellationRequested)
            {
                if (_forget)
                {
                    // Nothing of what was seen before the camera was closed may stay in memory, or be followed later.
                    _forget = false;
                    _perception.Forget();
                    buffer.Clear();
                }

                // Read before the frame is taken: a frame can only seem to be from an earlier opening than it is.
                var opening = Volatile.Read(ref _opening);
                if (_open.Wait(FrameWait, _end.Token) && _source.WaitForFrame(buffer, FrameWait))
                {
                    LookAt(buffer, opening);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The way out.
        }
    }

    private void LookAt(FrameBuffer buffer, long opening)
    {
        try
        {
            var frame = buffer.Frame;
            Volatile.Write(ref _lookingSince, _clock.Time.GetTimestamp());
            if (!_perception.IsLit(frame))
            {
                // A strobed lamp was dark: the frame says nothing, not even that nobody sits there.
                return;
            }

            var observation = _perception.Process(frame);
            var latency = _clock.Time.GetElapsedTime(frame.ArrivedAt);
            Latency.Add(latency.TotalMilliseconds);
            _meter.RecordFrame(_perception.LastTimings, latency);
            Volatile.Write(ref _analysed, _analysed + 1);
            _perceptionTrouble = null;
            _post(new FaceSeen(_clock.Now(), observation, opening));
        }
        catch (Exception e)
        {
            // The pipeline's boundary: one frame may fail, the service may not. It is reported, and the next frame tried.
            _perceptionTrouble = e.Message;
            if (_budget.TryTake(out var withheld))
            {
                ServiceLog.PerceptionFailed(_logger, e.Message, withheld);
            }

            _end.Token.WaitHandle.WaitOne(FrameWait);
        }
        finally
        {
            Volatile.Write(ref _lookingSince, 0);
        }
    }

    private void OnStateChanged(CaptureStateChange change)
    {
        switch (change.State)
        {
            case CaptureState.Playing:
                _trouble = null;
                _loggedTrouble = null;
                ServiceLog.CameraOpen(_logger, _sourceName);
                break;
            case CaptureState.Failed:
                _trouble = change.Reason;
                if (change.Reason != _loggedTrouble)
                {
                    // Once per reason, not at every attempt.
                    _loggedTrouble = change.Reason;
                    ServiceLog.CameraTrouble(_logger, change.Reason);
                }

                break;
            case CaptureState.EndOfStream:
                _trouble = "the source has ended";
                break;
        }
    }
}
