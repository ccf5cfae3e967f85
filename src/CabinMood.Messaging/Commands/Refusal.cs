namespace CabinMood.Messaging.Commands;

/// <summary>Why a message was not taken.</summary>
/// <param name="Id">The command's id, where one could be read: then an error reply is due.</param>
/// <param name="Error">One line for the integrator.</param>
public sealed record Refusal(string? Id, string Error);
