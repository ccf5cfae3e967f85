using System.Globalization;
using CabinMood.Messaging.Mosquitto;

namespace CabinMood.Messaging;

/// <summary>Why a connection came to nothing or to its end.</summary>
/// <param name="Reason">One line.</param>
/// <param name="IsRefusal">True when trying again soon cannot help.</param>
/// <param name="IsTakenOver">True when another client has our id, or the broker closed the connection without a word, as some do then.</param>
/// <param name="Obstacle">What sort of trouble that is.</param>
/// <param name="IsGoodbye">True when we left, after the broker had confirmed <c>offline</c> where it was to be told.</param>
internal readonly record struct MqttSessionEnd(
    string Reason, bool IsRefusal = false, bool IsTakenOver = false, MqttObstacle Obstacle = MqttObstacle.None, bool IsGoodbye = false)
{
    /// <summary>
    /// True when the broker has heard nothing of it, because a file of ours could not be read: trying again costs only us, and
    /// whoever replaces a password leaves no file for a moment.
    /// </summary>
    internal bool IsOurs => Obstacle == MqttObstacle.Files;

    /// <summary>What a connection's last turn of the loop tells.</summary>
    /// <param name="connection">The one that ended.</param>
    /// <param name="code">What the turn returned.</param>
    /// <param name="keepAliveSeconds">For how long the broker may be silent when it is asked for a sign of life.</param>
    internal static MqttSessionEnd Of(MosquittoConnection connection, int code, int keepAliveSeconds)
    {
        var reason = connection.DisconnectReason ?? code;
        if (reason >= MqttReason.FirstFailure)
        {
            return new MqttSessionEnd(
                MosquittoNative.DescribeReason(reason), MqttReason.NeedsAPerson(reason), reason == MqttReason.SessionTakenOver);
        }

        return reason switch
        {
            MosquittoNative.Success or MosquittoNative.ConnectionLost => new MqttSessionEnd("it closed the connection", IsTakenOver: true),
            // libmosquitto 2.0.11 has no words for this one.
            MosquittoNative.KeepAliveExceeded => new MqttSessionEnd(string.Create(CultureInfo.InvariantCulture, $"it did not answer for {keepAliveSeconds} s")),
            _ => new MqttSessionEnd(MosquittoNative.Describe(reason)),
        };
    }
}
