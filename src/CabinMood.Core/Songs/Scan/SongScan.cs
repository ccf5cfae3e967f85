using CabinMood.Core.Songs.Catalogue;

namespace CabinMood.Core.Songs.Scan;

/// <summary>
/// Finds the best songs of the whole catalogue in one pass: of every song what it can score at most, and the score itself
/// only of those that could still reach the shortlist. Block by block, so that a block's bounds stay in the processor's
/// nearest cache and nothing is allocated that grows with the catalogue.
/// </summary>
internal static class SongScan
{
    private const int Block = 1024;

    // Blocks are visited in rounds, each 16th first: after the first round the shortlist's threshold is nearly final,
    // whatever order the catalogue is in.
    private const int Rounds = 16;

    /// <summary>Offers every admitted song that could be among the best.</summary>
    internal static void Run(SongCatalogue songs, SongScores scores, SongAdmission admission, Shortlist shortlist)
    {
        foreach (var artist in scores.FavouredArtists)
        {
            foreach (var song in songs.SongsOf(artist))
            {
                Offer(song, scores, admission, shortlist);
            }
        }

        foreach (var song in scores.FavouredSongs)
        {
            if (scores.OfArtist(songs.ArtistPlaces[song]) <= 0)
            {
                Offer(song, scores, admission, shortlist);
            }
        }

        var bounds = new ScoreBounds(scores.Weights, scores.LanguageCosts);
        var blocks = (songs.Count + Block - 1) / Block;
        Span<short> buffer = stackalloc short[Block];
        for (var round = 0; round < Rounds; round++)
        {
            for (var block = round; block < blocks; block += Rounds)
            {
                var start = block * Block;
                var ofBlock = buffer[..Math.Min(Block, songs.Count - start)];
                bounds.Fill(songs, start, ofBlock);
                Collect(bounds, scores, admission, shortlist, start, ofBlock);
            }
        }
    }

    // What the weights leave out can only lower a score: everything that raises it made the song favoured.
    private static void Collect(
        ScoreBounds bounds, SongScores scores, SongAdmission admission, Shortlist shortlist, int start, ReadOnlySpan<short> ofBlock)
    {
        var limit = bounds.LimitFor(shortlist.Threshold);
        for (var i = BoundKernels.NextFrom(0, ofBlock, limit); i < ofBlock.Length; i = BoundKernels.NextFrom(i + 1, ofBlock, limit))
        {
            if (!scores.IsFavoured(start + i))
            {
                Offer(start + i, scores, admission, shortlist);
                limit = bounds.LimitFor(shortlist.Threshold);
            }
        }
    }

    private static void Offer(int song, SongScores scores, SongAdmission admission, Shortlist shortlist)
    {
        if (admission.Admits(song))
        {
            shortlist.Offer(song, scores.Of(song));
        }
    }
}
