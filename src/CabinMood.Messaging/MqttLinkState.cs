namespace CabinMood.Messaging;

/// <summary>What a link is doing.</summary>
public enum MqttLinkState
{
    /// <summary>Not started, or stopped.</summary>
    Stopped,

    /// <summary>Trying to reach the broker, or waiting to try again.</summary>
    Connecting,

    /// <summary>
    /// The broker said no, or a file of ours cannot be read, and somebody has to change something; the broker is tried again
    /// slowly, the file soon.
    /// </summary>
    Refused,

    /// <summary>The broker said yes.</summary>
    Connected,
}
