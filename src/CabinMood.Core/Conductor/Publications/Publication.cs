namespace CabinMood.Core.Conductor.Publications;

/// <summary>Something to tell the head unit. Each kind has a topic of its own in the contract.</summary>
/// <param name="Utc">Wall time of the state it tells.</param>
public abstract record Publication(DateTimeOffset Utc);
