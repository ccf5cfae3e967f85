namespace CabinMood.Service.Tests.Support;

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class StandingTime : TimeProvider
{
    internal TimeSpan Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;
}
