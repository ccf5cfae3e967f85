namespace CabinMood.Vision.Capture;

/// <summary>
/// Frames through GStreamer, for live use: a device, a stream, a file at its own speed, pictures, or a test pattern. One
/// thread of its own opens, pulls, watches and reopens. Nothing is allocated per frame.
/// </summary>
public sealed class GStreamerFrameSource : IFrameSource
{
    /// <summary>How often the thread looks up while no frame comes: a quarter of the 200 ms within which a device must be closed.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly FrameSourceUri _uri;
    private readonly CameraOptions _options;
    private readonly TimeProvider _time;
    private readonly NativeWatch _native;
    private readonly CloseSignal _closing;
    private readonly FrameMailbox _mailbox = new();
    private readonly FrameBuffer _buffer = new();
    private readonly FrameClock _clock = new();
    private readonly ReopenBackOff _backOff = new();
    private readonly Lock _gate = new();
    private Thread? _thread;
    private volatile CaptureState _state = CaptureState.Closed;
    private long _firstOpenedAt;
    private long _sequence;
    private bool _disposed;

    /// <summary>Prepares a source; nothing is opened before <see cref="Open"/>.</summary>
    /// <exception cref="FormatException"><see cref="CameraOptions.Source"/> names no known sort of source.</exception>
    public GStreamerFrameSource(CameraOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _options = options;
        _uri = FrameSourceUri.Parse(options.Source);
        _time = time;
        _native = new NativeWatch(time);
        _closing = new CloseSignal(time);
    }

    /// <inheritdoc/>
    public event Action<CaptureStateChange>? StateChanged;

    /// <inheritdoc/>
    public CaptureState State => _state;

    /// <inheritdoc/>
    public long CapturedFrames => _mailbox.Captured;

    /// <inheritdoc/>
    public long DroppedFrames => _mailbox.Dropped;

    /// <summary>Managed bytes that the capture thread allocated while it handed over frames; 0 in the steady state.</summary>
    internal long AllocatedBytes { get; private set; }

