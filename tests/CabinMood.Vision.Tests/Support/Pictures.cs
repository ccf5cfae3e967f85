using CabinMood.Vision.Capture;

namespace CabinMood.Vision.Tests.Support;

/// <summary>Pictures made for tests.</summary>
internal static class Pictures
{
    /// <summary>Smooth waves with some noise: has every brightness and every direction.</summary>
    public static FrameBuffer Waves(int width, int height, int seed = 1, int padding = 0)
    {
        var random = new Random(seed);
        var stride = width + padding;
        var luma = new byte[stride * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < stride; x++)
            {
                var value = 128 + (70 * Math.Sin(x / 9.0)) + (40 * Math.Cos(y / 7.0)) + random.Next(-10, 11);
                luma[(y * stride) + x] = (byte)Math.Clamp(value, 0, 255);
            }
        }

        var buffer = new FrameBuffer();
        buffer.Fill(new Frame(luma, width, height, stride));
        return buffer;
    }

    /// <summary>One brightness everywhere.</summary>
    public static FrameBuffer Flat(int width, int height, byte value)
    {
        var luma = new byte[width * height];
        Array.Fill(luma, value);
        var buffer = new FrameBuffer();
        buffer.Fill(new Frame(luma, width, height, width));
        return buffer;
    }

    /// <summary>Reads a picture file.</summary>
    public static FrameBuffer Read(string path)
    {
        using var reader = new SequentialFrameReader(FrameSourceUri.Parse(path));
        var buffer = new FrameBuffer();
        Assert.True(reader.TryRead(buffer));
        return buffer;
    }

    /// <summary>The part of a picture that a function of its pixels gives, at a time.</summary>
    public static FrameBuffer Change(FrameBuffer picture, TimeSpan timestamp, Func<int, int, byte, byte>? change = null)
    {
        var frame = picture.Frame;
        var luma = new byte[frame.Width * frame.Height];
        for (var y = 0; y < frame.Height; y++)
        {
            for (var x = 0; x < frame.Width; x++)
            {
                var value = frame.Row(y)[x];
                luma[(y * frame.Width) + x] = change?.Invoke(x, y, value) ?? value;
            }
        }

        var buffer = new FrameBuffer();
        buffer.Fill(new Frame(luma, frame.Width, frame.Height, frame.Width, timestamp));
        return buffer;
    }
}
