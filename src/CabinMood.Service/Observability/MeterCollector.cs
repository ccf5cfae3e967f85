using System.Diagnostics.Metrics;

namespace CabinMood.Service.Observability;

/// <summary>Listens to one meter from now on and keeps what it measures. Thread-safe.</summary>
public sealed class MeterCollector : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<Series> _series = [];
    private readonly Lock _gate = new();

    /// <summary>Begins to listen, also to instruments that are made later.</summary>
    public MeterCollector(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!ReferenceEquals(instrument.Meter, meter))
            {
                return;
            }

            var series = new Series(instrument);
            lock (_gate)
            {
                _series.Add(series);
            }

            listener.EnableMeasurementEvents(instrument, series);
        };
        _listener.SetMeasurementEventCallback<double>(static (_, value, _, series) => ((Series)series!).Add(value));
        _listener.SetMeasurementEventCallback<long>(static (_, value, _, series) => ((Series)series!).Add(value));
        _listener.Start();
    }

    /// <summary>All series, those asked for on demand brought up to date, in the order of their names.</summary>
    public IReadOnlyList<Series> Collect()
    {
        _listener.RecordObservableInstruments();
        lock (_gate)
        {
            return [.. _series.OrderBy(series => series.Instrument.Name, StringComparer.Ordinal)];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
