using System.Globalization;
using CabinMood.Core.Conductor;

namespace CabinMood.Service.Hosting;

/// <summary>Tells the computer's running time, which outlives a restart of the service and not one of the computer. Thread-safe.</summary>
/// <param name="proc">Where the kernel tells about itself [proc(5)].</param>
public sealed class BootClock(string proc = "/proc")
{
    private readonly string? _boot = Read(Path.Combine(proc, "sys/kernel/random/boot_id"));

    /// <summary>Now; null where the kernel does not tell.</summary>
    public BootTime? Now() =>
        _boot is { Length: > 0 } boot
        && Read(Path.Combine(proc, "uptime")) is { } uptime
        && double.TryParse(uptime.Split(' ')[0], CultureInfo.InvariantCulture, out var seconds)
            ? new BootTime(boot, TimeSpan.FromSeconds(seconds))
            : null;

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
