using System.Text;
using CabinMood.Messaging.Commands;
using CabinMood.Messaging.Mosquitto;

namespace CabinMood.Messaging.Tests;

/// <summary>What becomes of messages that are too large, at a real broker.</summary>
public sealed class MessageSizeTests
{
    [Fact]
    public async Task Of_a_message_at_most_64_KiB_are_kept()
    {
        using var broker = await PrivateBroker.StartAsync();
        await using var service = await TestLink.ConnectedAsync(broker.Port, "service", "cabinmood/car/set/#");
        await using var headUnit = await TestLink.ConnectedAsync(broker.Port, "head-unit");
        int[] lengths = [IncomingMessage.MaxPayloadBytes, IncomingMessage.MaxPayloadBytes + 1, IncomingMessage.MaxKeptBytes, IncomingMessage.MaxKeptBytes + 1];
        foreach (var length in lengths)
        {
            headUnit.Link.Publish("cabinmood/car/set/taste", new byte[length], 1, false);
        }

        await service.UntilAsync(() => service.Messages.Count == lengths.Length);

        Assert.Equal([.. lengths[..3], IncomingMessage.MaxKeptBytes], service.Messages.Select(m => m.Payload.Length));
        Assert.Equal([false, true, true, true], service.Messages.Select(m => m.IsTooLarge));
    }

    [Theory]
    [InlineData(17 * 1024)]
    [InlineData(63 * 1024)]
    public async Task A_command_over_16_KiB_is_answered_wherever_its_id_stands(int length)
    {
        using var broker = await PrivateBroker.StartAsync();
        await using var service = await TestLink.ConnectedAsync(broker.Port, "service", "cabinmood/car/set/#");
        await using var headUnit = await TestLink.ConnectedAsync(broker.Port, "head-unit");
        headUnit.Link.Publish("cabinmood/car/set/taste", Encoding.UTF8.GetBytes($$"""{"why":"{{new string('x', length)}}","id":"a1"}"""), 1, false);

        var command = await service.MessageAsync(_ => true);

        Assert.Equal(
            new Refusal("a1", "too large: a command has at most 16384 bytes"),
            new CommandReader(new Topics("car")).Read(command).Refusal);
    }

    [Fact]
    public async Task A_message_that_would_fill_the_memory_is_not_even_taken_from_the_broker()
    {
        using var broker = await PrivateBroker.StartAsync();
        await using var service = await TestLink.ConnectedAsync(broker.Port, "service", "cabinmood/car/set/#");
        await using var headUnit = await TestLink.ConnectedAsync(broker.Port, "head-unit");
        headUnit.Link.Publish("cabinmood/car/set/taste", new byte[MosquittoConnection.MaxPacketBytes], 1, false);
        headUnit.Link.Publish("cabinmood/car/set/erase", "{}"u8, 1, false);

        await service.MessageAsync(m => m.Topic == "cabinmood/car/set/erase");

        Assert.Single(service.Messages);
        Assert.Equal(1, service.Link.Status.Connections);
    }
}
