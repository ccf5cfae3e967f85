namespace CabinMood.Vision.Pixels;

/// <summary>
/// Weights for resizing one axis: each target pixel is a weighted sum of neighbouring source pixels. Shrinking averages
/// over the covered area, so nothing aliases; enlarging interpolates linearly between pixel centres. Pixel i covers
/// i..i+1 on both sides, so coordinates scale without an offset. Not thread-safe.
/// </summary>
internal sealed class ResampleTable
{
    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly float[] _weights;
    private readonly int _weightsPerTarget;

    /// <summary>Makes room for tables of up to so many target pixels that each look at up to so many source pixels.</summary>
    public ResampleTable(int largestTarget, int largestSourcePerTarget)
    {
        _weightsPerTarget = largestSourcePerTarget + 2;
        _starts = new int[largestTarget];
        _counts = new int[largestTarget];
        _weights = new float[largestTarget * _weightsPerTarget];
    }

    /// <summary>How many target pixels there are.</summary>
    public int TargetLength { get; private set; }

    /// <summary>True when a table for this scale fits into the room that was made.</summary>
    public bool Fits(int targetLength, float scale) => targetLength <= _starts.Length && scale <= _weightsPerTarget - 2;

    /// <summary>Computes the weights.</summary>
    /// <param name="sourceLength">Pixels of the source axis; indices outside are clamped to its ends.</param>
    /// <param name="sourceOrigin">Where in the source the target begins, in pixels.</param>
    /// <param name="targetLength">Pixels of the target axis.</param>
    /// <param name="scale">Source pixels per target pixel.</param>
    public void Compute(int sourceLength, float sourceOrigin, int targetLength, float scale)
    {
        TargetLength = targetLength;
        for (var i = 0; i < targetLength; i++)
        {
            var weights = _weights.AsSpan(i * _weightsPerTarget, _weightsPerTarget);
            var from = sourceOrigin + (i * scale);
            if (scale > 1)
            {
                Area(i, from, from + scale, sourceLength, weights);
            }
            else
            {
                Linear(i, from + (scale * 0.5f) - 0.5f, sourceLength, weights);
            }
        }
    }

    /// <summary>The first source pixel of a target pixel.</summary>
    public int Start(int target) => _starts[target];

    /// <summary>The weights of the source pixels from <see cref="Start"/> on; they sum to 1.</summary>
    public ReadOnlySpan<float> Weights(int target) => _weights.AsSpan(target * _weightsPerTarget, _counts[target]);

    private void Area(int target, float from, float to, int sourceLength, Span<float> weights)
    {
        from = Math.Clamp(from, 0, sourceLength - 1);
        to = Math.Clamp(to, from + 1e-3f, sourceLength);
        var first = (int)from;
        var end = Math.Min((int)MathF.Ceiling(to), sourceLength);
        for (var source = first; source < end; source++)
        {
            weights[source - first] = (MathF.Min(to, source + 1) - MathF.Max(from, source)) / (to - from);
        }

        _starts[target] = first;
        _counts[target] = end - first;
    }

    private void Linear(int target, float center, int sourceLength, Span<float> weights)
    {
        center = Math.Clamp(center, 0, sourceLength - 1);
        var first = Math.Min((int)center, Math.Max(sourceLength - 2, 0));
        var fraction = center - first;
        weights[0] = 1 - fraction;
        weights[1] = fraction;
        _starts[target] = first;
        _counts[target] = sourceLength > 1 ? 2 : 1;
    }
}
