using CabinMood.Core.Emotions;

namespace CabinMood.Service.Evaluation;

/// <summary>One judged picture.</summary>
/// <param name="Truth">What its folder says.</param>
/// <param name="Predicted">The most probable class.</param>
/// <param name="Confidence">That class's probability, 0 to 1.</param>
public readonly record struct EmotionCase(Emotion Truth, Emotion Predicted, float Confidence)
{
    /// <summary>Judges a picture among the classes in question: the others leave the softmax, which is renormalised.</summary>
    public static EmotionCase Judge(Emotion truth, in EmotionProbabilities probabilities, IReadOnlyList<Emotion> classes)
    {
        var best = classes[0];
        var sum = 0f;
        foreach (var emotion in classes)
        {
            sum += probabilities.Of(emotion);
            best = probabilities.Of(emotion) > probabilities.Of(best) ? emotion : best;
        }

        return new EmotionCase(truth, best, sum > 0 ? probabilities.Of(best) / sum : 1f / classes.Count);
    }
}
