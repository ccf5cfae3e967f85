using System.Diagnostics;
using CabinMood.Service.Observability;
using CabinMood.Vision;

namespace CabinMood.Service.Tests.Observability;

public sealed class MeterTests : IDisposable
{
    private readonly ServiceMeter _meter = new();
    private readonly MeterCollector _collector;

    public MeterTests() => _collector = new MeterCollector(_meter.Meter);

    public void Dispose()
    {
        _collector.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Durations_counters_and_gauges_become_a_page_that_Prometheus_reads()
    {
        _meter.Count("cabinmood.frames.captured", () => 7, "Frames.");
        _meter.Gauge("cabinmood.memory.resident", () => 1.5e8, "Memory.", "By");
        _meter.Gauge("cabinmood.health", () => 1, "Health.", unit: null, new("state", "ok"));
        _meter.Gauge("cabinmood.health", () => 0, "Health.", unit: null, new("state", "failed"));
        _meter.RecordFrame(new StageTimings { DetectorNet = Ticks(3), EmotionNet = Ticks(0.3) }, TimeSpan.FromMilliseconds(40));
        _meter.RecordFrame(new StageTimings { DetectorNet = Ticks(4) }, TimeSpan.FromSeconds(3));
        _meter.RecordDecision(TimeSpan.FromMilliseconds(0.1));

        var page = new PrometheusPage(PrometheusText.Of(_collector.Collect()));

        page.AssertHistograms();
        Assert.Equal(7, page.Samples["cabinmood_frames_captured_total"]);
        Assert.Equal(1.5e8, page.Samples["cabinmood_memory_resident_bytes"]);
        Assert.Equal((1, 0), (page.Samples["""cabinmood_health{state="ok"}"""], page.Samples["""cabinmood_health{state="failed"}"""]));
        Assert.Equal(2, page.Samples["""cabinmood_stage_duration_seconds_count{stage="detector-net"}"""]);
        Assert.Equal(0.007, page.Samples["""cabinmood_stage_duration_seconds_sum{stage="detector-net"}"""], 6);
        // A stage that did not run was not fast: it is not there.
        Assert.Equal(1, page.Samples["""cabinmood_stage_duration_seconds_count{stage="emotion-net"}"""]);
        Assert.Equal(1, page.Samples["""cabinmood_frame_latency_seconds_bucket{le="1"}"""]);
        Assert.Equal(2, page.Samples["""cabinmood_frame_latency_seconds_bucket{le="+Inf"}"""]);
        Assert.Equal(("counter", "gauge", "histogram"), (page.Types["cabinmood_frames_captured_total"], page.Types["cabinmood_health"], page.Types["cabinmood_stage_duration_seconds"]));
    }

    [Fact]
    public void Measuring_a_frame_allocates_nothing_also_while_somebody_listens()
    {
        var timings = new StageTimings { ObscuredView = 1, DetectorInput = 2, DetectorNet = 3, Decoding = 4, Alignment = 5, Quality = 6, EmotionNet = 7 };
        Measure();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Measure();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Measure()
        {
            for (var i = 0; i < 1000; i++)
            {
                _meter.RecordFrame(timings, TimeSpan.FromMilliseconds(i));
                _meter.RecordDecision(TimeSpan.FromMilliseconds(i));
                _meter.RecordEffect(TimeSpan.FromMilliseconds(i));
            }
        }
    }

    [Fact]
    public void Another_services_meter_in_the_same_process_is_not_mixed_in()
    {
        using var other = new ServiceMeter();
        other.RecordDecision(TimeSpan.FromSeconds(1));

        var page = new PrometheusPage(PrometheusText.Of(_collector.Collect()));

        Assert.Equal(0, page.Samples["""cabinmood_stage_duration_seconds_count{stage="conductor"}"""]);
    }

    private static long Ticks(double milliseconds) => (long)(milliseconds / 1000 * Stopwatch.Frequency);
}
