namespace CabinMood.Core.Safety;

/// <summary>One value of a vehicle signal as it arrived.</summary>
/// <param name="Value">In the signal's unit; booleans are 0 or 1.</param>
/// <param name="Sent">The sender's time stamp. Only orders samples; age is time since arrival.</param>
/// <param name="Retained">The broker kept it for us: it can freeze, never release.</param>
public readonly record struct SignalSample(double Value, DateTimeOffset? Sent, bool Retained);
