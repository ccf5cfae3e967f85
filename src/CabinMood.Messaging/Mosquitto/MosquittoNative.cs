using System.Reflection;
using System.Runtime.InteropServices;

namespace CabinMood.Messaging.Mosquitto;

/// <summary>
/// libmosquitto 2.x, the functions that CabinMood calls, under their own names [mosquitto.h, mqtt_protocol.h].
/// The library is looked up in the application's folder, then in the system.
/// </summary>
internal static unsafe partial class MosquittoNative
{
    internal const string Library = "libmosquitto.so.1";

    // enum mosq_err_t
    internal const int Success = 0;
    internal const int NoConnection = 4;
    internal const int ConnectionLost = 7;
    internal const int KeepAliveExceeded = 19;

    // enum mosq_opt_t
    internal const int OptionProtocolVersion = 1;
    internal const int OptionTcpNoDelay = 11;
    internal const int ProtocolMqtt5 = 5;

    // enum mqtt5_sub_options
    internal const int SubscribeRetainAsPublished = 0x08;

    // enum mqtt5_property
    internal const int PropertyMessageExpiryInterval = 2;
    internal const int PropertyResponseTopic = 8;
    internal const int PropertyCorrelationData = 9;
    internal const int PropertySessionExpiryInterval = 17;
    internal const int PropertyMaximumPacketSize = 39;

    /// <summary>Lazy, because an exception in a static initialiser would reach the caller wrapped.</summary>
    private static readonly Lazy<int> Initialisation = new(mosquitto_lib_init);

    static MosquittoNative() => NativeLibrary.SetDllImportResolver(typeof(MosquittoNative).Assembly, Resolve);

    /// <summary>Initialises the library once per process, as it demands before anything else.</summary>
    /// <exception cref="MosquittoException">The library is missing or refuses to start.</exception>
    internal static void EnsureInitialised()
    {
        if (Initialisation.Value != Success)
        {
            throw new MosquittoException(nameof(mosquitto_lib_init), Initialisation.Value, Describe(Initialisation.Value));
        }
    }

    // Without the full stop: every text ends up inside a sentence of ours.
    internal static string Describe(int code) => Text(mosquitto_strerror(code)).TrimEnd('.');

    internal static string DescribeReason(int reasonCode) => Text(mosquitto_reason_string(reasonCode));

    [LibraryImport(Library)]
    internal static partial int mosquitto_lib_init();

    [LibraryImport(Library)]
    internal static partial int mosquitto_lib_version(out int major, out int minor, out int revision);

    [LibraryImport(Library)]
    internal static partial byte* mosquitto_strerror(int error);

    [LibraryImport(Library)]
    internal static partial byte* mosquitto_reason_string(int reasonCode);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial MosquittoHandle mosquitto_new(
        string id, [MarshalAs(UnmanagedType.U1)] bool cleanSession, nint userData);

    [LibraryImport(Library)]
    internal static partial void mosquitto_destroy(nint client);

    [LibraryImport(Library)]
    internal static partial int mosquitto_int_option(MosquittoHandle client, int option, int value);

    [LibraryImport(Library)]
    internal static partial int mosquitto_threaded_set(
        MosquittoHandle client, [MarshalAs(UnmanagedType.U1)] bool threaded);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mosquitto_username_pw_set(MosquittoHandle client, string username, string? password);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mosquitto_tls_set(
        MosquittoHandle client,
        string caFile,
        string? caPath,
        string? certificateFile,
        string? keyFile,
        delegate* unmanaged[Cdecl]<byte*, int, int, nint, int> passPhrase);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mosquitto_will_set_v5(
        MosquittoHandle client,
        string topic,
        int payloadLength,
        byte* payload,
        int qos,
        [MarshalAs(UnmanagedType.U1)] bool retain,
        nint properties);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mosquitto_connect_bind_v5(
        MosquittoHandle client,
        string host,
        int port,
        int keepAliveSeconds,
        string? bindAddress,
        MosquittoProperties properties);

    [LibraryImport(Library)]
    internal static partial int mosquitto_disconnect_v5(MosquittoHandle client, int reasonCode, nint properties);

    [LibraryImport(Library)]
    internal static partial int mosquitto_loop(MosquittoHandle client, int timeoutMs, int maxPackets);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mosquitto_publish_v5(
        MosquittoHandle client,
        out int mid,
        string topic,
        int payloadLength,
        byte* payload,
        int qos,
        [MarshalAs(UnmanagedType.U1)] bool retain,
        MosquittoProperties properties);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mosquitto_subscribe_v5(
        MosquittoHandle client, out int mid, string filter, int qos, int options, nint properties);

    [LibraryImport(Library)]
    internal static partial void mosquitto_connect_v5_callback_set(
        MosquittoHandle client, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> callback);

    [LibraryImport(Library)]
    internal static partial void mosquitto_disconnect_v5_callback_set(
        MosquittoHandle client, delegate* unmanaged[Cdecl]<nint, nint, int, nint, void> callback);

    [LibraryImport(Library)]
    internal static partial void mosquitto_message_v5_callback_set(
        MosquittoHandle client, delegate* unmanaged[Cdecl]<nint, nint, MosquittoMessage*, nint, void> callback);

    [LibraryImport(Library)]
    internal static partial void mosquitto_publish_v5_callback_set(
        MosquittoHandle client, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> callback);

    [LibraryImport(Library)]
    internal static partial void mosquitto_subscribe_v5_callback_set(
        MosquittoHandle client, delegate* unmanaged[Cdecl]<nint, nint, int, int, int*, nint, void> callback);

    [LibraryImport(Library)]
    internal static partial int mosquitto_property_add_int32(ref nint properties, int identifier, uint value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mosquitto_property_add_string(ref nint properties, int identifier, string value);

    [LibraryImport(Library)]
    internal static partial int mosquitto_property_add_binary(
        ref nint properties, int identifier, byte* value, ushort length);

    [LibraryImport(Library)]
    internal static partial nint mosquitto_property_read_string(
        nint properties, int identifier, out byte* value, [MarshalAs(UnmanagedType.U1)] bool skipFirst);

    [LibraryImport(Library)]
    internal static partial nint mosquitto_property_read_binary(
        nint properties, int identifier, out byte* value, out ushort length, [MarshalAs(UnmanagedType.U1)] bool skipFirst);

    [LibraryImport(Library)]
    internal static partial void mosquitto_property_free_all(ref nint properties);

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "unknown error";

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library)
        {
            return 0;
        }

        return NativeLibrary.TryLoad(Path.Combine(AppContext.BaseDirectory, Library), out var handle)
            || NativeLibrary.TryLoad(Library, out handle)
            ? handle
            : throw new MosquittoException(
                "dlopen", 0, $"{Library} is not installed; install it with: apt-get install libmosquitto1");
    }
}
