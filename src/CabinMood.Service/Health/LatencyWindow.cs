namespace CabinMood.Service.Health;

/// <summary>The last latencies in milliseconds, for percentiles. Adding allocates nothing. Thread-safe.</summary>
public sealed class LatencyWindow
{
    // Ten seconds of a 30 Hz camera, the span between two health messages.
    private readonly float[] _values = new float[300];
    private readonly Lock _gate = new();
    private int _count;
    private int _next;

    /// <summary>Adds one latency.</summary>
    public void Add(double milliseconds)
    {
        lock (_gate)
        {
            _values[_next] = (float)milliseconds;
            _next = (_next + 1) % _values.Length;
            _count = Math.Min(_count + 1, _values.Length);
        }
    }

    /// <summary>Median and 99th percentile in milliseconds; zero while there is nothing.</summary>
    public (double P50, double P99) Percentiles()
    {
        float[] sorted;
        lock (_gate)
        {
            sorted = _values[.._count];
        }

        if (sorted.Length == 0)
        {
            return (0, 0);
        }

        Array.Sort(sorted);
        return (At(sorted, 0.5), At(sorted, 0.99));
    }

    private static double At(float[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
