namespace CabinMood.Vision.Capture;

/// <summary>
/// One picture: a plane of 8-bit luma. A view into a <see cref="FrameBuffer"/>, valid until that buffer is filled again;
/// being a ref struct, it cannot be kept.
/// </summary>
public readonly ref struct Frame
{
    /// <summary>Creates a view.</summary>
    /// <param name="luma">Rows of <paramref name="stride"/> bytes, 0 black to 255 white, the topmost row first.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="timestamp">When it was taken, since the source was first opened.</param>
    /// <param name="sequence">Counts the source's frames from 0, dropped ones included.</param>
    /// <param name="arrivedAt">When it reached this process, as <see cref="TimeProvider.GetTimestamp"/>.</param>
    /// <exception cref="ArgumentException">The plane is too short for its dimensions.</exception>
    public Frame(ReadOnlySpan<byte> luma, int width, int height, int stride, TimeSpan timestamp = default, long sequence = 0, long arrivedAt = 0)
    {
        if (width <= 0 || height <= 0 || stride < width || luma.Length < ((long)stride * (height - 1)) + width)
        {
            throw new ArgumentException($"A plane of {luma.Length} bytes cannot hold {width}x{height} pixels at a stride of {stride}.", nameof(luma));
        }

        Luma = luma;
        Width = width;
        Height = height;
        Stride = stride;
        Timestamp = timestamp;
        Sequence = sequence;
        ArrivedAt = arrivedAt;
    }

    /// <summary>All rows; the length was checked against the dimensions.</summary>
    public ReadOnlySpan<byte> Luma { get; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Bytes from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>When the frame was taken, since the source was first opened; never goes backwards, not even when a file is looped.</summary>
    public TimeSpan Timestamp { get; }

    /// <summary>Counts the source's frames from 0, dropped ones included.</summary>
    public long Sequence { get; }

    /// <summary>When the frame reached this process, as <see cref="TimeProvider.GetTimestamp"/>: the start of its latency.</summary>
    public long ArrivedAt { get; }

    /// <summary>One row of pixels.</summary>
    public ReadOnlySpan<byte> Row(int y) => Luma.Slice(y * Stride, Width);
}
