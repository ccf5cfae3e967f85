namespace CabinMood.Service.Tests.Support;

/// <summary>A fact that asks systemd's own judge of units.</summary>
public sealed class NeedsSystemdAnalyzeFactAttribute : FactAttribute
{
    public NeedsSystemdAnalyzeFactAttribute()
    {
        if (!File.Exists("/usr/bin/systemd-analyze"))
        {
            Skip = "systemd-analyze is not installed";
        }
    }
}
