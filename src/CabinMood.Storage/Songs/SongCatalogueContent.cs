using CabinMood.Core.Songs;

namespace CabinMood.Storage.Songs;

/// <summary>What a catalogue file holds.</summary>
/// <param name="Songs">Its good rows in the file's order, each id once.</param>
/// <param name="Merged">Good rows whose id had come before; the last one counts.</param>
/// <param name="BadRows">Its bad rows.</param>
public sealed record SongCatalogueContent(IReadOnlyList<Song> Songs, int Merged, IReadOnlyList<BadRow> BadRows);
