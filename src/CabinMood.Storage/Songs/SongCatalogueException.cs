namespace CabinMood.Storage.Songs;

/// <summary>A catalogue file cannot be read at all; the message says why in one line.</summary>
public sealed class SongCatalogueException(string message) : Exception(message);
