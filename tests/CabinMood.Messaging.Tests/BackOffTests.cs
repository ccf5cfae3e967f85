namespace CabinMood.Messaging.Tests;

public sealed class BackOffTests
{
    [Fact]
    public void Waits_grow_from_one_second_to_four_and_no_further()
    {
        var backOff = new BackOff();

        Assert.Equal([1, 2, 4, 4, 4], Enumerable.Range(0, 5).Select(_ => backOff.Next().TotalSeconds));
    }

    [Fact]
    public void After_a_connection_that_stood_the_first_wait_is_short_again()
    {
        var backOff = new BackOff();
        backOff.Next();
        backOff.Next();

        backOff.Stood(TimeSpan.FromSeconds(10));

        Assert.Equal(1, backOff.Next().TotalSeconds);
    }

    [Fact]
    public void After_a_connection_that_fell_at_once_waits_keep_growing()
    {
        var backOff = new BackOff();
        backOff.Next();

        backOff.Stood(TimeSpan.FromSeconds(0.1));

        Assert.Equal(2, backOff.Next().TotalSeconds);
    }
}
