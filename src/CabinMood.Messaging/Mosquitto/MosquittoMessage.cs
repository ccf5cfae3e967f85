using System.Runtime.InteropServices;

namespace CabinMood.Messaging.Mosquitto;

/// <summary>libmosquitto's <c>struct mosquitto_message</c>. Everything it points to dies with the callback.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MosquittoMessage
{
    internal int Mid;
    internal byte* Topic;
    internal byte* Payload;
    internal int PayloadLength;
    internal int Qos;
    internal byte Retain;
}
