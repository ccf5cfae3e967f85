namespace CabinMood.Storage.Songs;

/// <summary>A row of a catalogue file that was skipped.</summary>
/// <param name="Line">Its line in the file; the header is line 1.</param>
/// <param name="Reason">What is wrong with it.</param>
public readonly record struct BadRow(int Line, string Reason);
