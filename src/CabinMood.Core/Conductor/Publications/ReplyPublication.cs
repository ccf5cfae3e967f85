namespace CabinMood.Core.Conductor.Publications;

/// <summary>The reply topic.</summary>
/// <param name="Utc">Wall time.</param>
/// <param name="Id">The command's id.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Error">Why not, in one line; null unless <see cref="ReplyStatus.Error"/>.</param>
public sealed record ReplyPublication(DateTimeOffset Utc, string Id, ReplyStatus Status, string? Error = null) : Publication(Utc);
