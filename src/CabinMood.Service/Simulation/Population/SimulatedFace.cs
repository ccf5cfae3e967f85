using CabinMood.Core.Emotions;

namespace CabinMood.Service.Simulation.Population;

/// <summary>
/// One simulated driver's face before the net: a bias held as long as the driver lives, and two kinds of autocorrelated
/// noise, in the shares of the noise model. Not thread-safe.
/// </summary>
public sealed class SimulatedFace
{
    private readonly NoiseModel _model;
    private readonly GaussianRandom _random;
    private readonly double[][] _means;
    private readonly double[][][] _spreads;
    private readonly double[][] _bias;
    private readonly double[] _slow = new double[NoiseModel.Dimensions];
    private readonly double[] _fast = new double[NoiseModel.Dimensions];

    /// <summary>Draws a driver.</summary>
    /// <param name="model">How the net errs.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="carryOver">Which part of a driver's bias is the same whatever the face shows, 0 to 1; the rest is drawn anew for every expression.</param>
    public SimulatedFace(NoiseModel model, GaussianRandom random, double carryOver)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _random = random;
        var classes = Enum.GetNames<Emotion>().Select(name => model.Classes[model.Labels.First(label => label.Equals(name, StringComparison.OrdinalIgnoreCase))]).ToArray();
        _means = [.. classes.Select(spread => spread.Mean.ToArray())];
        _spreads = [.. classes.Select(spread => spread.Spread.Select(row => row.ToArray()).ToArray())];
        var shared = new double[NoiseModel.Dimensions];
        random.Fill(shared);
        _bias = [.. classes.Select(_ => Bias(shared, carryOver))];
        random.Fill(_slow);
        random.Fill(_fast);
    }

    /// <summary>The next reading.</summary>
    /// <param name="shown">What the face truly shows.</param>
    /// <param name="seconds">Time since the last reading.</param>
    public EmotionReading Read(Emotion shown, double seconds)
    {
        Wander(_slow, seconds / _model.SlowSeconds);
        Wander(_fast, seconds / _model.FastSeconds);
        Span<double> noise = stackalloc double[NoiseModel.Dimensions];
        for (var i = 0; i < noise.Length; i++)
        {
            noise[i] = Math.Sqrt(_model.Shares.Person) * _bias[(int)shown][i]
                + Math.Sqrt(_model.Shares.Slow) * _slow[i] + Math.Sqrt(_model.Shares.Fast) * _fast[i];
        }

        Span<double> point = stackalloc double[NoiseModel.Dimensions];
        var (mean, spread) = (_means[(int)shown], _spreads[(int)shown]);
        for (var i = 0; i < point.Length; i++)
        {
            var sum = mean[i];
            var row = spread[i];
            for (var k = 0; k < noise.Length; k++)
            {
                sum += row[k] * noise[k];
            }

            point[i] = sum;
        }

        return ToReading(point);
    }

    private double[] Bias(double[] shared, double carryOver)
    {
        var own = new double[NoiseModel.Dimensions];
        _random.Fill(own);
        return [.. shared.Zip(own, (common, other) => Math.Sqrt(carryOver) * common + Math.Sqrt(1 - carryOver) * other)];
    }

    // A first-order autoregressive step of variance 1, exact for any step.
    private void Wander(double[] state, double steps)
    {
        var kept = Math.Exp(-steps);
        var fresh = Math.Sqrt(1 - kept * kept);
        for (var i = 0; i < state.Length; i++)
        {
            state[i] = kept * state[i] + fresh * _random.Normal();
        }
    }

    private EmotionReading ToReading(ReadOnlySpan<double> point)
    {
        var emotions = default(EmotionProbabilities);
        var sum = 0.0;
        for (var i = 0; i < EmotionProbabilities.Count; i++)
        {
            sum += Math.Exp(point[i]);
        }

        for (var i = 0; i < EmotionProbabilities.Count; i++)
        {
            emotions[i] = (float)(Math.Exp(point[i]) / sum);
        }

        var quality = Math.Clamp(_model.ClipQuality.Mean + _model.ClipQuality.Deviation * _random.Normal(), 0, 1);
        return new EmotionReading(emotions, (float)Math.Tanh(point[8]), (float)Math.Tanh(point[9]), (float)quality);
    }
}