    /// <inheritdoc/>
    public void Open()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_thread is not null)
            {
                return;
            }

            if (_firstOpenedAt == 0)
            {
                _firstOpenedAt = _time.GetTimestamp();
            }

            _closing.TakeBack();
            _mailbox.Open();
            _thread = new Thread(Capture) { IsBackground = true, Name = "capture" };
            _thread.Start();
        }
    }

    /// <inheritdoc/>
    public void Close()
    {
        lock (_gate)
        {
            if (_thread is null)
            {
                return;
            }

            _closing.Give();
            // From here on no frame gets through, even while the device is still closing.
            _mailbox.Close();
            _thread.Join();
            _thread = null;
            _buffer.Clear();
        }
    }

    /// <inheritdoc/>
    public bool IsStuck(TimeSpan limit) => _native.IsStuck(limit);

    /// <inheritdoc/>
    public bool TryTake(FrameBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return _mailbox.TryTake(buffer);
    }

    /// <inheritdoc/>
    public bool WaitForFrame(FrameBuffer buffer, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return _mailbox.Wait(buffer, timeout);
    }

    /// <summary>Closes the source for good.</summary>
    public void Dispose()
    {
        Close();
        if (!_disposed)
        {
            _disposed = true;
            _closing.Dispose();
        }
    }

    private void Capture()
    {
        while (!_closing.IsGiven)
        {
            Become(new CaptureStateChange(CaptureState.Opening));
            try
            {
                if (_uri.Kind is FrameSourceKind.Image or FrameSourceKind.Folder)
                {
                    ShowPictures();
                }
                else
                {
                    PlayStream();
                }
            }
#pragma warning disable CA1031 // The boundary of the capture thread: whatever goes wrong with a source ends in a state and another attempt.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                var pause = _backOff.Next();
                Become(new CaptureStateChange(CaptureState.Failed, exception.Message));
                Become(new CaptureStateChange(CaptureState.BackOff, exception.Message, pause));
                _closing.Pause(pause);
            }
        }

        Become(new CaptureStateChange(CaptureState.Closed));
    }

    /// <summary>Plays until it is closed; failures are thrown.</summary>
    private void PlayStream()
    {
        _native.Enter();
        try
        {
            using var pipeline = new CapturePipeline(_uri, LaunchLine.Live(_uri), _options.Mirror);
            pipeline.Play();
            _clock.Restart(SinceOpened());
            try
            {
                PullFrames(pipeline);
            }
            finally
            {
                // What follows is the pipeline's end, and a driver that gave no more frames is the likeliest to hang in it.
                _native.Enter();
            }
        }
        finally
        {
            _native.Leave();
        }
    }

    private void PullFrames(CapturePipeline pipeline)
    {
        var stall = TimeSpan.FromSeconds(_options.StallSeconds);
        var lastFrameAt = _time.GetTimestamp();
        var beginning = _sequence;
        while (!_closing.IsGiven)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            _native.Enter();
            var outcome = pipeline.TryPull(_buffer, Glance, out var pts);
            _native.Leave();
            switch (outcome)
            {
                case PullOutcome.Frame:
                    lastFrameAt = _time.GetTimestamp();
                    Deliver(_clock.Next(pts, SinceOpened()), lastFrameAt);
                    AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - allocated;
                    BecomePlaying();
                    break;
                case PullOutcome.EndOfStream:
                    AtEnd(pipeline, _sequence > beginning);
                    beginning = _sequence;
                    lastFrameAt = _time.GetTimestamp();
                    break;
                case PullOutcome.Nothing when _time.GetElapsedTime(lastFrameAt) > stall:
                    throw new CaptureException(FormattableString.Invariant($"{_uri.Display}: no frame for {_options.StallSeconds:0.#} s"));
            }
        }
    }

    /// <param name="pipeline">What has ended.</param>
    /// <param name="hadFrames">Whether a frame came since its beginning: rewinding what has become empty would never end.</param>
    private void AtEnd(CapturePipeline pipeline, bool hadFrames)
    {
        if (_uri.IsLive)
        {
            // A server that is killed ends its stream politely.
            throw new CaptureException($"{_uri.Display}: the stream ended");
        }

        if (!hadFrames)
        {
            throw new CaptureException($"{_uri.Display}: no frame in it");
        }

        if (_options.Loop)
        {
            if (!Rewound(pipeline))
            {
                throw new CaptureException($"{_uri.Display}: it cannot be played again from its beginning");
            }

            _clock.Restart(TimeSpan.Zero);
            return;
        }

        RestAtEnd();
    }

    private bool Rewound(CapturePipeline pipeline)
    {
        _native.Enter();
        var isRewound = pipeline.Rewind();
        _native.Leave();
        return isRewound;
    }

    /// <summary>Shows pictures until it is closed; failures are thrown.</summary>
    private void ShowPictures()
    {
        using (var show = new PictureShow(_uri, _options, _native))
        {
            while (!_closing.IsGiven && show.TryFill(_buffer))
            {
                Deliver(SinceOpened(), _time.GetTimestamp());
                BecomePlaying();
                _closing.Pause(PictureShow.Interval);
            }
        }

        if (!_closing.IsGiven)
        {
            RestAtEnd();
        }
    }

    /// <summary>All has been shown; what is done then is up to whoever closes it.</summary>
    private void RestAtEnd()
    {
        Become(new CaptureStateChange(CaptureState.EndOfStream));
        _closing.Wait();
    }

    private void Deliver(TimeSpan timestamp, long arrivedAt)
    {
        _buffer.Stamp(timestamp, _sequence++, arrivedAt);
        _mailbox.Put(_buffer);
    }

    private void BecomePlaying()
    {
        if (_state != CaptureState.Playing)
        {
            _backOff.Reset();
            Become(new CaptureStateChange(CaptureState.Playing));
        }
    }

    private void Become(CaptureStateChange change)
    {
        _state = change.State;
        StateChanged?.Invoke(change);
    }

    private TimeSpan SinceOpened() => _time.GetElapsedTime(_firstOpenedAt);
}
