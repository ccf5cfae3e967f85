namespace CabinMood.Messaging;

/// <summary>Why a TLS connection came to nothing.</summary>
/// <param name="Reason">One line.</param>
/// <param name="Obstacle">What sort of trouble that is.</param>
internal sealed record TlsObjection(string Reason, MqttObstacle Obstacle);
