namespace CabinMood.Vision.Capture;

/// <summary>
/// Memory for one frame, used again and again; it grows when a larger frame comes and never shrinks.
/// Whoever created it owns it. Not thread-safe.
/// </summary>
public sealed class FrameBuffer
{
    private byte[] _luma = [];
    private int _width;
    private int _height;
    private TimeSpan _timestamp;
    private long _sequence;
    private long _arrivedAt;

    /// <summary>True when it holds no frame.</summary>
    public bool IsEmpty => _width == 0;

    /// <summary>The frame it holds, until it is filled again.</summary>
    /// <exception cref="InvalidOperationException">It holds none.</exception>
    public Frame Frame => IsEmpty
        ? throw new InvalidOperationException("The buffer holds no frame.")
        : new Frame(_luma, _width, _height, _width, _timestamp, _sequence, _arrivedAt);

    /// <summary>Copies a plane of pixels in, for frames that come from elsewhere than a source.</summary>
    public void Fill(in Frame frame)
    {
        var pixels = Prepare(frame.Width, frame.Height);
        for (var y = 0; y < frame.Height; y++)
        {
            frame.Row(y).CopyTo(pixels[(y * frame.Width)..]);
        }

        Stamp(frame.Timestamp, frame.Sequence, frame.ArrivedAt);
    }

    /// <summary>Overwrites the picture with zeros and forgets it.</summary>
    public void Clear()
    {
        Array.Clear(_luma);
        _width = 0;
        _height = 0;
    }

    /// <summary>Makes room for a frame without padding between its rows.</summary>
    internal Span<byte> Prepare(int width, int height)
    {
        var length = checked(width * height);
        if (_luma.Length < length)
        {
            _luma = new byte[length];
        }

        _width = width;
        _height = height;
        return _luma.AsSpan(0, length);
    }

    internal void Stamp(TimeSpan timestamp, long sequence, long arrivedAt)
    {
        _timestamp = timestamp;
        _sequence = sequence;
        _arrivedAt = arrivedAt;
    }

    /// <summary>Exchanges the contents of two buffers without copying a pixel.</summary>
    internal static void Swap(FrameBuffer one, FrameBuffer other)
    {
        (one._luma, other._luma) = (other._luma, one._luma);
        (one._width, other._width) = (other._width, one._width);
        (one._height, other._height) = (other._height, one._height);
        (one._timestamp, other._timestamp) = (other._timestamp, one._timestamp);
        (one._sequence, other._sequence) = (other._sequence, one._sequence);
        (one._arrivedAt, other._arrivedAt) = (other._arrivedAt, one._arrivedAt);
    }
}
