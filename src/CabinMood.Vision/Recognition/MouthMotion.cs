namespace CabinMood.Vision.Recognition;

/// <summary>
/// How much the mouth moves beyond the rest of the face: talking and chewing change the lower face several times a second,
/// a smile or a frown once. Compares the aligned crop with that of a moment before; a shaking head or a shaky alignment moves
/// eyes and mouth alike and cancels out. Keeps one small crop in memory and gives out one number. Not thread-safe.
/// </summary>
internal sealed class MouthMotion
{
    /// <summary>Crops closer in time are not compared: at 30 Hz a mouth has hardly moved from one frame to the next.</summary>
    private static readonly TimeSpan LeastApart = TimeSpan.FromMilliseconds(90);

    /// <summary>Crops further apart are of two occasions.</summary>
    private static readonly TimeSpan MostApart = TimeSpan.FromSeconds(1);

    /// <summary>Time constant of the activity: several syllables, longer than one change of expression.</summary>
    private const double MemorySeconds = 1.5;

    /// <summary>Excess motion, in standard deviations of the crop, up to which a mouth is at rest, and from which on it certainly talks. Set on the development clips.</summary>
    private const float RestingExcess = 0.02f;
    private const float TalkingExcess = 0.08f;

    private readonly int _width;
    private readonly int _height;
    private readonly float[] _before;
    private TimeSpan? _beforeAt;
    private float _activity;

    public MouthMotion(int width, int height)
    {
        _width = width;
        _height = height;
        _before = new float[width * height];
    }

    /// <summary>Takes the next aligned crop. Gives the activity, 0 (at rest) to 1.</summary>
    /// <param name="crop">One plane of width times height numbers; any linear scale.</param>
    /// <param name="at">The frame's time.</param>
    public float Follow(ReadOnlySpan<float> crop, TimeSpan at)
    {
        var apart = at - _beforeAt;
        if (apart < LeastApart && apart >= TimeSpan.Zero)
        {
            return _activity;
        }

        if (apart is { } span && span >= TimeSpan.Zero && span <= MostApart)
        {
            var motion = (Excess(crop) - RestingExcess) / (TalkingExcess - RestingExcess);
            var step = (float)(1 - Math.Exp(-span.TotalSeconds / MemorySeconds));
            _activity += step * (Math.Clamp(motion, 0, 1) - _activity);
        }
        else
        {
            _activity = 0;
        }

        crop.CopyTo(_before);
        _beforeAt = at;
        return _activity;
    }

    /// <summary>Forgets the last face and wipes it from memory.</summary>
    public void Forget()
    {
        _beforeAt = null;
        _activity = 0;
        _before.AsSpan().Clear();
    }

    /// <summary>Mean change around the mouth less that around the eyes, in standard deviations of the crop; negative when the eyes move more.</summary>
    internal float Excess(ReadOnlySpan<float> crop)
    {
        var (sum, squares) = (0f, 0f);
        foreach (var value in crop)
        {
            sum += value;
            squares += value * value;
        }

        var mean = sum / crop.Length;
        var deviation = MathF.Sqrt(MathF.Max((squares / crop.Length) - (mean * mean), 0));
        if (deviation < 1e-3f)
        {
            return 0;
        }

        // The template's eyes lie at 0.38 of the height, the corners of the mouth at 0.76.
        return (Change(crop, 0.64f, 0.92f) - Change(crop, 0.24f, 0.52f)) / deviation;
    }

    // Mean absolute change in a band over the face's middle, without the part that all of it shares (a change of light).
    private float Change(ReadOnlySpan<float> crop, float top, float bottom)
    {
        var (firstRow, endRow) = ((int)(top * _height), (int)(bottom * _height));
        var (firstColumn, endColumn) = ((int)(0.25f * _width), (int)(0.75f * _width));
        var count = (endRow - firstRow) * (endColumn - firstColumn);
        var shared = 0f;
        for (var y = firstRow; y < endRow; y++)
        {
            for (var x = firstColumn; x < endColumn; x++)
            {
                shared += crop[(y * _width) + x] - _before[(y * _width) + x];
            }
        }

        shared /= count;
        var change = 0f;
        for (var y = firstRow; y < endRow; y++)
        {
            for (var x = firstColumn; x < endColumn; x++)
            {
                change += MathF.Abs(crop[(y * _width) + x] - _before[(y * _width) + x] - shared);
            }
        }

        return change / count;
    }
}
