namespace CabinMood.Messaging.Tests;

public sealed class ReplyAddressesTests
{
    [Fact]
    public void The_last_thousand_commands_addresses_are_kept_and_no_more()
    {
        var addresses = new ReplyAddresses();
        for (var i = 0; i < 1500; i++)
        {
            addresses.Remember($"c{i}", new ReplyAddress($"answers/{i}", ReadOnlyMemory<byte>.Empty));
        }

        Assert.Null(addresses.Find("c499"));
        Assert.Equal("answers/500", addresses.Find("c500")?.ResponseTopic);
        Assert.Equal("answers/1499", addresses.Find("c1499")?.ResponseTopic);
    }

    [Fact]
    public void A_command_that_comes_twice_keeps_its_first_address()
    {
        var addresses = new ReplyAddresses();
        addresses.Remember("a", new ReplyAddress("first", ReadOnlyMemory<byte>.Empty));

        addresses.Remember("a", new ReplyAddress("second", ReadOnlyMemory<byte>.Empty));
        addresses.Remember("b", null);

        Assert.Equal("first", addresses.Find("a")?.ResponseTopic);
        Assert.Null(addresses.Find("b"));
    }
}
