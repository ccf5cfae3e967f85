namespace CabinMood.Service.Tests.Contract;

/// <summary>The MQTT binding of the server.</summary>
internal sealed record ServerBinding(string ClientId, bool CleanSession, int KeepAlive, int SessionExpiryInterval, LastWillBinding LastWill);
