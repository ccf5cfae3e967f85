namespace CabinMood.Vision.Capture;

/// <summary>
/// Holds the newest frame between the capture thread and whoever analyses it. Buffers are exchanged, never copied, and
/// no more are ever made than the three in play: the writer's, the one that waits, the reader's.
/// </summary>
internal sealed class FrameMailbox
{
    private readonly object _gate = new();
    private readonly FrameBuffer _waiting = new();
    private bool _isOpen;
    private bool _hasFrame;

    /// <summary>Frames that came.</summary>
    public long Captured { get; private set; }

    /// <summary>Frames that were replaced before anybody took them.</summary>
    public long Dropped { get; private set; }

    /// <summary>Lets frames in.</summary>
    public void Open()
    {
        lock (_gate)
        {
            _isOpen = true;
        }
    }

    /// <summary>Discards the frame that waits, lets no more in, and wakes the reader.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isOpen = false;
            _hasFrame = false;
            _waiting.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Puts a frame in place of the one that waits.</summary>
    public void Put(FrameBuffer buffer)
    {
        lock (_gate)
        {
            if (!_isOpen)
            {
                return;
            }

            Captured++;
            if (_hasFrame)
            {
                Dropped++;
            }

            FrameBuffer.Swap(_waiting, buffer);
            _hasFrame = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes the frame that waits.</summary>
    public bool TryTake(FrameBuffer buffer)
    {
        lock (_gate)
        {
            return Take(buffer);
        }
    }

    /// <summary>Waits for a frame and takes it.</summary>
    public bool Wait(FrameBuffer buffer, TimeSpan timeout)
    {
        lock (_gate)
        {
            // One wait is enough: a pulse comes with a frame or with the end.
            return Take(buffer) || (_isOpen && Monitor.Wait(_gate, timeout) && Take(buffer));
        }
    }

    private bool Take(FrameBuffer buffer)
    {
        if (!_hasFrame)
        {
            return false;
        }

        FrameBuffer.Swap(_waiting, buffer);
        _hasFrame = false;
        return true;
    }
}
