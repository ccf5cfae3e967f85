using CabinMood.Service.Tests.Observability;

namespace CabinMood.Service.Tests.EndToEnd;

public sealed class MetricsFileTests
{
    [Fact]
    public async Task The_running_service_keeps_a_file_that_Prometheus_reads_and_takes_it_away_at_the_end()
    {
        await using var service = await RunningService.StartAsync("\"Metrics\": { \"File\": \"cabinmood.prom\" }");
        var file = Path.Combine(service.StateFolder, "cabinmood.prom");
        await service.ConsentAsync();
        // Told at the same pace as the file is written: after two of them there has been one with frames in it.
        await service.Bystander.JsonAsync("health", health => health.GetProperty("uptimeS").GetInt64() >= 20 && health.GetProperty("analysisHz").GetDouble() > 0);
        await service.Bystander.UntilAsync(() => new PrometheusPage(File.ReadAllText(file)).Samples["cabinmood_frames_analysed_total"] > 0);

        var page = new PrometheusPage(await File.ReadAllTextAsync(file));
        page.AssertHistograms();
        Assert.True(page.Samples["""cabinmood_stage_duration_seconds_count{stage="detector-net"}"""] > 0);
        Assert.True(page.Samples["""cabinmood_stage_duration_seconds_count{stage="conductor"}"""] > 0);
        Assert.True(page.Samples["""cabinmood_stage_duration_seconds_count{stage="effects"}"""] > 0);
        Assert.Equal(1, page.Samples["cabinmood_mqtt_connected"]);
        Assert.Equal(1, page.Samples["cabinmood_camera_open"]);
        Assert.InRange(page.Samples["cabinmood_memory_resident_bytes"], 1e7, 1e9);

        await service.TerminateAsync();
        Assert.False(File.Exists(file));
    }
}
