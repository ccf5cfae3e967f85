namespace CabinMood.Messaging;

/// <summary>Why a connection came to nothing or to its end.</summary>
/// <param name="Reason">One line.</param>
/// <param name="IsRefusal">True when trying again soon cannot help.</param>
internal readonly record struct MqttSessionEnd(string Reason, bool IsRefusal = false);
