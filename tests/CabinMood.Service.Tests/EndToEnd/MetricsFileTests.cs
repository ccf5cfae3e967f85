using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using CabinMood.Service.Tests.Observability;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.EndToEnd;

[SupportedOSPlatform("linux")]
public sealed class MetricsFileTests
{
    [Fact]
    public async Task The_running_service_keeps_a_file_that_Prometheus_reads_and_takes_it_away_at_the_end()
    {
        // As the unit starts it: whatever is created is the service's alone, but this file is for node_exporter's user.
        await using var service = await RunningService.StartAsync(
            "\"Metrics\": { \"File\": \"cabinmood.prom\" }", surroundings: new Surroundings(["sh", "-c", "umask 077; exec \"$0\" \"$@\""], []));
        var file = Path.Combine(service.StateFolder, "cabinmood.prom");
        await service.ConsentAsync();
        // Told at the same pace as the file is written: after two of them there has been one with frames in it.
        await service.Bystander.JsonAsync("health", health => health.GetProperty("uptimeS").GetInt64() >= 20 && health.GetProperty("analysisHz").GetDouble() > 0);
        await service.Bystander.UntilAsync(() => new PrometheusPage(File.ReadAllText(file)).Samples["cabinmood_frames_analysed_total"] > 0);

        var page = new PrometheusPage(await File.ReadAllTextAsync(file));
        page.AssertHistograms();
        AssertNothingOfAPerson(page);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(file));
        Assert.True(page.Samples["""cabinmood_stage_duration_seconds_count{stage="detector-net"}"""] > 0);
        Assert.True(page.Samples["""cabinmood_stage_duration_seconds_count{stage="conductor"}"""] > 0);
        Assert.True(page.Samples["""cabinmood_stage_duration_seconds_count{stage="effects"}"""] > 0);
        Assert.Equal(1, page.Samples["cabinmood_mqtt_connected"]);
        Assert.Equal(1, page.Samples["cabinmood_camera_open"]);
        Assert.InRange(page.Samples["cabinmood_memory_resident_bytes"], 1e7, 1e9);

        await service.TerminateAsync();
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told_and_holds_up_nothing()
    {
        await using var service = await RunningService.StartAsync("\"Metrics\": { \"File\": \"gone/cabinmood.prom\" }");

        await service.TerminateAsync();

        Assert.Contains("The metrics cannot be written to ", service.Process.Output, StringComparison.Ordinal);
    }

    // Everybody on the machine may read it: how fast and how often, and no word about who was seen, how they felt or
    // what they heard. Another series or label has to be thought about before it is added here.
    private static void AssertNothingOfAPerson(PrometheusPage page)
    {
        var series = page.Samples.Keys.Select(sample => Regex.Replace(sample, "_bucket|_sum|_count|,?le=\"[^\"]*\"", "").Replace("{}", "", StringComparison.Ordinal)).Distinct();
        Assert.All(series, name => Assert.Matches(
            "^cabinmood_(stage_duration_seconds{stage=\"[a-z-]+\"}|health{state=\"(ok|degraded|failed)\"}|(frames|commands|player_reports|response_topics|mqtt|storage|memory|conductor|camera|uptime|frame_latency)_[a-z_]*)$",
            name));
    }
}
