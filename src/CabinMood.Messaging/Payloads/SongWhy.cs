using CabinMood.Core.Moods;
using CabinMood.Core.Songs;

namespace CabinMood.Messaging.Payloads;

/// <summary>Why a song was chosen, in the song topic.</summary>
/// <param name="Mood">The target mood.</param>
/// <param name="Style">match, lift or calm.</param>
/// <param name="TargetValence">0 to 1.</param>
/// <param name="TargetEnergy">0 to 1.</param>
/// <param name="Text">One short line a driver could hear.</param>
public sealed record SongWhy(string Mood, string Style, double TargetValence, double TargetEnergy, string Text)
{
    /// <summary>From the conductor's words to the contract's.</summary>
    public static SongWhy From(SongReason reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return new(
            WireNames<Mood>.Of(reason.Mood),
            WireNames<Style>.Of(reason.Style),
            PayloadFormat.Number(reason.TargetValence),
            PayloadFormat.Number(reason.TargetEnergy),
            reason.Text);
    }
}
