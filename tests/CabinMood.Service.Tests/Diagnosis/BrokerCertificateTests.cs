using CabinMood.Core.Safety;
using CabinMood.Messaging;
using CabinMood.Messaging.Tests.Security;
using CabinMood.Service.Diagnosis;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.Diagnosis;

/// <summary>Each trouble with certificates has a sentence and a remedy of its own, found out with the real broker.</summary>
public sealed class BrokerCertificateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority;

    public BrokerCertificateTests() => _authority = new TestAuthority(_folder.Path, "vehicle-ca");

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_brokers_certificate_that_is_over_is_signed_anew_for_the_broker()
    {
        var finding = await VisitAsync(_authority.Sign("broker", "127.0.0.1", Days(-2)));

        Assert.Contains("its certificate expired on ", finding.Detail, StringComparison.Ordinal);
        Assert.StartsWith("have the vehicle's authority sign a new certificate for the broker (", finding.Remedy, StringComparison.Ordinal);
        Assert.Contains(MachineChecks.SetClock, finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_brokers_certificate_from_the_future_is_mended_with_the_clock()
    {
        var finding = await VisitAsync(_authority.Sign("broker", "127.0.0.1", Days(5), Days(2)));

        Assert.Contains("its certificate is not valid before ", finding.Detail, StringComparison.Ordinal);
        Assert.Equal(MachineChecks.SetClock, finding.Remedy);
    }

    [Fact]
    public async Task An_authority_that_is_over_is_followed_by_another()
    {
        using var old = new TestAuthority(_folder.Path, "old-ca", Days(-1));

        var finding = await VisitAsync(old.Sign("broker", "127.0.0.1", Days(20)), options => options.CaFile = old.File);

        Assert.Contains("CN=old-ca, which signed its certificate, expired on ", finding.Detail, StringComparison.Ordinal);
        Assert.StartsWith("have the authority's successor sign the broker's certificate", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_of_another_authority_is_mended_with_the_file_of_that_authority()
    {
        using var stranger = new TestAuthority(_folder.Path, "stranger-ca");

        var finding = await VisitAsync(stranger.Sign("broker", "127.0.0.1"));

        Assert.Contains("its certificate, CN=broker, is not signed by the authority in ", finding.Detail, StringComparison.Ordinal);
        Assert.StartsWith("set Mqtt:CaFile to the certificate of the authority that signed the broker's", finding.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("Mqtt:Host", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_brokers_certificate_for_another_host_is_mended_with_the_hosts_name()
    {
        var finding = await VisitAsync(_authority.Sign("broker", "elsewhere"));

        Assert.EndsWith("its certificate is for elsewhere, not for 127.0.0.1", finding.Detail, StringComparison.Ordinal);
        Assert.StartsWith("set Mqtt:Host to a name in the broker's certificate", finding.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("Mqtt:CaFile", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_wants_a_certificate_from_us_is_given_one()
    {
        var finding = await VisitAsync(_authority.Sign("broker", "127.0.0.1"), null, "require_certificate true");

        Assert.EndsWith("it wants a certificate from us; set Mqtt:CertificateFile and Mqtt:KeyFile", finding.Detail, StringComparison.Ordinal);
        Assert.StartsWith("have the vehicle's authority sign a certificate whose common name is our user", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_certificate_that_the_broker_refuses_is_signed_by_whom_the_broker_trusts()
    {
        using var stranger = new TestAuthority(_folder.Path, "stranger-ca");
        var (certificate, key) = stranger.Sign("cabinmood");

        var finding = await VisitAsync(
            _authority.Sign("broker", "127.0.0.1"), options => (options.CertificateFile, options.KeyFile) = (certificate, key), "require_certificate true");

        Assert.Contains($"it refuses our certificate {certificate}", finding.Detail, StringComparison.Ordinal);
        Assert.StartsWith("have the authority that the broker trusts (cafile of its configuration) sign ours anew", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_another_certificate_is_mended_with_its_own()
    {
        var (certificate, _) = _authority.Sign("cabinmood");
        var (_, key) = _authority.Sign("other");

        var finding = await VisitAsync(_authority.Sign("broker", "127.0.0.1"), options => (options.CertificateFile, options.KeyFile) = (certificate, key));

        Assert.Contains("are no pair in PEM", finding.Detail, StringComparison.Ordinal);
        Assert.Contains($"openssl pkey -pubout -in {key}", finding.Remedy, StringComparison.Ordinal);
    }

    private static DateTimeOffset Days(int days) => TimeProvider.System.GetUtcNow().AddDays(days);

    private async Task<Finding> VisitAsync((string Certificate, string Key) own, Action<MqttOptions>? change = null, params string[] settings)
    {
        using var broker = await PrivateBroker.StartAsync(
            ["allow_anonymous true", $"cafile {_authority.File}", $"certfile {own.Certificate}", $"keyfile {own.Key}", .. settings]);
        var options = new MqttOptions { Host = "127.0.0.1", Port = broker.Port, Tls = true, CaFile = _authority.File };
        change?.Invoke(options);
        var finding = Assert.Single(await new BrokerVisit(options, new VehicleOptions(), TimeProvider.System).LookAsync(default));
        Assert.False(finding.IsGood);
        return finding;
    }
}
