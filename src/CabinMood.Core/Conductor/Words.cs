using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using CabinMood.Core.Songs;

namespace CabinMood.Core.Conductor;

/// <summary>Moods in words that a driver may hear.</summary>
internal static class Words
{
    public static string Of(Mood mood) => mood switch
    {
        Mood.Happy => "something happy",
        Mood.Energetic => "something energetic",
        Mood.Calm => "something calm",
        Mood.Sad => "something gentle",
        Mood.Tense => "something easing",
        _ => "something in between",
    };

    /// <summary>What to say of the first song.</summary>
    public static string Beginning(Mood mood) => $"To begin with: {Of(mood)}.";

    /// <summary>A line, and what spoke for the song beyond mood and style where that still makes one short line.</summary>
    public static string With(string line, ChoiceGround ground)
    {
        var longer = ground switch
        {
            ChoiceGround.NamedArtist => $"{line.TrimEnd('.')}, by an artist you asked for.",
            ChoiceGround.LikedSong => $"{line.TrimEnd('.')}, one that went down well before.",
            ChoiceGround.LikedArtist => $"{line.TrimEnd('.')}, by an artist who went down well.",
            _ => line,
        };
        return longer.Length <= ShortLine.MaxLength ? longer : line;
    }

    public static string Seen(Mood mood) => mood switch
    {
        Mood.Happy => "happy",
        Mood.Energetic => "full of energy",
        Mood.Calm => "calm",
        Mood.Sad => "a little down",
        Mood.Tense => "tense",
        _ => "at ease",
    };
}
