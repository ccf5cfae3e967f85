using CabinMood.Messaging.Mosquitto;

namespace CabinMood.Messaging;

/// <summary>Why a connection came to nothing or to its end.</summary>
/// <param name="Reason">One line.</param>
/// <param name="IsRefusal">True when trying again soon cannot help.</param>
/// <param name="IsTakenOver">True when another client has our id, or the broker closed the connection without a word, as some do then.</param>
/// <param name="Obstacle">What sort of trouble that is.</param>
internal readonly record struct MqttSessionEnd(string Reason, bool IsRefusal = false, bool IsTakenOver = false, MqttObstacle Obstacle = MqttObstacle.None)
{
    /// <summary>What a connection's last turn of the loop tells.</summary>
    /// <param name="connection">The one that ended.</param>
    /// <param name="code">What the turn returned.</param>
    internal static MqttSessionEnd Of(MosquittoConnection connection, int code)
    {
        var reason = connection.DisconnectReason ?? code;
        if (reason >= MqttReason.FirstFailure)
        {
            return new MqttSessionEnd(
                MosquittoNative.DescribeReason(reason), MqttReason.NeedsAPerson(reason), reason == MqttReason.SessionTakenOver);
        }

        return new MqttSessionEnd(
            reason == MosquittoNative.Success ? "it closed the connection" : MosquittoNative.Describe(reason),
            IsTakenOver: reason is MosquittoNative.Success or MosquittoNative.ConnectionLost);
    }
}
