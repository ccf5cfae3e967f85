namespace CabinMood.Core.Moods;

/// <summary>A named table from expressions to moods; single entries can still be set in <c>Moods:Table</c>.</summary>
public enum MoodProfile
{
    /// <summary>Anger, fear, disgust and contempt are tense, smiles happy, exuberance and surprise energetic.</summary>
    Default,

    /// <summary>The table of the published emotion-to-music systems: disgust is sad; happiness and sadness happy; fear and anger calm; surprise and neutral energetic.</summary>
    Papers,
}
