using System.Runtime.InteropServices;

namespace CabinMood.Vision.GStreamer;

// The layouts are those of 64-bit Linux (x64 and arm64), GStreamer 1.x's stable ABI; only the fields that are read are named.

#pragma warning disable CS0649 // written by the library

internal unsafe struct GError
{
    public uint Domain;
    public int Code;
    public byte* Message;
}

internal struct GValue
{
    public nuint Type;
    public ulong Data0;
    public ulong Data1;
}

[StructLayout(LayoutKind.Explicit, Size = 112)]
internal struct GstBuffer
{
    /// <summary>After GstMiniObject (64 bytes) and the pool.</summary>
    [FieldOffset(72)]
    public ulong Pts;

    [FieldOffset(88)]
    public ulong Duration;
}

[StructLayout(LayoutKind.Explicit, Size = 104)]
internal unsafe struct GstMapInfo
{
    [FieldOffset(16)]
    public byte* Data;

    [FieldOffset(24)]
    public nuint Size;
}

[StructLayout(LayoutKind.Explicit)]
internal struct GstMessage
{
    [FieldOffset(64)]
    public int Type;
}

/// <summary>Larger than any version's, because the library fills all of its own.</summary>
[StructLayout(LayoutKind.Explicit, Size = 512)]
internal unsafe struct GstVideoInfo
{
    /// <summary>GstVideoFormatInfo, which begins with the GstVideoFormat.</summary>
    [FieldOffset(0)]
    public int* Format;

    [FieldOffset(16)]
    public int Width;

    [FieldOffset(20)]
    public int Height;

    /// <summary>GstVideoColorRange, the first field of GstVideoColorimetry.</summary>
    [FieldOffset(40)]
    public int ColorRange;

    [FieldOffset(64)]
    public int FramesPerSecondNumerator;

    [FieldOffset(68)]
    public int FramesPerSecondDenominator;

    [FieldOffset(72)]
    public nuint Offset;

    [FieldOffset(104)]
    public int Stride;
}
