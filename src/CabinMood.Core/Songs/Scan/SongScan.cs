using System.Numerics.Tensors;
using CabinMood.Core.Songs.Catalogue;

namespace CabinMood.Core.Songs.Scan;

/// <summary>
/// Finds the best songs of the whole catalogue in one pass, block by block, so that a block's scores stay in the
/// processor's nearest cache and nothing is allocated that grows with the catalogue.
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

        var blocks = (songs.Count + Block - 1) / Block;
        Span<float> buffer = stackalloc float[Block];
        for (var round = 0; round < Rounds; round++)
        {
            for (var block = round; block < blocks; block += Rounds)
            {
                var start = block * Block;
                var length = Math.Min(Block, songs.Count - start);
                Score(songs, scores, start, buffer[..length]);
                Collect(scores, admission, shortlist, start, buffer[..length]);
            }
        }
    }

    private static void Score(SongCatalogue songs, SongScores scores, int start, Span<float> buffer)
    {
        var weights = scores.Weights;
        ScoreKernels.Distance(songs.Valence.Slice(start, buffer.Length), songs.Energy.Slice(start, buffer.Length), weights, buffer);
        ScoreKernels.AddPlane(songs.Cells.Slice(start, buffer.Length), weights.Plane, buffer);
        if (weights.HasSounds)
        {
            ScoreKernels.AddSounds(songs.Sounds, start, weights.Sounds, buffer);
        }


        if (scores.LanguageCosts is { } costs)
        {
            var languages = songs.LanguagePlaces.Slice(start, buffer.Length);
            for (var i = 0; i < buffer.Length; i++)
            {
                buffer[i] -= costs[languages[i]];
            }
        }
    }

    // What these scores leave out can only lower them: everything that raises a song's score made it favoured.
    private static void Collect(SongScores scores, SongAdmission admission, Shortlist shortlist, int start, ReadOnlySpan<float> buffer)
    {
        if (TensorPrimitives.Max(buffer) < shortlist.Threshold)
        {
            return;
        }

        for (var i = 0; i < buffer.Length; i++)
        {
            if (buffer[i] >= shortlist.Threshold && !scores.IsFavoured(start + i))
            {
                Offer(start + i, scores, admission, shortlist);
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
