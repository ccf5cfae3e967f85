namespace CabinMood.Core.Safety;

/// <summary>A named set of limits. Single options may be stricter than their profile, never looser.</summary>
public enum LimiterProfile
{
    /// <summary>The default policy: one mood-driven change in three minutes while moving.</summary>
    Standard,

    /// <summary>For those who want to be asked for nothing: longer intervals, fewer changes, more evidence, surer moods.</summary>
    Strict,

    /// <summary>Moods change the music only while the car stands in park; on the road only the driver does.</summary>
    Parked,

    /// <summary>No emotion inference on people at work [EU AI Act, Art. 5(1)(f)]: no camera, no nets, moods only by the driver's word.</summary>
    Commercial,
}
