namespace CabinMood.Vision.Capture;

/// <summary>A frame source has changed its state.</summary>
/// <param name="State">What it does now.</param>
/// <param name="Reason">Why it failed, in one line; empty otherwise.</param>
/// <param name="RetryIn">With <see cref="CaptureState.BackOff"/>: how long until the next attempt.</param>
public sealed record CaptureStateChange(CaptureState State, string Reason = "", TimeSpan RetryIn = default);
