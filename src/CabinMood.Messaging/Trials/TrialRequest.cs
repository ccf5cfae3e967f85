using System.Buffers.Binary;
using System.Text;

namespace CabinMood.Messaging.Trials;

/// <summary>The few packets that a trial sends [MQTT 5.0, 3].</summary>
internal static class TrialRequest
{
    /// <summary>The broker keeps larger packets back; what a subscription brings by the way is not looked at.</summary>
    internal const int MaxPacketBytes = 65_536;

    private const byte ProtocolVersion = 5;
    private const byte KeepAliveSeconds = 30;
    private const byte MaximumPacketSize = 0x27;

    /// <summary>A client without a past and without a future: what it leaves unfinished, the broker forgets when it goes.</summary>
    internal static byte[] Connect(string clientId, string username, string? password)
    {
        const byte cleanStart = 0x02, hasPassword = 0x40, hasUsername = 0x80;
        var flags = (byte)(cleanStart | (username.Length > 0 ? hasUsername : 0) | (password is null ? 0 : hasPassword));
        byte[] properties = [MaximumPacketSize, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(properties.AsSpan(1), MaxPacketBytes);
        return Packet(
            0x10,
            [
                .. Text("MQTT"), ProtocolVersion, flags, 0, KeepAliveSeconds, (byte)properties.Length, .. properties, .. Text(clientId),
                .. username.Length > 0 ? Text(username) : [], .. password is null ? [] : Text(password),
            ]);
    }

    /// <summary>At QoS 0, so that nothing that comes wants an answer.</summary>
    internal static byte[] Subscribe(ushort id, string filter) => Packet(0x82, [.. Number(id), 0, .. Text(filter), 0]);

    /// <summary>Not retained.</summary>
    internal static byte[] Publish(int qos, ushort id, string topic, ReadOnlySpan<byte> payload) =>
        Packet((byte)(0x30 | (qos << 1)), [.. Text(topic), .. Number(id), 0, .. payload]);

    /// <summary>Lets a message of QoS 2 go on to those who listen.</summary>
    internal static byte[] Release(ushort id) => Packet(0x62, Number(id));

    internal static byte[] Disconnect() => [0xE0, 0];

    private static byte[] Packet(byte header, byte[] body)
    {
        List<byte> packet = [header];
        var length = body.Length;
        do
        {
            packet.Add((byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0)));
            length >>= 7;
        }
        while (length > 0);
        return [.. packet, .. body];
    }

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. Number(checked((ushort)bytes.Length)), .. bytes];
    }

    private static byte[] Number(ushort number) => [(byte)(number >> 8), (byte)number];
}
