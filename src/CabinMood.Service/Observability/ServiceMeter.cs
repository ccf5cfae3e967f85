using System.Diagnostics.Metrics;
using CabinMood.Vision;

namespace CabinMood.Service.Observability;

/// <summary>
/// What the service measures about itself, as System.Diagnostics.Metrics: how long each stage takes, and what is counted.
/// Nothing in it depends on what was seen of a person. Recording allocates nothing. Thread-safe.
/// </summary>
public sealed class ServiceMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "CabinMood";

    private const string StageDuration = "cabinmood.stage.duration";

    private readonly Histogram<double> _obscuredView;
    private readonly Histogram<double> _detectorInput;
    private readonly Histogram<double> _detectorNet;
    private readonly Histogram<double> _decoding;
    private readonly Histogram<double> _alignment;
    private readonly Histogram<double> _quality;
    private readonly Histogram<double> _emotionNet;
    private readonly Histogram<double> _conductor;
    private readonly Histogram<double> _effects;
    private readonly Histogram<double> _latency;

    /// <summary>A meter that has measured nothing.</summary>
    public ServiceMeter()
    {
        Meter = new Meter(Name);
        _obscuredView = Stage("obscured-view");
        _detectorInput = Stage("detector-input");
        _detectorNet = Stage("detector-net");
        _decoding = Stage("decoding");
        _alignment = Stage("alignment");
        _quality = Stage("quality");
        _emotionNet = Stage("emotion-net");
        _conductor = Stage("conductor");
        _effects = Stage("effects");
        _latency = Meter.CreateHistogram<double>("cabinmood.frame.latency", "s", "From a frame's arrival to its scores.");
    }

    /// <summary>The meter itself, for who listens.</summary>
    public Meter Meter { get; }

    /// <summary>A frame was looked at.</summary>
    /// <param name="timings">What each stage took; stages that did not run are left out.</param>
    /// <param name="latency">From its arrival to its scores.</param>
    public void RecordFrame(in StageTimings timings, TimeSpan latency)
    {
        Record(_obscuredView, timings.ObscuredView);
        Record(_detectorInput, timings.DetectorInput);
        Record(_detectorNet, timings.DetectorNet);
        Record(_decoding, timings.Decoding);
        Record(_alignment, timings.Alignment);
        Record(_quality, timings.Quality);
        Record(_emotionNet, timings.EmotionNet);
        _latency.Record(latency.TotalSeconds);
    }

    /// <summary>The conductor has decided about an event.</summary>
    public void RecordDecision(TimeSpan took) => _conductor.Record(took.TotalSeconds);

    /// <summary>An effect was carried out: a publication handed over, a row stored, the camera opened or closed.</summary>
    public void RecordEffect(TimeSpan took) => _effects.Record(took.TotalSeconds);

    /// <summary>Something that only grows, asked for when somebody looks.</summary>
    /// <param name="name">Of the instrument.</param>
    /// <param name="read">Any thread may call it.</param>
    /// <param name="description">One line.</param>
    public void Count(string name, Func<long> read, string description) => Meter.CreateObservableCounter(name, read, unit: null, description);

    /// <summary>Something that goes up and down, asked for when somebody looks.</summary>
    /// <param name="name">Of the instrument.</param>
    /// <param name="read">Any thread may call it.</param>
    /// <param name="description">One line.</param>
    /// <param name="unit">In UCUM: s, By; null for a plain number.</param>
    /// <param name="tag">A name and value that tells it from others of its name; null for none.</param>
    public void Gauge(string name, Func<double> read, string description, string? unit = null, KeyValuePair<string, object?>? tag = null) =>
        Meter.CreateObservableGauge(name, read, unit, description, tag is { } one ? [one] : []);

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();

    private static void Record(Histogram<double> stage, long ticks)
    {
        if (ticks > 0)
        {
            stage.Record(StageTimings.Milliseconds(ticks) / 1000);
        }
    }

    // The tag belongs to the instrument: handed in with every measurement, somebody would have to look it up.
    private Histogram<double> Stage(string stage) =>
        Meter.CreateHistogram<double>(StageDuration, "s", "What one stage took.", [new("stage", stage)]);
}
