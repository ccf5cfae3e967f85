using CabinMood.Service.Logging;

namespace CabinMood.Service.Tests.Logging;

public sealed class LogBudgetTests
{
    [Fact]
    public void A_flood_leaves_ten_lines_a_minute_and_says_how_many_were_withheld()
    {
        var time = new StandingTime();
        var budget = new LogBudget(time);

        Assert.Equal(10, Enumerable.Range(0, 1000).Count(_ => budget.TryTake(out var _)));

        time.Now += TimeSpan.FromMinutes(1);
        Assert.True(budget.TryTake(out var withheld));
        Assert.Equal(990, withheld);
        Assert.True(budget.TryTake(out withheld));
        Assert.Equal(0, withheld);
    }

    private sealed class StandingTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
