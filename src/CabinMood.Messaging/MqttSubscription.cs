namespace CabinMood.Messaging;

/// <summary>A topic filter to listen to.</summary>
/// <param name="Filter">With MQTT's wildcards.</param>
/// <param name="Qos">
/// 1 for what the broker must keep while the link is down (commands), 0 for what is worthless when late (signals).
/// </param>
/// <param name="RetainAsPublished">
/// True to see a message as retained whenever it was published so, even if it comes live: retained commands are
/// refused. False to see as retained only what the broker had kept from before: signals [MQTT 5.0, 3.8.3.1].
/// </param>
public readonly record struct MqttSubscription(string Filter, int Qos, bool RetainAsPublished = false);
