using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CabinMood.Vision.Capture;

namespace CabinMood.Service.Tests.Privacy;

/// <summary>Pictures of the drawn driver, without loss, whose upper and lower edges carry a canary.</summary>
internal static class MarkedPictures
{
    private const int Edge = 48;
    private const int Count = 12;

    /// <summary>Writes some frames of the demo's clip as grey PNG pictures.</summary>
    internal static void Write(string folder, Canary canary)
    {
        Directory.CreateDirectory(folder);
        using var clip = new SequentialFrameReader(FrameSourceUri.Parse(AppFolder.Resolve("configs/demo-clip.webm")));
        var buffer = new FrameBuffer();
        for (var i = 0; i < Count && clip.TryRead(buffer); i++)
        {
            using var file = File.Create(Path.Combine(folder, $"{i:D3}.png"));
            WritePng(file, Marked(buffer.Frame, canary), buffer.Frame.Width, buffer.Frame.Height);
        }
    }

    /// <summary>True when every picture still carries the canary once it has been decoded as the service decodes it.</summary>
    internal static bool AreMarked(string folder, Canary canary)
    {
        using var pictures = new SequentialFrameReader(FrameSourceUri.Parse(folder + "/"));
        var buffer = new FrameBuffer();
        var count = 0;
        while (pictures.TryRead(buffer) && canary.IsIn(buffer.Frame.Row(0)) && canary.IsIn(buffer.Frame.Row(buffer.Frame.Height - 1)))
        {
            count++;
        }

        return count == Count;
    }

    private static byte[] Marked(in Frame frame, Canary canary)
    {
        var luma = new byte[frame.Width * frame.Height];
        for (var y = 0; y < frame.Height; y++)
        {
            var row = luma.AsSpan(y * frame.Width, frame.Width);
            if (y < Edge || y >= frame.Height - Edge)
            {
                canary.Fill(row);
            }
            else
            {
                frame.Row(y).CopyTo(row);
            }
        }

        return luma;
    }

    // PNG (W3C, third edition): signature, header, one block of zlib data, end; 8-bit grey, rows without filter.
    private static void WritePng(Stream file, byte[] luma, int width, int height)
    {
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        WriteChunk(file, "IHDR", header);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(luma.AsSpan(y * width, width));
            }
        }

        WriteChunk(file, "IDAT", data.ToArray());
        WriteChunk(file, "IEND", []);
    }

    private static void WriteChunk(Stream file, string type, byte[] data)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] checkedPart = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.Write(checkedPart);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(checkedPart));
        file.Write(number);
    }

    private static uint Crc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
