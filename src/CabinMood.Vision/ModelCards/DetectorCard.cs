namespace CabinMood.Vision.ModelCards;

/// <summary>What stands beside a face detector's net: all that is needed to feed it and to read its answer.</summary>
public sealed record DetectorCard
{
    /// <summary>The net's name.</summary>
    public required string Name { get; init; }

    /// <summary>The net's version.</summary>
    public required string Version { get; init; }

    /// <summary>Always <c>detector</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The net's file, relative to the card.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file in hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How the net wants its picture.</summary>
    public required ModelInput Input { get; init; }

    /// <summary>What the net's outputs are called.</summary>
    public required DetectorOutputs Outputs { get; init; }

    /// <summary>The anchors that the net was trained with.</summary>
    public required AnchorLayout Anchors { get; init; }

    /// <summary>Scores below this, 0 to 1, are no faces.</summary>
    public required float DefaultThreshold { get; init; }

    /// <summary>What the net was trained on, for people.</summary>
    public required string TrainedOn { get; init; }

    /// <summary>The net's licence, for people.</summary>
    public required string Licence { get; init; }

    /// <summary>Measured results, for people.</summary>
    public IReadOnlyDictionary<string, double> Scores { get; init; } = new Dictionary<string, double>();
}
