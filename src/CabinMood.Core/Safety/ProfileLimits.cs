namespace CabinMood.Core.Safety;

/// <summary>The limits that a profile brings along, and beyond which no single option may be loosened.</summary>
/// <param name="MinIntervalSeconds">See <see cref="LimiterOptions.MinIntervalSeconds"/>.</param>
/// <param name="ParkedIntervalSeconds">See <see cref="LimiterOptions.ParkedIntervalSeconds"/>.</param>
/// <param name="MaxChangesPerHour">See <see cref="LimiterOptions.MaxChangesPerHour"/>.</param>
/// <param name="ParkedMaxChangesPerHour">See <see cref="LimiterOptions.ParkedMaxChangesPerHour"/>.</param>
/// <param name="EvidenceSeconds">See <see cref="LimiterOptions.EvidenceSeconds"/>.</param>
/// <param name="MinConfidence">See <see cref="LimiterOptions.MinConfidence"/>.</param>
/// <param name="FatiguePercent">See <see cref="LimiterOptions.FatiguePercent"/>.</param>
internal sealed record ProfileLimits(
    double MinIntervalSeconds,
    double ParkedIntervalSeconds,
    int MaxChangesPerHour,
    int ParkedMaxChangesPerHour,
    double EvidenceSeconds,
    double MinConfidence,
    double FatiguePercent)
{
    // The policy: one change in 3 min while moving [ours]; fatigue from 60 % on [ours]. Evidence and margin are the
    // mood estimator's own (section Moods), so nothing is asked beyond them.
    private static readonly ProfileLimits Standard = new(180, 30, 12, 12, 0, 0, 60);

    // Two thirds more of waiting, twice the evidence, half the changes [ours].
    private static readonly ProfileLimits Strict = new(300, 60, 6, 6, 40, 0.6, 50);

    // No budget at all while moving.
    private static readonly ProfileLimits Parked = Standard with { MaxChangesPerHour = 0 };

    /// <summary>The limits of a profile. <see cref="LimiterProfile.Commercial"/> never gets as far as to need its own.</summary>
    internal static ProfileLimits Of(LimiterProfile profile) => profile switch
    {
        LimiterProfile.Strict => Strict,
        LimiterProfile.Parked => Parked,
        _ => Standard,
    };
}
