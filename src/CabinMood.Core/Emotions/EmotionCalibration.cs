namespace CabinMood.Core.Emotions;

/// <summary>
/// Three facts about the shipped emotion net, measured on the FER+ validation pictures by <c>train.sh noise</c> and held
/// against <c>models/emotion/noise.json</c> by a test: a net that is trained anew needs new numbers.
/// </summary>
public static class EmotionCalibration
{
    // Mean calibrated probability over all pictures, in the order of Emotion.
    private static readonly float[] Shares = [0.378f, 0.255f, 0.123f, 0.117f, 0.091f, 0.009f, 0.020f, 0.007f];

    // Mean of ln(probability / probability of neutral) over the pictures that people called neutral.
    private static readonly float[] RestingLogOdds = [0f, -6.43f, -6.97f, -3.42f, -5.86f, -7.77f, -8.15f, -5.66f];

    /// <summary>
    /// How often each expression came among the pictures that the probabilities were calibrated on: dividing by it turns
    /// a probability into a likelihood. 0 to 1, summing to 1.
    /// </summary>
    public static ReadOnlySpan<float> Prior => Shares;

    /// <summary>How the average resting face reads: natural logarithm of each probability over that of neutral.</summary>
    public static ReadOnlySpan<float> RestingFace => RestingLogOdds;

    /// <summary>How active the average resting face reads, -1 to 1.</summary>
    public const float RestingArousal = 0.03f;
}
