using CabinMood.Service.Hosting;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.Hosting;

public sealed class OneClientWatchTests
{
    private readonly StandingTime _time = new();
    private readonly OneClientWatch _watch;

    public OneClientWatchTests() => _watch = new OneClientWatch(new ServiceClock(_time));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Thrown_out_twice_as_the_other_came_is_sure_whichever_is_heard_of_first(bool lossFirst)
    {
        Assert.False(Together(lossFirst));
        Assert.True(Together(lossFirst));
    }

    [Fact]
    public void Once_is_a_coincidence_and_a_loss_of_another_cause_begins_anew()
    {
        Assert.False(Together(true));
        Passes(10);
        Assert.False(_watch.UrgentLost());
        Passes(10);

        Assert.False(Together(true));
        Assert.True(Together(true));
    }

    [Fact]
    public void A_broker_that_restarts_loses_both_at_once_and_has_the_other_back_after_the_first_pause()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.False(_watch.UrgentLost());
            Passes(1);
            Assert.False(_watch.MainConnected());
            Passes(60);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_broker_that_goes_away_as_soon_as_it_has_let_the_main_one_in_has_thrown_out_nobody(bool mainFirst)
    {
        for (var i = 0; i < 5; i++)
        {
            Passes(4);
            Assert.False(_watch.MainConnected());
            Passes(0.2);
            if (mainFirst)
            {
                _watch.MainLost();
            }

            Assert.False(_watch.UrgentLost());
            _watch.MainLost();
        }
    }

    private bool Together(bool lossFirst)
    {
        Passes(3);
        var first = lossFirst ? _watch.UrgentLost() : _watch.MainConnected();
        Passes(0.4);
        return (lossFirst ? _watch.MainConnected() : _watch.UrgentLost()) || first;
    }

    private void Passes(double seconds) => _time.Now += TimeSpan.FromSeconds(seconds);
}
