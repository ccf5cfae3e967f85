namespace CabinMood.Service.Tests.Support;

/// <summary>What the program runs in.</summary>
/// <param name="Under">A command that runs it, for example strace with its options; empty for none.</param>
/// <param name="Environment">Variables beside the usual ones.</param>
internal sealed record Surroundings(string[] Under, Dictionary<string, string> Environment);
