namespace CabinMood.Core.Songs;

/// <summary>A chosen song, its target and what would follow.</summary>
/// <param name="Song">The song.</param>
/// <param name="Target">The target after safety caps.</param>
/// <param name="Next">Up to three songs that would come next.</param>
/// <param name="Ground">What spoke for it.</param>
public sealed record SongChoice(Song Song, TargetPoint Target, IReadOnlyList<Song> Next, ChoiceGround Ground = ChoiceGround.Target);
