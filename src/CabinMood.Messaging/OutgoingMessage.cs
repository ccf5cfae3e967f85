using CabinMood.Core.Conductor.Publications;
using CabinMood.Messaging.Payloads;

namespace CabinMood.Messaging;

/// <summary>One message as the contract wants it sent. <see cref="Of(Publication, Topics)"/> is the contract's Out table.</summary>
/// <param name="Topic">Where it goes.</param>
/// <param name="Payload">JSON in UTF-8.</param>
/// <param name="Qos">0 or 1.</param>
/// <param name="Retain">Whether the broker keeps it for those who come later.</param>
/// <param name="Expiry">After which it is worthless; null for never.</param>
public readonly record struct OutgoingMessage(
    string Topic, ReadOnlyMemory<byte> Payload, int Qos, bool Retain, TimeSpan? Expiry = null)
{
    /// <summary>Three missed reports, and a retained one no longer tells how the service is.</summary>
    private static readonly TimeSpan HealthExpiry = TimeSpan.FromSeconds(30);

    /// <summary>What a publication of the conductor looks like on the wire.</summary>
    /// <exception cref="ArgumentException">A kind of publication that the contract does not have.</exception>
    public static OutgoingMessage Of(Publication publication, Topics topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        return publication switch
        {
            // Not retained: a retained mood could end on the broker's disk.
            MoodPublication mood => new(topics.Mood, MoodPayload.From(mood).ToJson(), 1, false),
            SongPublication song => new(topics.Song, SongPayload.From(song).ToJson(), 1, true),
            // A retained message without a payload is how MQTT removes one.
            SongForgotten => new(topics.Song, ReadOnlyMemory<byte>.Empty, 1, true),
            LimiterPublication limiter => new(topics.Limiter, LimiterPayload.From(limiter).ToJson(), 1, true),
            PrivacyPublication privacy => new(topics.Privacy, PrivacyPayload.From(privacy).ToJson(), 1, true),
            ReplyPublication reply => new(topics.Reply, ReplyPayload.From(reply).ToJson(), 1, false),
            _ => throw new ArgumentException($"The contract has no topic for {publication?.GetType().Name}.", nameof(publication)),
        };
    }

    /// <summary>The health topic's message.</summary>
    public static OutgoingMessage Of(HealthPayload health, Topics topics)
    {
        ArgumentNullException.ThrowIfNull(health);
        ArgumentNullException.ThrowIfNull(topics);
        return new(topics.Health, health.ToJson(), 0, true, HealthExpiry);
    }
}
