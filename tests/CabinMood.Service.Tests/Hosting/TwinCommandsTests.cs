using CabinMood.Core.Conductor.Commands;
using CabinMood.Service.Hosting;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.Hosting;

public sealed class TwinCommandsTests
{
    private static readonly SetConsent Yes = new("yes", true, "t-1");
    private static readonly SetConsent No = new("no", false, null);
    private static readonly SetCamera Closing = new("closing", false, null);

    private readonly StandingTime _time = new();
    private readonly TwinCommands _twins;

    public TwinCommandsTests()
    {
        _twins = new TwinCommands(new ServiceClock(_time));
        _twins.UrgentChanged(stands: true);
        _time.Now += TwinCommands.Patience;
    }

    [Fact]
    public void When_a_no_comes_over_both_connections_its_first_copy_counts()
    {
        Assert.True(_twins.CountsOverUrgent(No));
        Assert.Equal(TwinVerdict.Copy, _twins.JudgeOverMain(No));

        Assert.Equal(TwinVerdict.Counts, _twins.JudgeOverMain(Closing));
        Assert.False(_twins.CountsOverUrgent(Closing));
    }

    [Fact]
    public void When_a_no_is_said_twice_both_count()
    {
        Assert.True(_twins.CountsOverUrgent(No));
        Assert.True(_twins.CountsOverUrgent(No));
        Assert.Equal(TwinVerdict.Copy, _twins.JudgeOverMain(No));
        Assert.Equal(TwinVerdict.Copy, _twins.JudgeOverMain(No));
        Assert.Equal(TwinVerdict.Counts, _twins.JudgeOverMain(No));
    }

    [Fact]
    public void When_a_no_overtakes_a_yes_the_yes_opens_nothing_however_often_it_comes()
    {
        OverUrgentTheYesIsHeardAndTheNoCounts(No);

        OverMainTheYesIsOvertakenAndTheNoACopy();
        Assert.Equal(TwinVerdict.Overtaken, _twins.JudgeOverMain(Yes));
    }

    [Fact]
    public void When_the_broker_drops_a_nos_other_copy_a_later_yes_counts()
    {
        Assert.True(_twins.CountsOverUrgent(No));

        // Its copy over the urgent connection may come first or not.
        Assert.Equal(TwinVerdict.Counts, _twins.JudgeOverMain(Yes));
        Assert.False(_twins.CountsOverUrgent(Yes with { Id = "later" }));
        Assert.Equal(TwinVerdict.Counts, _twins.JudgeOverMain(Yes with { Id = "later" }));
    }

    [Fact]
    public void When_nobody_can_tell_which_was_first_the_yes_opens_nothing()
    {
        _twins.UrgentChanged(stands: false);
        _twins.UrgentChanged(stands: true);
        Assert.True(_twins.CountsOverUrgent(No));

        Assert.Equal(TwinVerdict.Overtaken, _twins.JudgeOverMain(Yes));
        _time.Now += TwinCommands.Patience + TimeSpan.FromTicks(1);
        Assert.Equal(TwinVerdict.Counts, _twins.JudgeOverMain(Yes));
    }

    [Fact]
    public void A_no_to_the_camera_overtakes_no_yes_to_consent()
    {
        Assert.False(_twins.CountsOverUrgent(Yes));
        Assert.True(_twins.CountsOverUrgent(Closing));

        Assert.Equal(TwinVerdict.Counts, _twins.JudgeOverMain(Yes));
    }

    [Fact]
    public void When_the_urgent_connection_is_gone_every_no_counts()
    {
        Assert.True(_twins.CountsOverUrgent(No));
        _twins.UrgentChanged(stands: false);

        Assert.Equal(TwinVerdict.Counts, _twins.JudgeOverMain(No));
        Assert.Equal(TwinVerdict.Counts, _twins.JudgeOverMain(No));
    }

    [Fact]
    public void A_no_that_comes_after_a_yes_that_counted_counts_again_though_its_copy_came_long_before()
    {
        // The main connection is away for longer than anybody waits, and the broker keeps for it a yes, then this no.
        Assert.True(_twins.CountsOverUrgent(No));
        Assert.Equal(TwinVerdict.Counts, _twins.JudgeOverMain(Yes));

        Assert.Equal(TwinVerdict.Counts, _twins.JudgeOverMain(No));
    }

    [Fact]
    public void When_an_overtaken_yes_is_said_again_much_later_the_next_no_overtakes_it_too()
    {
        OverUrgentTheYesIsHeardAndTheNoCounts(No);
        _time.Now += TwinCommands.Patience / 2;
        OverMainTheYesIsOvertakenAndTheNoACopy();
        _time.Now += (TwinCommands.Patience / 2) + TimeSpan.FromTicks(1);

        OverUrgentTheYesIsHeardAndTheNoCounts(No with { Id = "next" });
        Assert.Equal(TwinVerdict.Overtaken, _twins.JudgeOverMain(Yes));
    }

    [Fact]
    public void While_the_main_connection_is_away_nothing_that_it_owes_is_forgotten()
    {
        Assert.False(_twins.CountsOverUrgent(Yes));
        _time.Now += TwinCommands.Patience / 2;
        _twins.MainChanged(stands: false);
        Assert.True(_twins.CountsOverUrgent(No));
        _time.Now += TwinCommands.Patience * 10;
        Assert.True(_twins.CountsOverUrgent(Closing));
        _twins.MainChanged(stands: true);

        // All that the broker has kept for it comes now, in its order.
        OverMainTheYesIsOvertakenAndTheNoACopy();
        Assert.Equal(TwinVerdict.Copy, _twins.JudgeOverMain(Closing));
    }

    [Fact]
    public void Once_the_main_connection_is_back_it_has_as_long_as_before()
    {
        Assert.True(_twins.CountsOverUrgent(No));
        _twins.MainChanged(stands: false);
        _time.Now += TwinCommands.Patience * 10;
        _twins.MainChanged(stands: true);
        _time.Now += TwinCommands.Patience + TimeSpan.FromTicks(1);

        Assert.Equal(TwinVerdict.Counts, _twins.JudgeOverMain(No));
    }

    [Fact]
    public void What_is_waited_for_in_vain_is_forgotten_after_a_while_or_beyond_a_thousand()
    {
        Assert.Equal(TwinVerdict.Counts, _twins.JudgeOverMain(No));
        _time.Now += TwinCommands.Patience + TimeSpan.FromTicks(1);
        Assert.True(_twins.CountsOverUrgent(No));

        for (var i = 0; i <= TwinCommands.Capacity; i++)
        {
            Assert.True(_twins.CountsOverUrgent(Closing with { Id = $"c{i}" }));
        }

        Assert.Equal(TwinVerdict.Counts, _twins.JudgeOverMain(Closing with { Id = "c0" }));
        Assert.Equal(TwinVerdict.Copy, _twins.JudgeOverMain(Closing with { Id = "c1" }));
    }

    private void OverUrgentTheYesIsHeardAndTheNoCounts(SetConsent no)
    {
        Assert.False(_twins.CountsOverUrgent(Yes));
        Assert.True(_twins.CountsOverUrgent(no));
    }

    private void OverMainTheYesIsOvertakenAndTheNoACopy()
    {
        Assert.Equal(TwinVerdict.Overtaken, _twins.JudgeOverMain(Yes));
        Assert.Equal(TwinVerdict.Copy, _twins.JudgeOverMain(No));
    }
}
