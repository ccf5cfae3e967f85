namespace CabinMood.Service.Tests.Support;

/// <summary>A fact that mounts a disk of its own.</summary>
public sealed class NeedsMountFactAttribute : FactAttribute
{
    public NeedsMountFactAttribute()
    {
        using var folder = new TemporaryFolder();
        using var disk = SmallDisk.TryMount(folder.File("disk"), megabytes: 1);
        if (disk is null)
        {
            Skip = "needs the right to mount a disk of its own (root)";
        }
    }
}
