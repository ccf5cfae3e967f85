namespace CabinMood.Service.Tests.Contract;

/// <summary>How configs/asyncapi.yaml says that MQTT is used.</summary>
internal sealed record Bindings(ServerBinding Server, IReadOnlyList<OperationBinding> Operations);
