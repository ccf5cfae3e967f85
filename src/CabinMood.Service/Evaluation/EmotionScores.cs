using CabinMood.Core;
using CabinMood.Core.Emotions;

namespace CabinMood.Service.Evaluation;

/// <summary>The usual scores of a classifier over judged pictures.</summary>
public sealed class EmotionScores
{
    private const int EceBins = 15;
    private const int Resamples = 1000;

    private readonly int[,] _confusion;

    /// <summary>Scores these cases.</summary>
    /// <param name="classes">The classes that have pictures.</param>
    /// <param name="cases">At least one.</param>
    public EmotionScores(IReadOnlyList<Emotion> classes, IReadOnlyList<EmotionCase> cases)
    {
        Classes = classes;
        Count = cases.Count;
        _confusion = Confuse(cases, Enumerable.Range(0, cases.Count));
        Accuracy = AccuracyOf(_confusion);
        MacroF1 = MacroF1Of(_confusion);
        Ece = EceOf(cases);
        (AccuracyInterval, MacroF1Interval) = Bootstrap(cases);
    }

    /// <summary>The classes that have pictures, in the order of rows and columns.</summary>
    public IReadOnlyList<Emotion> Classes { get; }

    /// <summary>Pictures judged.</summary>
    public int Count { get; }

    /// <summary>Share judged right, 0 to 1.</summary>
    public double Accuracy { get; }

    /// <summary>Mean of the classes' F1, 0 to 1.</summary>
    public double MacroF1 { get; }

    /// <summary>Expected calibration error over 15 equal bins of confidence, 0 to 1 [Guo et al. 2017].</summary>
    public double Ece { get; }

    /// <summary>Bootstrap 95 % interval of <see cref="Accuracy"/>: 1,000 resamples, fixed seed.</summary>
    public (double Low, double High) AccuracyInterval { get; }

    /// <summary>Bootstrap 95 % interval of <see cref="MacroF1"/>: 1,000 resamples, fixed seed.</summary>
    public (double Low, double High) MacroF1Interval { get; }

    /// <summary>How many pictures of one class (row) were taken for another (column), by index into <see cref="Classes"/>.</summary>
    public int Confusion(int truth, int predicted) => _confusion[truth, predicted];

    /// <summary>Of those taken for this class, the share that was; 0 when there were none.</summary>
    public double Precision(int index) => Ratio(_confusion[index, index], Column(_confusion, index));

    /// <summary>Of those of this class, the share that was found.</summary>
    public double Recall(int index) => Ratio(_confusion[index, index], Row(_confusion, index));

    private int[,] Confuse(IReadOnlyList<EmotionCase> cases, IEnumerable<int> chosen)
    {
        var place = new int[EmotionProbabilities.Count];
        for (var i = 0; i < Classes.Count; i++)
        {
            place[(int)Classes[i]] = i;
        }

        var confusion = new int[Classes.Count, Classes.Count];
        foreach (var i in chosen)
        {
            confusion[place[(int)cases[i].Truth], place[(int)cases[i].Predicted]]++;
        }

        return confusion;
    }

    private ((double, double) Accuracy, (double, double) MacroF1) Bootstrap(IReadOnlyList<EmotionCase> cases)
    {
        ulong random = 1;
        var accuracies = new double[Resamples];
        var macroF1s = new double[Resamples];
        var chosen = new int[cases.Count];
        for (var resample = 0; resample < Resamples; resample++)
        {
            for (var i = 0; i < chosen.Length; i++)
            {
                chosen[i] = (int)(SplitMix64.Next(ref random) % (ulong)cases.Count);
            }

            var confusion = Confuse(cases, chosen);
            accuracies[resample] = AccuracyOf(confusion);
            macroF1s[resample] = MacroF1Of(confusion);
        }

        return (Interval(accuracies), Interval(macroF1s));
    }

    private static (double Low, double High) Interval(double[] values)
    {
        Array.Sort(values);
        return (values[(int)(0.025 * values.Length)], values[(int)(0.975 * values.Length)]);
    }

    private static double AccuracyOf(int[,] confusion)
    {
        var right = 0;
        var all = 0;
        for (var truth = 0; truth < confusion.GetLength(0); truth++)
        {
            right += confusion[truth, truth];
            all += Row(confusion, truth);
        }

        return Ratio(right, all);
    }

    private static double MacroF1Of(int[,] confusion)
    {
        var sum = 0.0;
        var classes = confusion.GetLength(0);
        for (var i = 0; i < classes; i++)
        {
            sum += Ratio(2.0 * confusion[i, i], Row(confusion, i) + Column(confusion, i));
        }

        return sum / classes;
    }

    private static double EceOf(IReadOnlyList<EmotionCase> cases)
    {
        var counts = new int[EceBins];
        var confidences = new double[EceBins];
        var rights = new int[EceBins];
        foreach (var judged in cases)
        {
            var bin = Math.Clamp((int)(judged.Confidence * EceBins), 0, EceBins - 1);
            counts[bin]++;
            confidences[bin] += judged.Confidence;
            rights[bin] += judged.Truth == judged.Predicted ? 1 : 0;
        }

        var error = 0.0;
        for (var bin = 0; bin < EceBins; bin++)
        {
            error += Math.Abs(confidences[bin] - rights[bin]);
        }

        return error / cases.Count;
    }

    private static int Row(int[,] confusion, int truth)
    {
        var sum = 0;
        for (var i = 0; i < confusion.GetLength(1); i++)
        {
            sum += confusion[truth, i];
        }

        return sum;
    }

    private static int Column(int[,] confusion, int predicted)
    {
        var sum = 0;
        for (var i = 0; i < confusion.GetLength(0); i++)
        {
            sum += confusion[i, predicted];
        }

        return sum;
    }

    private static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;
}
