using System.Globalization;
using CabinMood.Messaging;
using CabinMood.Service.Commands;
using CabinMood.Service.Health;

namespace CabinMood.Service.Diagnosis;

/// <summary>What the machine around the service must be like.</summary>
internal static class MachineChecks
{
    /// <summary>Mends a clock, and with it certificates that seem not to be valid yet.</summary>
    internal const string SetClock = "sudo timedatectl set-ntp true, or without a network: sudo timedatectl set-time 'YYYY-MM-DD hh:mm:ss'";

    /// <summary>Mends a secret or certificate that cannot be read.</summary>
    internal const string LetUsRead = "let us read the file (sudo install -m 640 -g cabinmood FILE /etc/cabinmood/) and name it in Mqtt:PasswordFile, CaFile, CertificateFile or KeyFile";

    private const string ServiceUser = "cabinmood";
    private static readonly TimeSpan SoonExpired = TimeSpan.FromDays(30);

    /// <summary>Whether certificates are valid, and for how long still.</summary>
    public static Finding Certificates(MqttOptions options, TimeProvider time)
    {
        const string Renew = "have the vehicle's authority sign a new certificate (sudo install -m 640 -g cabinmood FILE /etc/cabinmood/), and set Mqtt:CaFile, CertificateFile and KeyFile";
        try
        {
            var dates = CertificateDates.Of(options);
            if (dates.Count == 0)
            {
                return new Finding("certificates", true, "none: Mqtt:Tls is off");
            }

            var now = time.GetUtcNow().UtcDateTime;
            if (dates.FirstOrDefault(date => date.From > now) is { File: { } early } future)
            {
                return new Finding("certificates", false, string.Create(CultureInfo.InvariantCulture, $"{early} is not valid before {future.From:yyyy-MM-dd}, and our clock says {now:yyyy-MM-dd}"), SetClock);
            }

            var (file, _, until) = dates.MinBy(date => date.Until);
            var detail = string.Create(CultureInfo.InvariantCulture, $"{file} {(until > now ? "is valid until" : "has expired on")} {until:yyyy-MM-dd}");
            return new Finding("certificates", until > now, detail, until - now < SoonExpired ? Renew : null);
        }
        catch (IOException e)
        {
            // What is behind it tells a file that nobody may read from one that holds something else.
            return new Finding("certificates", false, Failures.LineFor(e), e.InnerException is IOException or UnauthorizedAccessException ? LetUsRead : Renew);
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
        null => new Finding("disk", false, $"the room in {folder} cannot be told", $"give the service's user a folder that exists: sudo install -d -o {ServiceUser} {folder}, or set CABINMOOD_STATE"),
        { } free and < HealthRules.LeastFreeBytes => new Finding(
            "disk", false, Megabytes(free, folder), $"make room (what takes most comes last in: sudo du -xa {folder} | sort -n), or name another folder in CABINMOOD_STATE"),
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
            : new Finding("clock", false, $"{detail}, before this program was built", SetClock);
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
