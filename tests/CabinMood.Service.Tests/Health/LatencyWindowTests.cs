using CabinMood.Service.Health;

namespace CabinMood.Service.Tests.Health;

public sealed class LatencyWindowTests
{
    [Fact]
    public void Percentiles_are_those_of_the_last_three_hundred()
    {
        var window = new LatencyWindow();
        for (var i = 0; i < 1000; i++)
        {
            window.Add(i < 700 ? 1_000_000 : i - 699);
        }

        Assert.Equal((150, 297), window.Percentiles());
    }

    [Fact]
    public void Nothing_yet_is_zero() => Assert.Equal((0, 0), new LatencyWindow().Percentiles());

    [Fact]
    public void Adding_allocates_nothing()
    {
        var window = new LatencyWindow();
        window.Add(1);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
        {
            window.Add(i);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
