namespace CabinMood.Core.Conductor;

/// <summary>A moment on the computer's own running time, which nobody can set as one sets a clock.</summary>
/// <param name="Boot">Names the start of the computer that it counts from.</param>
/// <param name="Elapsed">Since then, sleep included.</param>
public sealed record BootTime(string Boot, TimeSpan Elapsed);
