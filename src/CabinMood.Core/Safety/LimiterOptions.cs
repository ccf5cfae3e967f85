using System.Globalization;

namespace CabinMood.Core.Safety;

/// <summary>
/// Section <c>Limiter</c>: the rules that keep the driver safe. Every one fails closed. An option that is not set has
/// the value of <see cref="Profile"/>; one that is set may be stricter than a profile other than
/// <see cref="LimiterProfile.Standard"/>, and is refused when it is looser.
/// </summary>
public sealed class LimiterOptions
{
    private double? _minIntervalSeconds;
    private double? _parkedIntervalSeconds;
    private int? _maxChangesPerHour;
    private int? _parkedMaxChangesPerHour;
    private double? _evidenceSeconds;
    private double? _minConfidence;
    private double? _fatiguePercent;

    /// <summary>Standard, strict, parked or commercial. Default standard.</summary>
    public LimiterProfile Profile { get; set; }

    /// <summary>
    /// Least time between two mood-driven changes unless the car stands in park; it also runs from every start.
    /// 5 to 3600 seconds, default 180, strict 300 [one change in 3 min; ours].
    /// </summary>
    public double MinIntervalSeconds
    {
        get => _minIntervalSeconds ?? Limits.MinIntervalSeconds;
        set => _minIntervalSeconds = value;
    }

    /// <summary>The same while the car stands in park. 0 to 3600 seconds, default 30, strict 60 [ours].</summary>
    public double ParkedIntervalSeconds
    {
        get => _parkedIntervalSeconds ?? Limits.ParkedIntervalSeconds;
        set => _parkedIntervalSeconds = value;
    }

    /// <summary>
    /// Most mood-driven changes in any hour, unless the car stands in park. 0 to 720, default 12, strict 6, parked 0 [ours].
    /// </summary>
    public int MaxChangesPerHour
    {
        get => _maxChangesPerHour ?? Limits.MaxChangesPerHour;
        set => _maxChangesPerHour = value;
    }

    /// <summary>The same while the car stands in park. 0 to 720, default 12, strict 6 [ours].</summary>
    public int ParkedMaxChangesPerHour
    {
        get => _parkedMaxChangesPerHour ?? Limits.ParkedMaxChangesPerHour;
        set => _parkedMaxChangesPerHour = value;
    }

    /// <summary>
    /// Wall seconds of readings that support a mood before it may change the music; counts beyond what
    /// <c>Moods:EvidenceSeconds</c> asks for before there is a mood at all. 0 to 300 seconds, default 0, strict 40 [ours].
    /// </summary>
    public double EvidenceSeconds
    {
        get => _evidenceSeconds ?? Limits.EvidenceSeconds;
        set => _evidenceSeconds = value;
    }

    /// <summary>How sure a mood must be before it may change the music. 0 to 0.99, default 0 (the estimator's margin is enough), strict 0.6 [ours].</summary>
    public double MinConfidence
    {
        get => _minConfidence ?? Limits.MinConfidence;
        set => _minConfidence = value;
    }

    /// <summary>From this fatigue on, calm and sad targets are not chosen for the driver. 1 to 100 percent, default 60, strict 50 [ours].</summary>
    public double FatiguePercent
    {
        get => _fatiguePercent ?? Limits.FatiguePercent;
        set => _fatiguePercent = value;
    }

    /// <summary>
    /// Lets a tense driver's music change in the middle of a track, once a trip. Default false: that an abrupt change
    /// calms better than a gradual one is known from one study [van der Zwaag et al., Ergonomics 56(10), 2013, n=28].
    /// Interval, freezes and every other rule hold all the same. Only with the profile standard.
    /// </summary>
    public bool AbruptCalming { get; set; }

    /// <summary>How sure "tense" must be for <see cref="AbruptCalming"/>. 0.5 to 0.99, default 0.8 [ours].</summary>
    public double AbruptCalmingConfidence { get; set; } = 0.8;

    /// <summary>How long it must have been that sure without a break. 10 to 300 seconds, default 30 [ours].</summary>
    public double AbruptCalmingSeconds { get; set; } = 30;

    /// <summary>No emotion inference at all.</summary>
    public bool IsCommercial => Profile == LimiterProfile.Commercial;

    private ProfileLimits Limits => ProfileLimits.Of(Profile);

    /// <summary>Adds what is wrong with these options.</summary>
    public void Validate(ICollection<ConfigurationError> errors)
    {
        ConfigurationError.CheckRange(errors, "Limiter:MinIntervalSeconds", MinIntervalSeconds, 5, 3600, "seconds");
        ConfigurationError.CheckRange(errors, "Limiter:ParkedIntervalSeconds", ParkedIntervalSeconds, 0, 3600, "seconds");
        ConfigurationError.CheckRange(errors, "Limiter:MaxChangesPerHour", MaxChangesPerHour, 0, 720);
        ConfigurationError.CheckRange(errors, "Limiter:ParkedMaxChangesPerHour", ParkedMaxChangesPerHour, 0, 720);
        ConfigurationError.CheckRange(errors, "Limiter:EvidenceSeconds", EvidenceSeconds, 0, 300, "seconds");
        ConfigurationError.CheckRange(errors, "Limiter:MinConfidence", MinConfidence, 0, 0.99);
        ConfigurationError.CheckRange(errors, "Limiter:FatiguePercent", FatiguePercent, 1, 100, "percent");
        ConfigurationError.CheckRange(errors, "Limiter:AbruptCalmingConfidence", AbruptCalmingConfidence, 0.5, 0.99);
        ConfigurationError.CheckRange(errors, "Limiter:AbruptCalmingSeconds", AbruptCalmingSeconds, 10, 300, "seconds");
        if (Profile != LimiterProfile.Standard)
        {
            CheckProfile(errors);
        }
    }

    private void CheckProfile(ICollection<ConfigurationError> errors)
    {
        var limits = Limits;
        AtLeast("MinIntervalSeconds", MinIntervalSeconds, limits.MinIntervalSeconds);
        AtLeast("ParkedIntervalSeconds", ParkedIntervalSeconds, limits.ParkedIntervalSeconds);
        AtMost("MaxChangesPerHour", MaxChangesPerHour, limits.MaxChangesPerHour);
        AtMost("ParkedMaxChangesPerHour", ParkedMaxChangesPerHour, limits.ParkedMaxChangesPerHour);
        AtLeast("EvidenceSeconds", EvidenceSeconds, limits.EvidenceSeconds);
        AtLeast("MinConfidence", MinConfidence, limits.MinConfidence);
        AtMost("FatiguePercent", FatiguePercent, limits.FatiguePercent);
        if (AbruptCalming)
        {
            Refuse("AbruptCalming", "is true", "only the profile standard allows it");
        }

        void AtLeast(string key, double value, double least)
        {
            if (value < least)
            {
                Refuse(key, Is(value), string.Create(CultureInfo.InvariantCulture, $"it allows no less than {least}"));
            }
        }

        void AtMost(string key, double value, double most)
        {
            if (value > most)
            {
                Refuse(key, Is(value), string.Create(CultureInfo.InvariantCulture, $"it allows no more than {most}"));
            }
        }

        void Refuse(string key, string what, string rule) =>
            errors.Add(new ConfigurationError($"Limiter:{key}", $"{what}, which is looser than the profile {Profile}: {rule}."));

        static string Is(double value) => string.Create(CultureInfo.InvariantCulture, $"is {value}");
    }
}
