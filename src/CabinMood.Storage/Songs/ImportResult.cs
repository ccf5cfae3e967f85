namespace CabinMood.Storage.Songs;

/// <summary>What became of an import.</summary>
/// <param name="Imported">Songs in the new catalogue.</param>
/// <param name="Skipped">Bad rows.</param>
/// <param name="Merged">Good rows whose id came again; the last one counts.</param>
/// <param name="MissingFeatures">Features that the file has no column for.</param>
public sealed record ImportResult(int Imported, int Skipped, int Merged, IReadOnlyList<string> MissingFeatures);
