namespace CabinMood.Core.Songs;

/// <summary>What spoke for a song beyond mood and style; decides how the choice is put into words.</summary>
public enum ChoiceGround
{
    /// <summary>Nothing in particular.</summary>
    Target,

    /// <summary>The driver named its artist.</summary>
    NamedArtist,

    /// <summary>The driver liked it before.</summary>
    LikedSong,

    /// <summary>The driver took its artist's songs well.</summary>
    LikedArtist,
}
