using System.Runtime.CompilerServices;

namespace CabinMood.Vision.Illumination;

/// <summary>
/// Tells the lit frames of a strobed infra-red lamp from the unlit ones by their brightness. It engages only when the last
/// frames went to and fro between two tight levels, so a tunnel or a street lamp changes nothing; engaged, it lets only
/// frames of the upper level pass, and lets go when the to and fro ends. Not thread-safe.
/// </summary>
public sealed class StrobeGate
{
    /// <summary>Frames looked back upon: at one lit frame in three, three whole turns.</summary>
    public const int Window = 9;

    /// <summary>So many changes between the levels within the window are strobing; a tunnel's mouth makes one.</summary>
    public const int EngageAtChanges = 5;

    /// <summary>So few mean that the strobing has ended.</summary>
    public const int LetGoAtChanges = 1;

    /// <summary>The levels lie at least this many grey values (of 255) apart: exposure control alone makes less.</summary>
    public const float LeastGap = 20;

    // Each level's own spread may be at most this share of the gap between them: traffic lights and leaves are not so even.
    private const float MostSpread = 0.35f;

    private Levels _levels;
    private int _count;

    /// <summary>Whether unlit frames are being held back.</summary>
    public bool IsEngaged { get; private set; }

    /// <summary>Takes the next frame's mean brightness. True when the frame is unlit and is to be dropped.</summary>
    /// <param name="brightness">Mean grey value, 0 to 255.</param>
    public bool IsUnlit(float brightness)
    {
        _levels[_count++ % Window] = brightness;
        if (_count < Window)
        {
            return false;
        }

        // A counter that would overflow after years starts again at the same place of the ring.
        _count = _count == int.MaxValue - (int.MaxValue % Window) ? Window : _count;
        var threshold = Split(out var gap, out var spread);
        var changes = CountChanges(threshold);
        IsEngaged = IsEngaged
            ? changes > LetGoAtChanges && gap >= LeastGap / 2
            : changes >= EngageAtChanges && gap >= LeastGap && spread <= MostSpread * gap;
        return IsEngaged && brightness < threshold;
    }

    /// <summary>Forgets what was seen.</summary>
    public void Reset()
    {
        _count = 0;
        IsEngaged = false;
    }

    /// <summary>Parts the window's levels at their widest gap and gives the middle of it.</summary>
    private float Split(out float gap, out float spread)
    {
        Span<float> sorted = stackalloc float[Window];
        ((ReadOnlySpan<float>)_levels).CopyTo(sorted);
        sorted.Sort();
        var at = 1;
        for (var i = 2; i < Window; i++)
        {
            at = sorted[i] - sorted[i - 1] > sorted[at] - sorted[at - 1] ? i : at;
        }

        gap = sorted[at] - sorted[at - 1];
        spread = MathF.Max(sorted[at - 1] - sorted[0], sorted[Window - 1] - sorted[at]);
        return (sorted[at] + sorted[at - 1]) / 2;
    }

    private int CountChanges(float threshold)
    {
        var changes = 0;
        for (var i = 1; i < Window; i++)
        {
            var before = _levels[(_count + i - 1) % Window];
            var after = _levels[(_count + i) % Window];
            changes += before < threshold != after < threshold ? 1 : 0;
        }

        return changes;
    }

    [InlineArray(Window)]
    private struct Levels
    {
        private float _first;
    }
}
