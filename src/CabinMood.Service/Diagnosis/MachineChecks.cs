using System.Globalization;
using CabinMood.Messaging;
using CabinMood.Service.Commands;
using CabinMood.Service.Health;

namespace CabinMood.Service.Diagnosis;

/// <summary>What the machine around the service must be like.</summary>
internal static class MachineChecks
{
    private const string ServiceUser = "cabinmood";
    private static readonly TimeSpan SoonExpired = TimeSpan.FromDays(30);

    /// <summary>Whether certificates are valid, and for how long still.</summary>
    public static Finding Certificates(MqttOptions options, TimeProvider time)
    {
        const string Remedy = "have the vehicle's authority sign a new certificate and set Mqtt:CaFile, CertificateFile and KeyFile";
        try
        {
            var dates = CertificateDates.Of(options);
            if (dates.Count == 0)
            {
                return new Finding("certificates", true, "none: Mqtt:Tls is off");
            }

            var (file, until) = dates.MinBy(date => date.Until);
            var left = until - time.GetUtcNow().UtcDateTime;
            var detail = string.Create(CultureInfo.InvariantCulture, $"{file} is valid until {until:yyyy-MM-dd}");
            return new Finding("certificates", left > TimeSpan.Zero, left > TimeSpan.Zero ? detail : $"{file} has expired on {until:yyyy-MM-dd}", left < SoonExpired ? Remedy : null);
        }
        catch (IOException e)
        {
            return new Finding("certificates", false, Failures.LineFor(e), Remedy);
        }
    }

    /// <summary>Whether password and key are for the service alone. It runs with them either way.</summary>
    public static Finding Secrets(MqttOptions options)
    {
        var open = SecretFiles.ReadableByAll(options);
        return open.Count == 0
            ? new Finding("secrets", true, "no password or key is readable by everybody")
            : new Finding(
                "secrets",
                true,
                $"every user of this machine can read {string.Join(" and ", open)}",
                $"sudo chgrp {ServiceUser} {string.Join(' ', open)} && sudo chmod 640 {string.Join(' ', open)}");
    }

    /// <summary>Whether there is room in the state folder.</summary>
    public static Finding Disk(string folder) => new StorageWatch(folder).FreeBytes switch
    {
        null => new Finding("disk", false, $"the room in {folder} cannot be told", "give the service a folder that exists (CABINMOOD_STATE)"),
        { } free and < HealthRules.LeastFreeBytes => new Finding(
            "disk", false, Megabytes(free, folder), $"make room, or name another folder in CABINMOOD_STATE: du -x {folder} | sort -n"),
        { } free => new Finding("disk", true, Megabytes(free, folder)),
    };

    /// <summary>
    /// Whether the clock can be right: not before the program was built. Intervals and ages run on the monotonic clock;
    /// the wall clock stands in published times, ends overrides after a restart, and judges certificates.
    /// </summary>
    public static Finding Clock(TimeProvider time, DateTime built)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var detail = string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd HH:mm:ss} UTC");
        return now >= built.ToUniversalTime()
            ? new Finding("clock", true, detail)
            : new Finding("clock", false, $"{detail}, before this program was built", "sudo timedatectl set-ntp true");
    }

    /// <summary>Whose rights all of this was tried with.</summary>
    /// <param name="user">The user that runs this.</param>
    /// <param name="accounts">The lines of the system's list of users.</param>
    /// <param name="command">What was called, to be called again.</param>
    public static Finding User(string user, IEnumerable<string> accounts, string command) =>
        user != ServiceUser && accounts.Any(line => line.StartsWith($"{ServiceUser}:", StringComparison.Ordinal))
            ? new Finding("user", true, $"{user}; the service runs as {ServiceUser}, whose rights were not tried", $"sudo runuser -u {ServiceUser} -- {command}")
            : new Finding("user", true, user);

    private static string Megabytes(long bytes, string folder) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:F0} MB free for {folder}");
}
