using CabinMood.Core.Conductor.Publications;
using CabinMood.Messaging;
using CabinMood.Messaging.Payloads;

namespace CabinMood.Service.Hosting;

/// <summary>Sends what the contract has. Replies are kept until the broker has them; state is not. Thread-safe.</summary>
public sealed class Outbox(MqttLink link, Topics topics, ReplyDirectory addresses)
{
    /// <summary>Sends a publication of the conductor.</summary>
    public void Send(Publication publication)
    {
        var message = OutgoingMessage.Of(publication, topics);
        if (publication is ReplyPublication reply)
        {
            link.PublishReply(message.Topic, message.Payload.Span, addresses.Find(reply.Id));
        }
        else
        {
            Send(message);
        }
    }

    /// <summary>Sends the health topic's payload.</summary>
    public void Send(HealthPayload health) => Send(OutgoingMessage.Of(health, topics));

    private void Send(in OutgoingMessage message) =>
        link.Publish(message.Topic, message.Payload.Span, message.Qos, message.Retain, message.Expiry);
}
