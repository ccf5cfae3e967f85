namespace CabinMood.Service.Diagnosis;

/// <summary>What one check found.</summary>
/// <param name="Subject">What was checked.</param>
/// <param name="IsGood">Whether the service could run with it.</param>
/// <param name="Detail">What was found, in one line.</param>
/// <param name="Remedy">The command or step that mends it; null when nothing needs mending.</param>
public sealed record Finding(string Subject, bool IsGood, string Detail, string? Remedy = null);
