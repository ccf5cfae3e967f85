using System.Runtime.InteropServices;

namespace CabinMood.Messaging.Mosquitto;

/// <summary>Owns one list of MQTT 5 properties. An empty list is valid and is what "no properties" looks like.</summary>
internal sealed unsafe class MosquittoProperties : SafeHandle
{
    internal MosquittoProperties()
        : base(0, ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    internal MosquittoProperties WithInt32(int identifier, uint value)
    {
        Check(
            nameof(MosquittoNative.mosquitto_property_add_int32),
            MosquittoNative.mosquitto_property_add_int32(ref handle, identifier, value));
        return this;
    }

    internal MosquittoProperties WithBinary(int identifier, ReadOnlySpan<byte> value)
    {
        fixed (byte* bytes = value)
        {
            Check(
                nameof(MosquittoNative.mosquitto_property_add_binary),
                MosquittoNative.mosquitto_property_add_binary(ref handle, identifier, bytes, checked((ushort)value.Length)));
        }

        return this;
    }

    internal MosquittoProperties WithString(int identifier, string value)
    {
        Check(
            nameof(MosquittoNative.mosquitto_property_add_string),
            MosquittoNative.mosquitto_property_add_string(ref handle, identifier, value));
        return this;
    }

    /// <summary>Copies a text property out of a list that belongs to the library; null when it is not there.</summary>
    internal static string? ReadString(nint properties, int identifier)
    {
        if (MosquittoNative.mosquitto_property_read_string(properties, identifier, out var text, false) == 0)
        {
            return null;
        }

        // The library hands over a copy made with malloc; NativeMemory.Free is C's free.
        var copy = Marshal.PtrToStringUTF8((nint)text);
        NativeMemory.Free(text);
        return copy;
    }

    /// <summary>Copies a binary property out of a list that belongs to the library; null when it is not there.</summary>
    internal static byte[]? ReadBinary(nint properties, int identifier)
    {
        if (MosquittoNative.mosquitto_property_read_binary(properties, identifier, out var bytes, out var length, false) == 0)
        {
            return null;
        }

        var copy = new ReadOnlySpan<byte>(bytes, length).ToArray();
        NativeMemory.Free(bytes);
        return copy;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        MosquittoNative.mosquitto_property_free_all(ref handle);
        return true;
    }

    private static void Check(string call, int code)
    {
        if (code != MosquittoNative.Success)
        {
            throw new MosquittoException(call, code, MosquittoNative.Describe(code));
        }
    }
}
