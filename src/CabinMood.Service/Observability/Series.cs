using System.Diagnostics.Metrics;

namespace CabinMood.Service.Observability;

/// <summary>What one instrument has measured: a distribution for a histogram, else its last value. Adding allocates nothing. Thread-safe.</summary>
public sealed class Series
{
    private static readonly double[] Bounds = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

    private readonly Lock _gate = new();
    private readonly long[] _counts = new long[Bounds.Length + 1];
    private double _value;

    /// <summary>A series without measurements.</summary>
    public Series(Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        Instrument = instrument;
        IsHistogram = instrument is Histogram<double>;
    }

    /// <summary>Upper bounds of a histogram's buckets in seconds; one more reaches to infinity.</summary>
    public static IReadOnlyList<double> UpperBounds => Bounds;

    /// <summary>What it belongs to.</summary>
    public Instrument Instrument { get; }

    /// <summary>Whether it is a distribution.</summary>
    public bool IsHistogram { get; }

    /// <summary>Takes a measurement.</summary>
    public void Add(double value)
    {
        lock (_gate)
        {
            if (!IsHistogram)
            {
                _value = value;
                return;
            }

            var bucket = 0;
            while (bucket < Bounds.Length && value > Bounds[bucket])
            {
                bucket++;
            }

            _counts[bucket]++;
            _value += value;
        }
    }

    /// <summary>The sum of all measurements of a histogram, else the last one; and how many fell into each bucket.</summary>
    public (double Value, long[] Counts) Read()
    {
        lock (_gate)
        {
            return (_value, [.. _counts]);
        }
    }
}
