using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CabinMood.Messaging;
using CabinMood.Service.Diagnosis;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.Diagnosis;

/// <summary>What the doctor says of the machine around the service.</summary>
public sealed class MachineChecksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_clock_from_before_the_program_was_built_is_wrong()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;

        Assert.False(MachineChecks.Clock(TimeProvider.System, now.AddDays(1)).IsGood);
        Assert.True(MachineChecks.Clock(TimeProvider.System, now.AddDays(-1)).IsGood);
    }

    [Fact]
    public void A_computer_that_thinks_it_is_1970_is_told_to_set_its_clock_and_not_to_renew_certificates()
    {
        var clock = new SettableClock(DateTimeOffset.UnixEpoch);

        var time = MachineChecks.Clock(clock, TimeProvider.System.GetUtcNow().UtcDateTime);
        var certificates = CertificateCheck.Look(new MqttOptions { Tls = true, CaFile = CertificateFile(100) }, clock);

        Assert.StartsWith("1970-01-01 ", time.Detail, StringComparison.Ordinal);
        Assert.EndsWith(" and our clock says 1970-01-01", certificates.Detail, StringComparison.Ordinal);
        Assert.All([time, certificates], finding => Assert.False(finding.IsGood));
        Assert.All([time, certificates], finding => Assert.Contains("sudo date -u -s", finding.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void Somebody_else_is_told_how_to_try_it_with_the_services_rights()
    {
        string[] accounts = ["root:x:0:0::/root:/bin/sh", "cabinmood:x:900:900::/var/lib/cabinmood:/usr/sbin/nologin"];

        Assert.Equal(
            "sudo runuser -u cabinmood -g cabinmood -G video -- env CABINMOOD_STATE=/var/lib/cabinmood cabinmood doctor --config /etc/x.json",
            MachineChecks.User("root", accounts, "/etc/x.json").Remedy);
        Assert.Null(MachineChecks.User("cabinmood", accounts, "/etc/x.json").Remedy);
        Assert.Null(MachineChecks.User("root", accounts[..1], "/etc/x.json").Remedy);
        Assert.Equal(("cabinmood", "root"), (MachineChecks.Owner("root", accounts), MachineChecks.Owner("root", accounts[..1])));
    }

    [Fact]
    public void A_folder_that_is_not_there_has_no_room()
    {
        Assert.False(new StorageChecks(_folder.File("nowhere"), "root").Disk().IsGood);
        Assert.True(new StorageChecks(_folder.Path, "root").Disk().IsGood);
    }

    [Theory]
    [InlineData(-1, false, true)]
    [InlineData(10, true, true)]
    [InlineData(100, true, false)]
    public void A_certificate_is_good_until_its_day_and_to_be_renewed_a_month_before(int days, bool isGood, bool isToBeMended)
    {
        var finding = CertificateCheck.Look(new MqttOptions { Tls = true, CaFile = CertificateFile(days) }, TimeProvider.System);

        Assert.Equal(isGood, finding.IsGood);
        Assert.Equal(isToBeMended, finding.Remedy is not null);
        Assert.Contains("ca.crt", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_that_has_expired_beside_one_that_has_not_is_named_and_no_failure()
    {
        var bundle = Certificate(-1, "old root") + Certificate(100, "new root");

        var finding = CertificateCheck.Look(new MqttOptions { Tls = true, CaFile = _folder.Write("ca.crt", bundle) }, TimeProvider.System);

        Assert.True(finding.IsGood, finding.Detail);
        Assert.Contains("ca.crt is valid until", finding.Detail, StringComparison.Ordinal);
        Assert.Contains("CN=old root expired on", finding.Detail, StringComparison.Ordinal);
        Assert.StartsWith("take CN=old root out of ", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Roots_that_have_all_expired_are_a_failure_and_so_is_our_own_certificate_that_has()
    {
        var old = _folder.Write("old.crt", Certificate(-2, "one") + Certificate(-1, "two"));
        var good = _folder.Write("good.crt", Certificate(100, "root"));

        Assert.False(CertificateCheck.Look(new MqttOptions { Tls = true, CaFile = old }, TimeProvider.System).IsGood);
        var own = CertificateCheck.Look(new MqttOptions { Tls = true, CaFile = good, CertificateFile = old, KeyFile = old }, TimeProvider.System);
        Assert.False(own.IsGood);
        Assert.Contains("old.crt has expired", own.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_certificate_is_named()
    {
        var finding = CertificateCheck.Look(new MqttOptions { Tls = true, CaFile = _folder.Write("ca.crt", "rubbish") }, TimeProvider.System);

        Assert.False(finding.IsGood);
        Assert.Contains("ca.crt holds no certificate in PEM", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_TLS_no_certificate_is_missed() =>
        Assert.True(CertificateCheck.Look(new MqttOptions(), TimeProvider.System).IsGood);

    [Theory]
    [SupportedOSPlatform("linux")]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead, null)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead, "password")]
    public void A_secret_that_everybody_can_read_is_named_with_the_command_that_hides_it(UnixFileMode mode, string? named)
    {
        var (password, key) = (_folder.Write("password", "secret", mode), _folder.Write("client.key", "secret", mode));

        var finding = MachineChecks.Secrets(new MqttOptions { Username = "cabinmood", PasswordFile = password, Tls = true, KeyFile = key });

        Assert.True(finding.IsGood);
        Assert.Equal(named is null ? null : $"sudo chgrp cabinmood {password} {key} && sudo chmod 640 {password} {key}", finding.Remedy);
        Assert.Equal(named is not null, finding.Detail.Contains($"can read {password} and {key}", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_secret_none_is_open() =>
        Assert.Null(MachineChecks.Secrets(new MqttOptions { Username = "cabinmood", PasswordFile = _folder.File("nowhere") }).Remedy);

    private string CertificateFile(int days) => _folder.Write("ca.crt", Certificate(days, "test"));

    private static string Certificate(int days, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-30), now.AddDays(days));
        return made.ExportCertificatePem() + "\n";
    }
}
