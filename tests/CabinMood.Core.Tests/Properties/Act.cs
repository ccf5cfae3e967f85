namespace CabinMood.Core.Tests.Properties;

/// <summary>One thing that happens on a random drive; says in words what it was when a property fails.</summary>
internal sealed record Act(string Says, Action<Drive> Do)
{
    public override string ToString() => Says;
}
