using CabinMood.Core.Emotions;
using CabinMood.Service.Evaluation;

namespace CabinMood.Service.Tests.Evaluation;

public sealed class EmotionScoresTests
{
    private static readonly Emotion[] TwoClasses = [Emotion.Happiness, Emotion.Sadness];

    [Fact]
    public void Scores_of_a_small_case_are_what_a_hand_computes()
    {
        // Happiness: 3 of 4 right. Sadness: 1 of 2 right.
        EmotionCase[] cases =
        [
            new(Emotion.Happiness, Emotion.Happiness, 0.9f),
            new(Emotion.Happiness, Emotion.Happiness, 0.9f),
            new(Emotion.Happiness, Emotion.Happiness, 0.9f),
            new(Emotion.Happiness, Emotion.Sadness, 0.9f),
            new(Emotion.Sadness, Emotion.Sadness, 0.6f),
            new(Emotion.Sadness, Emotion.Happiness, 0.6f),
        ];

        var scores = new EmotionScores(TwoClasses, cases);

        Assert.Equal(4 / 6.0, scores.Accuracy, 6);
        // F1: happiness 2*3/(4+4), sadness 2*1/(2+2).
        Assert.Equal((0.75 + 0.5) / 2, scores.MacroF1, 6);
        // Two bins: |4*0.9 - 3| and |2*0.6 - 1|, over 6.
        Assert.Equal((0.6 + 0.2) / 6, scores.Ece, 4);
        Assert.Equal(0.75, scores.Recall(0), 6);
        Assert.Equal(0.5, scores.Precision(1), 6);
        Assert.Equal(1, scores.Confusion(0, 1));
        Assert.InRange(scores.Accuracy, scores.AccuracyInterval.Low, scores.AccuracyInterval.High);
    }

    [Fact]
    public void A_class_that_is_never_predicted_has_no_precision_and_no_f1()
    {
        EmotionCase[] cases = [new(Emotion.Happiness, Emotion.Happiness, 1), new(Emotion.Sadness, Emotion.Happiness, 1)];

        var scores = new EmotionScores(TwoClasses, cases);

        Assert.Equal(0, scores.Precision(1));
        Assert.Equal(2.0 / 3 / 2, scores.MacroF1, 6);
    }

    [Fact]
    public void Classes_without_pictures_leave_the_softmax_and_the_rest_is_renormalised()
    {
        var probabilities = EmotionProbabilities.From([0.5f, 0.3f, 0, 0.1f, 0, 0, 0, 0.1f]);

        var judged = EmotionCase.Judge(Emotion.Sadness, probabilities, TwoClasses);

        Assert.Equal(Emotion.Happiness, judged.Predicted);
        Assert.Equal(0.75f, judged.Confidence, 5);
    }

    [Theory]
    [InlineData("angry", Emotion.Anger)]
    [InlineData("Fearful", Emotion.Fear)]
    [InlineData("3_happy", Emotion.Happiness)]
    [InlineData("surprised", Emotion.Surprise)]
    [InlineData("disgusted", Emotion.Disgust)]
    [InlineData("SAD", Emotion.Sadness)]
    public void Folder_names_of_other_data_sets_are_understood(string name, Emotion expected)
    {
        Assert.True(EmotionNames.TryParse(name, out var emotion));
        Assert.Equal(expected, emotion);
    }

    [Fact]
    public void A_folder_that_is_no_class_is_not_one() => Assert.False(EmotionNames.TryParse("misc", out _));
}
