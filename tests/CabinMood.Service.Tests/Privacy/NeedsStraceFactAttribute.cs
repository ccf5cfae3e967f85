namespace CabinMood.Service.Tests.Privacy;

/// <summary>A fact that needs strace.</summary>
public sealed class NeedsStraceFactAttribute : FactAttribute
{
    public NeedsStraceFactAttribute()
    {
        if (!SystemCallTrace.IsInstalled)
        {
            Skip = "needs strace: apt-get install strace";
        }
    }
}
