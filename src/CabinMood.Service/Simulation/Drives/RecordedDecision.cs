namespace CabinMood.Service.Simulation.Drives;

/// <summary>A decision of the live service, in its log.</summary>
/// <param name="Line">Where, counted from 1.</param>
/// <param name="Text">The line.</param>
public readonly record struct RecordedDecision(int Line, string Text);
