using CabinMood.Service.Logging;
using CabinMood.Service.Tests.Support;

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

    [Fact]
    public void What_was_withheld_is_told_once_when_the_minute_is_over_though_nothing_follows()
    {
        var time = new StandingTime();
        var budget = new LogBudget(time);
        for (var i = 0; i < 25; i++)
        {
            budget.TryTake(out var _);
        }

        Assert.False(budget.TryEndMinute(out _));
        time.Now += TimeSpan.FromMinutes(1);
        Assert.True(budget.TryEndMinute(out var withheld));
        Assert.Equal(15, withheld);
        Assert.False(budget.TryEndMinute(out _));
        Assert.True(budget.TryTake(out withheld));
        Assert.Equal(0, withheld);
    }
}
