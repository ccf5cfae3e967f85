using System.Text.Json;

namespace CabinMood.Service.Simulation.Population;

/// <summary>
/// How the emotion net errs over time, as <c>models/training/noise_model.py</c> fitted it. A reading is a point of ten
/// numbers: the logarithms of eight probabilities less their mean, and the inverse hyperbolic tangents of valence and
/// arousal.
/// </summary>
/// <param name="Labels">The eight expressions in the order of the first eight numbers.</param>
/// <param name="Classes">By label: how readings of a face that truly shows it are spread.</param>
/// <param name="Shares">Which part of that spread stays with a person, which drifts, which flickers.</param>
/// <param name="SlowSeconds">Correlation time of what drifts.</param>
/// <param name="FastSeconds">Correlation time of what flickers.</param>
/// <param name="ClipQuality">The readings' quality in the clips.</param>
public sealed record NoiseModel(
    IReadOnlyList<string> Labels,
    IReadOnlyDictionary<string, NoiseModel.ClassSpread> Classes,
    NoiseModel.VarianceShares Shares,
    double SlowSeconds,
    double FastSeconds,
    NoiseModel.Quality ClipQuality)
{
    /// <summary>Numbers in a point.</summary>
    public const int Dimensions = 10;

    /// <summary>Where the model of the shipped net lies, relative to the program's folder.</summary>
    public const string DefaultFile = "models/emotion/noise.json";

    /// <summary>Reads the model.</summary>
    /// <exception cref="NoiseModelException">The file is missing or is no such model.</exception>
    public static NoiseModel Read(string path)
    {
        try
        {
            var model = JsonSerializer.Deserialize<NoiseModel>(File.ReadAllText(path), JsonSerializerOptions.Web);
            return model is not null && model.IsWhole() ? model : throw new NoiseModelException($"{path}: this is no noise model; make one with models/training/train.sh noise");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new NoiseModelException($"cannot read the noise model {path}: {e.Message}", e);
        }
    }

    private bool IsWhole() =>
        Labels is { Count: 8 } && Shares is not null && ClipQuality is not null && SlowSeconds > 0 && FastSeconds > 0
        && Classes is not null && Labels.All(label => Classes.TryGetValue(label, out var spread) && spread.IsWhole());

    /// <summary>How readings of one true expression are spread.</summary>
    /// <param name="Pictures">On how many pictures that rests.</param>
    /// <param name="Mean">The mean point.</param>
    /// <param name="Spread">A symmetric matrix: times standard normal numbers, and added to the mean, it gives points.</param>
    public sealed record ClassSpread(int Pictures, IReadOnlyList<double> Mean, IReadOnlyList<IReadOnlyList<double>> Spread)
    {
        internal bool IsWhole() => Mean is { Count: Dimensions } && Spread is { Count: Dimensions } && Spread.All(row => row.Count == Dimensions);
    }

    /// <summary>Shares of the variance, summing to 1.</summary>
    /// <param name="Person">Stays with a person.</param>
    /// <param name="Slow">Drifts within seconds.</param>
    /// <param name="Fast">Flickers from frame to frame.</param>
    public sealed record VarianceShares(double Person, double Slow, double Fast);

    /// <summary>Quality of readings.</summary>
    /// <param name="Mean">0 to 1.</param>
    /// <param name="Deviation">Standard deviation.</param>
    public sealed record Quality(double Mean, double Deviation);
}
