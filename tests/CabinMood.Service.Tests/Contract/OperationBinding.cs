namespace CabinMood.Service.Tests.Contract;

/// <summary>One operation and its MQTT binding.</summary>
internal sealed record OperationBinding(string Action, string Topic, MqttBinding Mqtt)
{
    internal int Qos => Mqtt.Qos;

    internal bool Retain => Mqtt.Retain;

    internal int? MessageExpiryInterval => Mqtt.MessageExpiryInterval;
}
