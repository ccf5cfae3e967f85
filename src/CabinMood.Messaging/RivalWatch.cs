namespace CabinMood.Messaging;

/// <summary>
/// Notices a second client with our id, for example a second service for the same vehicle: the two throw each other
/// out for ever. A broker that says so [MQTT 5.0, reason 0x8E] is believed at once; mosquitto 2.0 closes the
/// connection without a word, so there it takes three connections in a row that were closed like that by a broker that went on
/// taking connections.
/// </summary>
internal sealed class RivalWatch(string clientId)
{
    /// <summary>One is a broker that restarted faster than we looked, two a coincidence.</summary>
    private const int EnoughEnds = 3;

    /// <summary>Longer than two rivals that back off leave each other, twice over.</summary>
    private static readonly TimeSpan Undisputed = BackOff.AfterRefusal * 2;

    private int _ends;

    /// <summary>The broker is gone, could not be reached or said no: whoever that is, it is not a rival.</summary>
    internal void Reset() => _ends = 0;

    /// <summary>Judges how a connection that the broker had accepted ended.</summary>
    /// <param name="end">How.</param>
    /// <param name="stood">After how long.</param>
    internal MqttSessionEnd Judge(MqttSessionEnd end, TimeSpan stood)
    {
        _ends = end.IsTakenOver && stood < Undisputed ? _ends + 1 : 0;
        return _ends >= EnoughEnds || end is { IsTakenOver: true, IsRefusal: true }
            ? new MqttSessionEnd($"another client with the id {clientId} takes our place; stop the other one, or give each its own Mqtt:ClientId; where the broker makes user names client ids, set Mqtt:UrgentConnection to false", IsRefusal: true, IsTakenOver: true)
            : end;
    }
}
