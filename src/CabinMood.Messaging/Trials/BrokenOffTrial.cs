namespace CabinMood.Messaging.Trials;

/// <summary>A filter or topic at which the broker, having let us in, ended the connection in place of an answer.</summary>
/// <param name="Topic">Which one.</param>
/// <param name="Reason">What it said of that, if anything, in words.</param>
public readonly record struct BrokenOffTrial(string Topic, string Reason);
