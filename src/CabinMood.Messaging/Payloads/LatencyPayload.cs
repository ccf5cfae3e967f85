namespace CabinMood.Messaging.Payloads;

/// <summary>Milliseconds from a frame's capture to its scores, in the health topic.</summary>
/// <param name="P50">The median.</param>
/// <param name="P99">The 99th percentile.</param>
public sealed record LatencyPayload(double P50, double P99);
