namespace CabinMood.Service.Tests.Privacy;

/// <summary>A theory that needs strace.</summary>
public sealed class NeedsStraceTheoryAttribute : TheoryAttribute
{
    public NeedsStraceTheoryAttribute()
    {
        if (!SystemCallTrace.IsInstalled)
        {
            Skip = "needs strace: apt-get install strace";
        }
    }
}
