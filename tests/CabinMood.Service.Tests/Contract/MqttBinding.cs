namespace CabinMood.Service.Tests.Contract;

/// <summary>The MQTT binding of an operation. Without a retain flag it is one that senders may set as they like.</summary>
internal sealed record MqttBinding(int Qos, bool Retain = false, int? MessageExpiryInterval = null);
