namespace CabinMood.Vision.Pixels;

/// <summary>
/// Weights for resizing one axis: each target pixel is a weighted sum of neighbouring source pixels, its taps. Shrinking
/// averages over the covered area, so nothing aliases; enlarging interpolates linearly between pixel centres. Pixel i
/// covers i..i+1 on both sides, so coordinates scale without an offset. Not thread-safe.
/// </summary>
internal sealed class ResampleTable
{
    private int[] _starts = [];

    // By taps, then by target pixels: neighbouring targets are computed together.
    private float[] _weights = [];

    /// <summary>How many source pixels there are.</summary>
    public int SourceLength { get; private set; }

    /// <summary>How many target pixels there are.</summary>
    public int TargetLength { get; private set; }

    /// <summary>How many source pixels each target pixel looks at.</summary>
    public int Taps { get; private set; }

    /// <summary>How many taps a scale (source pixels per target pixel) needs: an area of so many pixels touches at most one more.</summary>
    public static int TapsAt(float scale) => scale > 1 ? (int)MathF.Ceiling(scale) + 1 : 2;

    /// <summary>Makes room for tables of this size, so that computing them allocates nothing.</summary>
    public void Reserve(int targetLength, float scale)
    {
        var taps = TapsAt(scale);
        if (_starts.Length < targetLength || _weights.Length < targetLength * taps)
        {
            _starts = new int[targetLength];
            _weights = new float[targetLength * taps];
        }
    }

    /// <summary>Computes the weights; the target begins where the source does.</summary>
    /// <param name="sourceLength">Pixels of the source axis.</param>
    /// <param name="targetLength">Pixels of the target axis.</param>
    /// <param name="scale">Source pixels per target pixel.</param>
    public void Compute(int sourceLength, int targetLength, float scale)
    {
        Reserve(targetLength, scale);
        SourceLength = sourceLength;
        TargetLength = targetLength;
        Taps = Math.Min(TapsAt(scale), sourceLength);
        Array.Clear(_weights);
        for (var target = 0; target < targetLength; target++)
        {
            if (scale > 1)
            {
                Area(target, target * scale, (target + 1) * scale);
            }
            else
            {
                Linear(target, ((target + 0.5f) * scale) - 0.5f);
            }
        }
    }

    /// <summary>The first source pixel of a target pixel; <see cref="Taps"/> of them lie inside the source.</summary>
    public int Start(int target) => _starts[target];

    /// <summary>For every target pixel, the weight of its source pixel <see cref="Start"/> + <paramref name="tap"/>.</summary>
    public ReadOnlySpan<float> WeightsOfTap(int tap) => _weights.AsSpan(tap * TargetLength, TargetLength);

    /// <summary>Copies the weights of one target pixel; they sum to 1.</summary>
    public ReadOnlySpan<float> Weights(int target, Span<float> into)
    {
        for (var tap = 0; tap < Taps; tap++)
        {
            into[tap] = _weights[(tap * TargetLength) + target];
        }

        return into[..Taps];
    }

    private void Area(int target, float from, float to)
    {
        from = MathF.Min(from, SourceLength - 1);
        to = Math.Clamp(to, from + 1e-3f, SourceLength);
        var start = Math.Min((int)from, SourceLength - Taps);
        _starts[target] = start;
        for (var tap = 0; tap < Taps; tap++)
        {
            var covered = MathF.Min(to, start + tap + 1) - MathF.Max(from, start + tap);
            _weights[(tap * TargetLength) + target] = MathF.Max(covered, 0) / (to - from);
        }
    }

    private void Linear(int target, float center)
    {
        center = Math.Clamp(center, 0, SourceLength - 1);
        var start = Math.Min((int)center, SourceLength - Taps);
        _starts[target] = start;
        for (var tap = 0; tap < Taps; tap++)
        {
            _weights[(tap * TargetLength) + target] = MathF.Max(0, 1 - MathF.Abs(center - (start + tap)));
        }
    }
}
