using CabinMood.Core.Songs.Catalogue;

namespace CabinMood.Core.Songs.Scan;

/// <summary>Says once, when a catalogue is loaded, which bounds each song keeps.</summary>
internal static class SongSafety
{
    /// <summary>One byte a song.</summary>
    internal static byte[] Of(SongCatalogue songs, SongOptions options)
    {
        var safety = new byte[songs.Count];
        for (var i = 0; i < safety.Length; i++)
        {
            safety[i] = (byte)Of(songs.Energy[i], songs.Tempo[i], options);
        }

        return safety;
    }

    private static SafetyBounds Of(float energy, float tempo, SongOptions options)
    {
        var bounds = SafetyBounds.None;
        if (energy <= options.MovingMaxEnergy && energy * tempo <= options.MovingMaxEnergyTempo)
        {
            bounds |= SafetyBounds.Moving;
        }

        if (energy >= options.TiredMinEnergy && tempo >= options.TiredMinTempo && tempo <= options.TiredMaxTempo)
        {
            bounds |= SafetyBounds.Tired;
        }

        return bounds;
    }
}
