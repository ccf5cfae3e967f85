using System.Text;
using CabinMood.Core.Conductor;
using CabinMood.Messaging.Commands;

namespace CabinMood.Messaging.Tests;

public sealed class PlayerReaderTests
{
    [Theory]
    [InlineData("""{"source":"cabinmood","choiceId":"c1","state":"playing","positionMs":1500,"remainingMs":6500}""", PlayerSource.Cabinmood, "c1", PlayerState.Playing, 1500L, 6500L)]
    [InlineData("""{"source":"cabinmood","choiceId":"c1","state":"stopped"}""", PlayerSource.Cabinmood, "c1", PlayerState.Stopped, null, null)]
    [InlineData("""{"source":"other","choiceId":null,"state":"paused"}""", PlayerSource.Other, null, PlayerState.Paused, null, null)]
    public void A_report_is_read(string json, PlayerSource source, string? choice, PlayerState state, long? position, long? remaining) =>
        Assert.Equal(new PlayerReport(source, choice, state, position, remaining), Read(json).Value);

    [Theory]
    [InlineData("""{"source":"cabinmood","state":"playing"}""", "\"choiceId\" is missing")]
    [InlineData("""{"source":"radio","state":"playing"}""", "\"source\" must be one of cabinmood, other")]
    [InlineData("""{"source":"other"}""", "\"state\" is missing")]
    [InlineData("""{"source":"other","state":"playing","positionMs":-1}""", "\"positionMs\" must be a whole number from 0 to 86400000")]
    [InlineData("""{"source":"other","state":"playing","remainingMs":1e300}""", "\"remainingMs\" must be a whole number from 0 to 86400000")]
    [InlineData("""[]""", "not a JSON object")]
    public void What_is_wrong_is_said(string json, string error) => Assert.Equal(new Refusal(null, error), Read(json).Refusal);

    [Fact]
    public void A_retained_report_is_refused() =>
        Assert.False(PlayerReader.Read(new IncomingMessage("t", """{"source":"other","state":"playing"}"""u8.ToArray(), Retained: true)).IsRead);

    private static Reading<PlayerReport> Read(string json) =>
        PlayerReader.Read(new IncomingMessage("cabinmood/car/player", Encoding.UTF8.GetBytes(json)));
}
