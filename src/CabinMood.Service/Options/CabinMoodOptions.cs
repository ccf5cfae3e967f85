using CabinMood.Core;
using CabinMood.Core.Conductor;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using CabinMood.Core.Songs;
using CabinMood.Messaging;
using CabinMood.Vision;
using CabinMood.Vision.Capture;

namespace CabinMood.Service.Options;

/// <summary>The whole configuration file. Every key has a default; unknown keys are refused.</summary>
public sealed class CabinMoodOptions
{
    /// <summary>Section <c>Camera</c>.</summary>
    public CameraOptions Camera { get; set; } = new();

    /// <summary>Section <c>Perception</c>.</summary>
    public PerceptionOptions Perception { get; set; } = new();

    /// <summary>Section <c>Moods</c>.</summary>
    public MoodOptions Moods { get; set; } = new();

    /// <summary>Section <c>Limiter</c>.</summary>
    public LimiterOptions Limiter { get; set; } = new();

    /// <summary>Section <c>Vehicle</c>.</summary>
    public VehicleOptions Vehicle { get; set; } = new();

    /// <summary>Section <c>Songs</c>.</summary>
    public SongOptions Songs { get; set; } = new();

    /// <summary>Section <c>Trips</c>.</summary>
    public TripOptions Trips { get; set; } = new();

    /// <summary>Section <c>Commands</c>.</summary>
    public CommandOptions Commands { get; set; } = new();

    /// <summary>Section <c>Mqtt</c>.</summary>
    public MqttOptions Mqtt { get; set; } = new();

    /// <summary>Section <c>Storage</c>.</summary>
    public StorageOptions Storage { get; set; } = new();

    /// <summary>Section <c>Diagnostics</c>.</summary>
    public DiagnosticsOptions Diagnostics { get; set; } = new();

    /// <summary>Section <c>Metrics</c>.</summary>
    public MetricsOptions Metrics { get; set; } = new();

    /// <summary>What the conductor's decisions depend on.</summary>
    public ConductorOptions ForConductor() => new(Moods, Limiter, Vehicle, Songs, Trips, Mqtt.PublishEmotions) { Commands = Commands };

    /// <summary>Everything wrong with the values, in the order of the sections.</summary>
    public IReadOnlyList<ConfigurationError> Validate()
    {
        var errors = new List<ConfigurationError>();
        Camera.Validate(errors);
        Perception.Validate(errors);
        Moods.Validate(errors);
        Limiter.Validate(errors);
        Vehicle.Validate(errors);
        Songs.Validate(errors);
        Trips.Validate(errors);
        Commands.Validate(errors);
        Mqtt.Validate(errors);
        Diagnostics.Validate(errors, Storage.ResolveFolder());
        Metrics.Validate(errors);
        return errors;
    }
}
