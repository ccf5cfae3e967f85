using CabinMood.Core.Conductor.Publications;
using CabinMood.Messaging;
using CabinMood.Messaging.Payloads;

namespace CabinMood.Service.Hosting;

/// <summary>Sends what the contract has. Replies are kept until the broker has them; state is not. Thread-safe.</summary>
public sealed class Outbox(MqttLink link, PrivacyTeller privacy, Topics topics, ReplyDirectory addresses)
{
    /// <summary>Sends a publication of the conductor.</summary>
    public void Send(Publication publication)
    {
        if (publication is ReplyPublication reply)
        {
            Answer(reply, addresses.Find(reply.Id));
        }
        else if (publication is PrivacyPublication)
        {
            privacy.Tell(OutgoingMessage.Of(publication, topics));
        }
        else
        {
            link.Publish(OutgoingMessage.Of(publication, topics));
        }
    }

    /// <summary>Sends a reply, also to where its asker wants it.</summary>
    public void Answer(ReplyPublication reply, ReplyAddress? address)
    {
        var message = OutgoingMessage.Of(reply, topics);
        link.PublishReply(message.Topic, message.Payload.Span, address);
    }

    /// <summary>Sends the health topic's payload.</summary>
    public void Send(HealthPayload health) => link.Publish(OutgoingMessage.Of(health, topics));
}
