using System.Runtime.InteropServices;

namespace CabinMood.Service.Hosting;

/// <summary>
/// Memory holds the last picture of the driver: it must never be written out as a core dump, nor be read by another
/// process of the same user. The unit file says so too; a process that is started by hand has only this.
/// </summary>
internal static partial class CoreDumps
{
    // sys/prctl.h, sys/resource.h
    private const int PrSetDumpable = 4;
    private const int RlimitCore = 4;

    /// <summary>Forbids core dumps and foreign looks into memory for the rest of this process.</summary>
    /// <returns>False when the system does not let us.</returns>
    internal static bool Forbid() => setrlimit(RlimitCore, default) == 0 && prctl(PrSetDumpable, 0, 0, 0, 0) == 0;

    [LibraryImport("libc")]
    private static partial int prctl(int option, nuint value, nuint unused3, nuint unused4, nuint unused5);

    [LibraryImport("libc")]
    private static partial int setrlimit(int resource, in Limit limit);

    /// <summary>struct rlimit: both zero, so that nobody can raise it again.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limit
    {
        private readonly nuint _soft;
        private readonly nuint _hard;
    }
}
