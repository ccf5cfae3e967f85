using CabinMood.Core.Moods;

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
