using CabinMood.Core.Songs;

namespace CabinMood.Storage.Songs;

/// <summary>What one row of a catalogue file turned out to be.</summary>
/// <param name="Line">Its line in the file; the header is line 1.</param>
/// <param name="Song">The song; null for a bad row.</param>
/// <param name="Reason">What is wrong with a bad row.</param>
internal readonly record struct RowRead(int Line, Song? Song, string Reason)
{
    /// <summary>The reason of a row that a quote has spoilt.</summary>
    internal const string QuoteNotClosed = "a quote is not closed";

    /// <summary>Tells it to whom it concerns.</summary>
    internal void Tell(Action<Song> take, Action<BadRow> refuse)
    {
        if (Song is not null)
        {
            take(Song);
        }
        else
        {
            refuse(new BadRow(Line, Reason));
        }
    }
}
