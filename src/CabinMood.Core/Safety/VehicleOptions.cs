namespace CabinMood.Core.Safety;

/// <summary>Section <c>Vehicle</c>: which signals the car has, where they arrive, and when they are trusted.</summary>
public sealed class VehicleOptions
{
    /// <summary>Speed. Periodic by default; may not be absent.</summary>
    public SignalOptions Speed { get; set; } = new() { Topic = "vss/Vehicle/Speed", Kind = SignalKind.Periodic, Unit = SignalUnit.KilometresPerHour };

    /// <summary>Selected gear: 126 park, 127 drive, -1 reverse.</summary>
    public SignalOptions Gear { get; set; } = new() { Topic = "vss/Vehicle/Powertrain/Transmission/SelectedGear" };

    /// <summary>Low-voltage system state: LOCK, OFF, ACC, ON or START. Begins and ends trips.</summary>
    public SignalOptions Ignition { get; set; } = new() { Topic = "vss/Vehicle/LowVoltageSystemState" };

    /// <summary>Driver-monitoring warning.</summary>
    public SignalOptions DmsWarning { get; set; } = new() { Topic = "vss/Vehicle/ADAS/DMS/IsWarning" };

    /// <summary>Eyes-closed warning. VSS has no such signal, so it is absent unless configured.</summary>
    public SignalOptions EyesClosed { get; set; } = new() { Topic = "cabin/eyes-closed", Kind = SignalKind.Absent };

    /// <summary>Stability control engaged.</summary>
    public SignalOptions Esc { get; set; } = new() { Topic = "vss/Vehicle/ADAS/ESC/IsEngaged" };

    /// <summary>Anti-lock brakes engaged.</summary>
    public SignalOptions Abs { get; set; } = new() { Topic = "vss/Vehicle/ADAS/ABS/IsEngaged" };

    /// <summary>Fatigue.</summary>
    public SignalOptions Fatigue { get; set; } = new() { Topic = "vss/Vehicle/Driver/FatigueLevel", Unit = SignalUnit.Percent };

    /// <summary>A phone call.</summary>
    public SignalOptions Call { get; set; } = new() { Topic = "cabin/call", Availability = "cabin/availability" };

    /// <summary>A navigation prompt.</summary>
    public SignalOptions Navigation { get; set; } = new() { Topic = "cabin/navigation", Availability = "cabin/availability" };

    /// <summary>The options of one signal.</summary>
    public SignalOptions this[VehicleSignal signal] => signal switch
    {
        VehicleSignal.Speed => Speed,
        VehicleSignal.Gear => Gear,
        VehicleSignal.Ignition => Ignition,
        VehicleSignal.DmsWarning => DmsWarning,
        VehicleSignal.EyesClosed => EyesClosed,
        VehicleSignal.Esc => Esc,
        VehicleSignal.Abs => Abs,
        VehicleSignal.Fatigue => Fatigue,
        VehicleSignal.Call => Call,
        VehicleSignal.Navigation => Navigation,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "No such signal."),
    };

    /// <summary>Adds what is wrong with these options.</summary>
    public void Validate(ICollection<ConfigurationError> errors)
    {
        if (Speed.Kind == SignalKind.Absent)
        {
            errors.Add(new ConfigurationError("Vehicle:Speed:Kind", "is absent; without speed nothing says that the car stands, so it must be periodic or on-change."));
        }

        var topics = new Dictionary<string, VehicleSignal>(StringComparer.Ordinal);
        foreach (var signal in Enum.GetValues<VehicleSignal>())
        {
            var options = this[signal];
            var key = $"Vehicle:{signal}";
            if (options.Kind == SignalKind.Absent)
            {
                continue;
            }

            ConfigurationError.CheckRange(errors, $"{key}:MaxAgeSeconds", options.MaxAgeSeconds, 0.1, 60, "seconds");
            CheckUnit(errors, $"{key}:Unit", options.Unit, SignalUnit.Of(signal));
            CheckTopic(errors, $"{key}:Topic", options.Topic);
            if (!topics.TryAdd(options.Topic, signal))
            {
                errors.Add(new ConfigurationError($"{key}:Topic", $"is that of {topics[options.Topic]} too; every signal needs a topic of its own."));
            }

            if (options.Kind == SignalKind.OnChange)
            {
                CheckTopic(errors, $"{key}:Availability", options.Availability);
            }
        }
    }

    private static void CheckUnit(ICollection<ConfigurationError> errors, string key, string unit, IReadOnlyList<string> known)
    {
        if (!known.Contains(unit))
        {
            errors.Add(new ConfigurationError(key, known is [SignalUnit.None] ? $"is '{unit}'; this signal has no unit." : $"is '{unit}'; it must be one of {string.Join(", ", known)}."));
        }
    }

    private static void CheckTopic(ICollection<ConfigurationError> errors, string key, string topic)
    {
        if (topic.Length == 0 || topic.AsSpan().ContainsAny("+#\0"))
        {
            errors.Add(new ConfigurationError(key, $"is '{topic}'; it must be an MQTT topic without wildcards."));
        }
        else if (topic.StartsWith("cabinmood/", StringComparison.Ordinal))
        {
            errors.Add(new ConfigurationError(key, $"is '{topic}'; topics under cabinmood/ are CabinMood's own."));
        }
    }
}
