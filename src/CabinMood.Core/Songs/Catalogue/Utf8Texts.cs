using System.Text;

namespace CabinMood.Core.Songs.Catalogue;

/// <summary>
/// Many short texts in one array of UTF-8 bytes: a million songs' titles as strings would cost the collector a million
/// objects and the memory twice over. Texts become strings only for the songs that somebody asks about.
/// </summary>
internal sealed class Utf8Texts
{
    private byte[] _bytes;
    private int[] _ends;

    internal Utf8Texts(int texts)
    {
        // Titles and ids have about 20 bytes.
        _bytes = new byte[Math.Max(64, texts * 20)];
        _ends = new int[Math.Max(4, texts)];
    }

    internal int Count { get; private set; }

    internal ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var start = index == 0 ? 0 : _ends[index - 1];
            return _bytes.AsSpan(start, _ends[index] - start);
        }
    }

    internal string Text(int index) => Encoding.UTF8.GetString(this[index]);

    internal void Add(ReadOnlySpan<byte> utf8)
    {
        var start = Count == 0 ? 0 : _ends[Count - 1];
        var end = checked(start + utf8.Length);
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(end, _bytes.Length * 2L)));
        }

        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, _ends.Length * 2);
        }

        utf8.CopyTo(_bytes.AsSpan(start));
        _ends[Count++] = end;
    }

    /// <summary>Gives back what was reserved and not needed.</summary>
    internal void Trim()
    {
        Array.Resize(ref _bytes, Count == 0 ? 0 : _ends[Count - 1]);
        Array.Resize(ref _ends, Count);
    }
}
