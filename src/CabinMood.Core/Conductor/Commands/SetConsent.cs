namespace CabinMood.Core.Conductor.Commands;

/// <summary>Grants or withdraws consent. Granting must name the current trip; withdrawing always applies.</summary>
/// <param name="Id">See <see cref="Command"/>.</param>
/// <param name="Granted">Whether consent is given.</param>
/// <param name="Trip">The trip it is given for; null is allowed when withdrawing.</param>
public sealed record SetConsent(string Id, bool Granted, string? Trip) : Command(Id);
