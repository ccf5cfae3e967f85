namespace CabinMood.Core.Songs.Catalogue;

/// <summary>The labels that catalogues carry.</summary>
public static class MoodLabels
{
    /// <summary>No label first, then the four in use.</summary>
    public static IReadOnlyList<string> All { get; } = ["", "Happy", "Sad", "Energetic", "Calm"];

    /// <summary>A label's place; that of no label for a word that is none.</summary>
    internal static byte PlaceOf(string label)
    {
        for (byte i = 1; i < All.Count; i++)
        {
            if (All[i].Equals(label, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return 0;
    }

    /// <summary>The same for a label in UTF-8, as written in <see cref="All"/>.</summary>
    public static byte PlaceOf(ReadOnlySpan<byte> label) =>
        label.SequenceEqual("Happy"u8) ? (byte)1
        : label.SequenceEqual("Sad"u8) ? (byte)2
        : label.SequenceEqual("Energetic"u8) ? (byte)3
        : label.SequenceEqual("Calm"u8) ? (byte)4
        : (byte)0;
}
