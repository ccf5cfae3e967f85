namespace CabinMood.Messaging;

/// <summary>The names of all topics under <c>cabinmood/&lt;vehicle&gt;</c>.</summary>
public sealed class Topics
{
    private const string Root = "cabinmood";

    private readonly string _setParent;
    private readonly string _set;

    /// <summary>Topics of one vehicle.</summary>
    /// <param name="vehicle">See <see cref="MqttOptions.Vehicle"/>.</param>
    /// <exception cref="ArgumentException">Not a name that can be part of a topic.</exception>
    public Topics(string vehicle)
    {
        if (!IsVehicleName(vehicle))
        {
            throw new ArgumentException($"\"{vehicle}\" cannot be part of a topic.", nameof(vehicle));
        }

        Base = $"{Root}/{vehicle}";
        _setParent = $"{Base}/set";
        _set = $"{_setParent}/";
    }

    /// <summary><c>cabinmood/&lt;vehicle&gt;</c>.</summary>
    public string Base { get; }

    /// <summary>Out: <c>online</c> or <c>offline</c>, also as last will.</summary>
    public string Availability => $"{Base}/availability";

    /// <summary>Out: the mood.</summary>
    public string Mood => $"{Base}/mood";

    /// <summary>Out: the song chosen.</summary>
    public string Song => $"{Base}/song";

    /// <summary>Out: may anything change now.</summary>
    public string Limiter => $"{Base}/limiter";

    /// <summary>Out: camera, consent, trip, notice.</summary>
    public string Privacy => $"{Base}/privacy";

    /// <summary>Out: how the service is.</summary>
    public string Health => $"{Base}/health";

    /// <summary>Out: answers to commands.</summary>
    public string Reply => $"{Base}/reply";

    /// <summary>All that we publish on.</summary>
    public IReadOnlyList<string> Published => [Availability, Mood, Song, Limiter, Privacy, Health, Reply];

    /// <summary>Where the doctor talks to itself, to see how the broker goes about it. Nobody else reads or writes there.</summary>
    public string Trial => $"{Base}/doctor";

    /// <summary>In: what the head unit's player is doing.</summary>
    public string Player => $"{Base}/player";

    /// <summary>In: the filter for all commands, unknown ones included, so that those get an answer too.</summary>
    public string CommandFilter => $"{_set}#";

    /// <summary>In: the topic of one command.</summary>
    public string Set(string command) => _set + command;

    /// <summary>
    /// The command that a topic carries (<c>override</c>), or null when it carries none. Empty for <c>set</c> itself, which
    /// <see cref="CommandFilter"/> lets through too [MQTT 5.0, 4.7.1.2]: a command without a name, to be refused.
    /// </summary>
    public string? CommandOf(string topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return topic == _setParent ? "" : topic.StartsWith(_set, StringComparison.Ordinal) ? topic[_set.Length..] : null;
    }

    internal static bool IsVehicleName(string vehicle) =>
        vehicle is { Length: > 0 and <= 64 }
        && !vehicle.Any(c => c is '/' or '+' or '#' || char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c));
}
