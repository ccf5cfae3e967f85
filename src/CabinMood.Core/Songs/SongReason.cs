using CabinMood.Core.Moods;

namespace CabinMood.Core.Songs;

/// <summary>Why a song was chosen.</summary>
/// <param name="Mood">The target mood.</param>
/// <param name="Style">The driver's style.</param>
/// <param name="TargetValence">0 to 1.</param>
/// <param name="TargetEnergy">0 to 1, after safety caps.</param>
/// <param name="Text">One short line a driver could hear; names the evidence behind a change.</param>
public sealed record SongReason(Mood Mood, Style Style, float TargetValence, float TargetEnergy, string Text);
