using System.Buffers.Binary;

namespace CabinMood.Messaging.Trials;

/// <summary>One packet from the broker [MQTT 5.0, 2.1].</summary>
/// <param name="Header">Kind and flags.</param>
/// <param name="Body">What follows the length.</param>
internal readonly record struct TrialPacket(byte Header, ReadOnlyMemory<byte> Body)
{
    // Kinds, as the upper four bits of the first byte.
    internal const byte ConnectAnswer = 0x20;
    internal const byte Message = 0x30;
    internal const byte Acknowledged = 0x40;
    internal const byte Received = 0x50;
    internal const byte Complete = 0x70;
    internal const byte SubscribeAnswer = 0x90;
    internal const byte Goodbye = 0xE0;

    /// <summary>One of the constants.</summary>
    internal byte Kind => (byte)(Header & 0xF0);

    /// <summary>
    /// What the broker answers: 0 or another small number is yes, from <see cref="MqttReason.FirstFailure"/> on it is no. An
    /// answer that leaves it out means 0 [MQTT 5.0, 3.4.2.1].
    /// </summary>
    /// <exception cref="InvalidDataException">The packet is cut off.</exception>
    internal int Reason => Kind switch
    {
        ConnectAnswer => At(1),
        Goodbye => Body.Length > 0 ? Body.Span[0] : 0,
        SubscribeAnswer => Last,
        _ => Body.Length > 2 ? Body.Span[2] : 0,
    };

    /// <summary>The payload of a <see cref="Message"/>.</summary>
    /// <exception cref="InvalidDataException">The packet is cut off.</exception>
    internal ReadOnlyMemory<byte> Payload
    {
        get
        {
            var hasId = (Header & 0x06) != 0;
            var properties = 2 + Topic + (hasId ? 2 : 0);
            var (length, bytes) = Number(properties);
            var start = properties + bytes + length;
            return start <= Body.Length ? Body[start..] : throw Cut();
        }
    }

    private int Topic => Body.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(Body.Span) : throw Cut();

    // One filter was asked for, so one reason comes, at the end.
    private byte Last => Body.Length > 2 ? Body.Span[^1] : throw Cut();

    private byte At(int position) => position < Body.Length ? Body.Span[position] : throw Cut();

    // A variable byte integer: seven bits a byte, the eighth says that another one follows [MQTT 5.0, 1.5.5].
    private (int Value, int Bytes) Number(int position)
    {
        var value = 0;
        for (var i = 0; i < 4; i++)
        {
            var next = At(position + i);
            value |= (next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return (value, i + 1);
            }
        }

        throw Cut();
    }

    private static InvalidDataException Cut() => new("it sent a packet that is none of MQTT 5");
}
