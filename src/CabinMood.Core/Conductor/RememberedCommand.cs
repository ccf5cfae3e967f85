using CabinMood.Core.Conductor.Publications;

namespace CabinMood.Core.Conductor;

/// <summary>A command that was obeyed, as a restart needs to know it. Tells neither what was asked nor under which id.</summary>
/// <param name="Id">The <see cref="CommandDigest"/> of its id.</param>
/// <param name="Asked">The digest of what was asked; null once the driver has had everything erased.</param>
/// <param name="Outcome">The answer when it comes again: ok, or superseded.</param>
public sealed record RememberedCommand(string Id, string? Asked, ReplyStatus Outcome);
