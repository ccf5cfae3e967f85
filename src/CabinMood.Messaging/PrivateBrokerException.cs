namespace CabinMood.Messaging;

/// <summary>The private broker could not be had; the message says what to do.</summary>
public sealed class PrivateBrokerException(string message) : Exception(message);
