using CabinMood.Core.Emotions;

namespace CabinMood.Service.Evaluation;

/// <summary>The class names that data sets use for the eight emotions.</summary>
public static class EmotionNames
{
    private static readonly Dictionary<string, Emotion> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["neutral"] = Emotion.Neutral,
        ["calm"] = Emotion.Neutral,
        ["happiness"] = Emotion.Happiness,
        ["happy"] = Emotion.Happiness,
        ["joy"] = Emotion.Happiness,
        ["surprise"] = Emotion.Surprise,
        ["surprised"] = Emotion.Surprise,
        ["sadness"] = Emotion.Sadness,
        ["sad"] = Emotion.Sadness,
        ["anger"] = Emotion.Anger,
        ["angry"] = Emotion.Anger,
        ["disgust"] = Emotion.Disgust,
        ["disgusted"] = Emotion.Disgust,
        ["fear"] = Emotion.Fear,
        ["fearful"] = Emotion.Fear,
        ["afraid"] = Emotion.Fear,
        ["contempt"] = Emotion.Contempt,
        ["contemptuous"] = Emotion.Contempt,
    };

    /// <summary>The emotion behind a folder's name; a leading number such as <c>3_happy</c> is passed over.</summary>
    public static bool TryParse(string name, out Emotion emotion) =>
        Aliases.TryGetValue(name.Trim().TrimStart("0123456789 _-.".ToCharArray()), out emotion);

    /// <summary>The name in tables and JSON.</summary>
    public static string Of(Emotion emotion) => emotion.ToString().ToLowerInvariant();
}
