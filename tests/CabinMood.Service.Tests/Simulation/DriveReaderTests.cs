using CabinMood.Core.Conductor.Events;
using CabinMood.Service.Simulation.Drives;

namespace CabinMood.Service.Tests.Simulation;

public sealed class DriveReaderTests
{
    [Theory]
    [InlineData("""{"at":1,"event":"fly"}""", "unknown event \"fly\"; known: reading, no-face")]
    [InlineData("""{"event":"tick"}""", "\"at\" is missing (or \"from\", \"to\" and \"hz\")")]
    [InlineData("""{"at":-1,"event":"tick"}""", "\"at\" must be a number of seconds from 0 to 100000000")]
    [InlineData("""{"at":"soon","event":"tick"}""", "\"at\" must be a number of seconds")]
    [InlineData("""{"at":1e300,"event":"tick"}""", "\"at\" must be a number of seconds")]
    [InlineData("""{"from":5,"to":5,"hz":1,"event":"tick"}""", "\"to\" must lie after \"from\"")]
    [InlineData("""{"from":0,"to":5,"hz":0,"event":"tick"}""", "\"hz\" must be a number from")]
    [InlineData("""{"from":0,"to":1e8,"hz":1000,"event":"tick"}""", "more than ten million events")]
    [InlineData("""{"at":1,"event":"reading"}""", "\"emotions\" is missing")]
    [InlineData("""{"at":1,"event":"reading","emotions":{"joy":1}}""", "unknown emotion \"joy\"; known: neutral")]
    [InlineData("""{"at":1,"event":"reading","emotions":{"happiness":0.8}}""", "the emotions add up to 0.8, not to 1")]
    [InlineData("""{"at":1,"event":"reading","emotions":{"happiness":1},"valence":2}""", "\"valence\" must be a number from -1 to 1")]
    [InlineData("""{"at":1,"event":"reading","emotions":{"happiness":1},"quallity":1}""", "unknown field \"quallity\"; known here: arousal, at")]
    [InlineData("""{"at":1,"event":"signal","signal":"speed"}""", "\"value\" is missing")]
    [InlineData("""{"at":1,"event":"signal","signal":"altitude","value":1}""", "\"signal\" must be one of speed, gear")]
    [InlineData("""{"at":1,"event":"signals","values":{"sped":1}}""", "unknown signal \"sped\"")]
    [InlineData("""{"at":1,"event":"command","topic":"style","payload":{"id":"a","style":"loud"}}""", "set/style: \"style\" must be one of match, lift, calm")]
    [InlineData("""{"at":1,"event":"player","payload":{"source":"cabinmood","state":"playing"}}""", "player: \"choiceId\" is missing")]
    [InlineData("""{"at":1,"utc":"noon","event":"tick"}""", "\"utc\" must be an ISO 8601 time")]
    [InlineData("""{"at":1,"truth":"joyful"}""", "\"truth\" must be one of unknown, happy")]
    [InlineData("""{"at":1,"expect":"miracle"}""", "\"expect\" must be one of song, limiter")]
    [InlineData("""{"at":1,"decision":"song"}""", "only a recording has decisions")]
    [InlineData("""{"at":1}""", "says nothing")]
    [InlineData("""{"at":1,"at":2,"event":"tick"}""", "not valid JSON")]
    [InlineData("""[1,2,3]""", "is not a JSON object")]
    [InlineData("""{"at":1,"event":"tick\"}""", "not valid JSON at character")]
    [InlineData("what?", "not valid JSON at character 1")]
    public void What_is_not_understood_is_refused_with_its_line(string line, string problem)
    {
        var error = Assert.Throws<DriveException>(() => Played.Read("{\"title\":\"t\"}\n\n" + line + "\n{\"at\":9,\"event\":\"tick\"}\n"));

        Assert.StartsWith("test.jsonl, line 3: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("", "there is no event in it")]
    [InlineData("""{"title":"Nothing"}""", "there is no event in it")]
    [InlineData("{\"at\":5,\"event\":\"start\"}\n{\"at\":2,\"event\":\"tick\"}", "\"start\" line must come before everything else")]
    public void A_drive_without_a_beginning_is_refused(string text, string problem) =>
        Assert.Contains(problem, Assert.Throws<DriveException>(() => Played.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_span_is_repeated_from_its_first_time_to_just_before_its_last()
    {
        var drive = Played.Read("""{"from":10,"to":50,"hz":10,"event":"tick"}""");

        var ticks = drive.Events.OfType<ClockTicked>().ToArray();
        Assert.Equal(400, ticks.Length);
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(49.9)), (ticks[0].At.Elapsed, ticks[^1].At.Elapsed));
    }

    [Fact]
    public void Lines_may_stand_in_any_order_and_happen_in_the_order_of_time()
    {
        var drive = Played.Read("""
            {"at":0,"event":"start"}
            {"from":0,"to":4,"hz":1,"event":"tick"}
            {"at":2,"event":"broker","connected":false}
            {"at":1,"event":"broker","connected":true}
            """);

        Assert.Equal(
            ["ServiceStarted", "ClockTicked", "ClockTicked", "BrokerConnected", "ClockTicked", "BrokerLost", "ClockTicked"],
            drive.Events.Select(happened => happened.GetType().Name));
    }

    [Fact]
    public void The_wall_clock_goes_on_from_where_a_line_puts_it()
    {
        var drive = Played.Read("""
            {"at":0,"utc":"2026-01-01T00:00:00Z","event":"start"}
            {"at":10,"event":"tick"}
            {"at":20,"utc":"2025-01-01T00:00:00Z","event":"tick"}
            {"at":30,"event":"tick"}
            """);

        Assert.Equal(
            ["2026-01-01T00:00:00Z", "2026-01-01T00:00:10Z", "2025-01-01T00:00:00Z", "2025-01-01T00:00:10Z"],
            drive.Events.Select(happened => happened.At.Utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_value_that_the_car_could_not_read_either_counts_as_unreadable() =>
        Assert.Contains(Played.Read("""{"at":1,"event":"signal","signal":"speed","value":"NaN"}""").Events, happened => happened is SignalUnreadable);

    [Fact]
    public void Every_line_of_the_format_s_page_is_understood()
    {
        var page = File.ReadAllLines(Support.Repository.File("tests/data/drives/README.md"));
        var lines = page.SkipWhile(line => line != "```json").Skip(1).TakeWhile(line => line != "```").ToArray();

        Assert.InRange(lines.Length, 20, 100);
        Assert.NotEmpty(Played.Read(string.Join('\n', lines)).Events);
    }
}
