using System.Globalization;
using CabinMood.Messaging;
using CabinMood.Service.Options;

namespace CabinMood.Service.Diagnosis;

/// <summary>What the machine around the service must be like.</summary>
internal static class MachineChecks
{
    /// <summary>Mends a clock, and with it certificates that seem not to be valid yet.</summary>
    internal const string SetClock = "sudo apt-get install systemd-timesyncd && sudo timedatectl set-ntp true, or without a network: sudo date -u -s 'YYYY-MM-DD hh:mm:ss'";

    /// <summary>Mends a secret or certificate that cannot be read.</summary>
    internal const string LetUsRead = "let us read the file (sudo install -m 640 -g cabinmood FILE /etc/cabinmood/) and name it in Mqtt:PasswordFile, CaFile, CertificateFile or KeyFile";

    private const string ServiceUser = "cabinmood";

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
    /// <param name="configuration">The configuration that was looked at.</param>
    public static Finding User(string user, IReadOnlyList<string> accounts, string configuration) => Owner(user, accounts) != user
        ? new Finding("user", true, $"{user}; the service runs as {ServiceUser}, whose rights and folder were not tried", AsTheService(configuration))
        : new Finding("user", true, user);

    /// <summary>Who the state folder must belong to: the service's user where the package has made one, else who runs this.</summary>
    public static string Owner(string user, IReadOnlyList<string> accounts) =>
        accounts.Any(line => line.StartsWith($"{ServiceUser}:", StringComparison.Ordinal)) ? ServiceUser : user;

    // With the groups and the folder that the unit gives it; without -g the group video would take the place of its own.
    private static string AsTheService(string configuration) =>
        $"sudo runuser -u {ServiceUser} -g {ServiceUser} -G video -- env {StorageOptions.FolderVariable}=/var/lib/{ServiceUser} cabinmood doctor --config {configuration}";
}
