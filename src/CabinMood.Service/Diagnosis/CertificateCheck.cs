using System.Globalization;
using CabinMood.Messaging;
using CabinMood.Service.Commands;

namespace CabinMood.Service.Diagnosis;

/// <summary>Whether the certificates for the broker are valid, and for how long still.</summary>
internal static class CertificateCheck
{
    private const string Subject = "certificates";

    private const string Renew =
        "have the vehicle's authority sign a new certificate (sudo install -m 640 -g cabinmood FILE /etc/cabinmood/), and set Mqtt:CaFile, CertificateFile and KeyFile";

    private static readonly TimeSpan SoonExpired = TimeSpan.FromDays(30);

    /// <summary>Looks at all of them. Of those whom we trust one that is valid is enough; of our own all must be.</summary>
    public static Finding Look(MqttOptions options, TimeProvider time)
    {
        try
        {
            var all = CertificateDates.Of(options);
            return all.Count == 0 ? new Finding(Subject, true, "none: Mqtt:Tls is off") : Judge(all, time.GetUtcNow().UtcDateTime);
        }
        catch (IOException e)
        {
            // What is behind it tells a file that nobody may read from one that holds something else.
            return new Finding(Subject, false, Failures.LineFor(e), e.InnerException is IOException or UnauthorizedAccessException ? MachineChecks.LetUsRead : Renew);
        }
    }

    private static Finding Judge(IReadOnlyList<CertificateDates> all, DateTime now)
    {
        var hasValidRoot = all.Any(one => one.IsRoot && one.IsValidAt(now));
        CertificateDates[] needed = [.. all.Where(one => !one.IsRoot || !hasValidRoot || one.IsValidAt(now))];
        if (needed.FirstOrDefault(one => one.From > now) is { } early)
        {
            return new Finding(Subject, false, string.Create(CultureInfo.InvariantCulture, $"{early.File} is not valid before {early.From:yyyy-MM-dd}, and our clock says {now:yyyy-MM-dd}"), MachineChecks.SetClock);
        }

        var first = needed.MinBy(one => one.Until)!;
        var detail = string.Create(CultureInfo.InvariantCulture, $"{first.File} {(first.Until > now ? "is valid until" : "has expired on")} {first.Until:yyyy-MM-dd}");
        if (first.Until <= now)
        {
            return new Finding(Subject, false, detail, Renew);
        }

        if (all.FirstOrDefault(one => one.IsRoot && one.Until <= now) is { } old)
        {
            return new Finding(
                Subject,
                true,
                string.Create(CultureInfo.InvariantCulture, $"{detail}; but in it {old.Subject} expired on {old.Until:yyyy-MM-dd}: a broker whose certificate it signed is refused"),
                $"take {old.Subject} out of {old.File}, or put its successor there; what is in it: openssl storeutl -noout -text -certs {old.File} | grep -E 'Certificate$|Subject:|Not After'");
        }

        return new Finding(Subject, true, detail, first.Until - now < SoonExpired ? Renew : null);
    }
}
