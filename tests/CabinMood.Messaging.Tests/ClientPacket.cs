using System.Buffers.Binary;
using System.Text;

namespace CabinMood.Messaging.Tests;

/// <summary>What a client says to a <see cref="StubBroker"/>, and what can be said to it [MQTT 5.0, 2 and 3].</summary>
/// <param name="Header">Kind and flags.</param>
/// <param name="Body">What follows the length. Subscriptions are to one filter; they and publications have no properties.</param>
internal readonly record struct ClientPacket(byte Header, byte[] Body)
{
    private const int Connect = 1, Publish = 3, Release = 6, Subscribe = 8;

    internal bool IsPublication => Kind == Publish;

    internal bool IsSubscription => Kind == Subscribe;

    internal int Qos => (Header >> 1) & 3;

    /// <summary>Where a publication goes, or what is subscribed to.</summary>
    internal string Topic => IsPublication || IsSubscription ? Encoding.UTF8.GetString(Body.AsSpan(TopicAt + 2, TopicLength)) : "";

    /// <summary>A publication's.</summary>
    internal string Payload => Encoding.UTF8.GetString(Body.AsSpan(TopicEnd + 3));

    private int Kind => Header >> 4;

    private int TopicAt => IsSubscription ? 3 : 0;

    private int TopicLength => BinaryPrimitives.ReadUInt16BigEndian(Body.AsSpan(TopicAt));

    private int TopicEnd => TopicAt + 2 + TopicLength;

    /// <summary>The answer that belongs to it; nothing where none does.</summary>
    /// <param name="reason">Yes, or why not.</param>
    internal byte[] Answer(byte reason = 0) => Kind switch
    {
        Connect => [0x20, 3, 0, reason, 0],
        Publish when Qos > 0 => [(byte)(Qos == 1 ? 0x40 : 0x50), 3, .. Body.AsSpan(TopicEnd, 2), reason],
        Release => [0x70, 3, .. Body.AsSpan(0, 2), reason],
        Subscribe => [0x90, 4, .. Body.AsSpan(0, 2), 0, reason],
        _ => [],
    };

    /// <summary>A publication as it is handed on to those who listen, at QoS 0.</summary>
    internal byte[] HandedOn() => [0x30, (byte)(Body.Length - 2), .. Body.AsSpan(0, TopicEnd), .. Body.AsSpan(TopicEnd + 2)];

    /// <summary>Throws the client out.</summary>
    internal static byte[] Goodbye(byte reason) => [0xE0, 2, reason, 0];
}
