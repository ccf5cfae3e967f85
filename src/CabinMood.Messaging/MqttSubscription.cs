namespace CabinMood.Messaging;

/// <summary>A topic filter to listen to.</summary>
/// <param name="Filter">With MQTT's wildcards.</param>
/// <param name="Qos">
/// 1 for what the broker must keep while the link is down (commands), 0 for what is worthless when late (signals).
/// </param>
/// <param name="RetainAsPublished">
/// True to learn whether a message was published with the retain flag. False to learn whether it is an old one that
/// the broker had kept: a live message then never counts as retained.
/// </param>
public readonly record struct MqttSubscription(string Filter, int Qos, bool RetainAsPublished = false);
