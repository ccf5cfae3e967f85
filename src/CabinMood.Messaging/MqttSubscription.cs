namespace CabinMood.Messaging;

/// <summary>A topic filter to listen to.</summary>
/// <param name="Filter">With MQTT's wildcards.</param>
/// <param name="Qos">
/// 1 for what the broker must keep while the link is down (commands), 0 for what is worthless when late (signals).
/// </param>
public readonly record struct MqttSubscription(string Filter, int Qos);
