using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CabinMood.Core.Safety;
using CabinMood.Messaging;
using CabinMood.Messaging.Tests;
using CabinMood.Messaging.Tests.Security;
using CabinMood.Service.Diagnosis;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.Diagnosis;

/// <summary>What the doctor finds out about the real broker.</summary>
public sealed class BrokerVisitTests
{
    [Fact]
    public async Task A_broker_that_lets_us_do_our_work_is_good_in_both_ways()
    {
        using var broker = await PrivateBroker.StartAsync();

        var findings = await VisitAsync(broker);

        Assert.Equal(["broker", "rights"], findings.Select(finding => finding.Subject));
        Assert.All(findings, finding => Assert.True(finding.IsGood, finding.Detail));
        Assert.StartsWith("we may publish on all 7 topics, and the broker takes all 13 subscriptions; ", findings[^1].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("topic read cabinmood/+/mood\n", "the broker does not let us publish cabinmood/car/reply; not tried: ")]
    [InlineData("topic readwrite cabinmood/+/doctor\ntopic write cabinmood/+/reply\n", "the broker does not let us publish cabinmood/car/availability, cabinmood/car/mood, cabinmood/car/song, cabinmood/car/limiter, cabinmood/car/privacy, cabinmood/car/health")]
    [InlineData("topic write cabinmood/+/reply\n", "the broker does not let us publish cabinmood/car/availability, cabinmood/car/mood, cabinmood/car/song, cabinmood/car/limiter, cabinmood/car/privacy, cabinmood/car/health")]
    public async Task Rights_that_the_brokers_list_withholds_are_named_with_what_gives_them(string list, string detail)
    {
        using var folder = new TemporaryFolder();
        using var broker = await PrivateBroker.StartAsync(["allow_anonymous true", $"acl_file {folder.Write("acl", list)}"]);

        var rights = (await VisitAsync(broker))[^1];

        Assert.False(rights.IsGood);
        Assert.StartsWith(detail, rights.Detail, StringComparison.Ordinal);
        Assert.Contains("mosquitto.acl", rights.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_not_be_tried_without_being_heard_is_named_with_what_lets_us_try_it()
    {
        using var folder = new TemporaryFolder();
        using var broker = await PrivateBroker.StartAsync(["allow_anonymous true", $"acl_file {folder.Write("acl", "topic write cabinmood/+/reply\n")}"]);
        await using var headUnit = await TestLink.ConnectedAsync(broker.Port, "head-unit", "#");

        var rights = (await VisitAsync(broker))[^1];

        Assert.True(rights.IsGood);
        Assert.Contains("not tried: whether we may publish cabinmood/car/availability, cabinmood/car/mood, ", rights.Detail, StringComparison.Ordinal);
        Assert.Contains("write and read cabinmood/car/doctor", rights.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_refuses_us_is_said_to_refuse_us()
    {
        using var broker = await PrivateBroker.StartAsync(["allow_anonymous false"]);

        var finding = Assert.Single(await VisitAsync(broker));

        Assert.False(finding.IsGood);
        Assert.EndsWith(": Not authorized", finding.Detail, StringComparison.Ordinal);
        Assert.StartsWith("set Mqtt:Username and Mqtt:PasswordFile", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_mended_with_a_password_and_not_with_another_broker()
    {
        using var folder = new TemporaryFolder();
        using var broker = await PrivateBroker.StartAsync(["allow_anonymous false"]);

        var finding = Assert.Single(await VisitAsync(broker, options => (options.Username, options.PasswordFile) = ("service", folder.Write("password", "wrong"))));

        Assert.Contains("mosquitto_passwd /etc/mosquitto/cabinmood.passwords service", finding.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("start a broker", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_cannot_be_read_is_mended_with_the_rights_of_its_file()
    {
        using var broker = await PrivateBroker.StartAsync();

        var finding = Assert.Single(await VisitAsync(broker, options => (options.Username, options.PasswordFile) = ("service", "/nowhere/password")));

        Assert.StartsWith("let us read the file", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TLS_on_a_plain_port_is_mended_with_the_other_port_and_not_with_certificates()
    {
        using var broker = await PrivateBroker.StartAsync();
        using var folder = new TemporaryFolder();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=root", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        var finding = Assert.Single(await VisitAsync(broker, options => (options.Tls, options.CaFile) = (true, folder.Write("ca.crt", certificate.ExportCertificatePem()))));

        Assert.EndsWith("it takes connections but does not speak TLS", finding.Detail, StringComparison.Ordinal);
        Assert.StartsWith("that port speaks MQTT without TLS", finding.Remedy, StringComparison.Ordinal);
        Assert.Contains("Mqtt:Tls to false", finding.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("openssl", finding.Remedy, StringComparison.Ordinal);
    }

    [NeedsDynamicSecurityFact]
    public async Task A_broker_that_does_not_let_us_listen_is_said_to_with_what_lets_us()
    {
        // Everything is allowed but to subscribe to commands.
        using var folder = new TemporaryFolder();
        var rights = folder.Write("rights.json", """
            {
              "defaultACLAccess": { "publishClientSend": true, "publishClientReceive": true, "subscribe": false, "unsubscribe": true },
              "anonymousGroup": "anybody",
              "groups": [{ "groupname": "anybody", "roles": [{ "rolename": "teller" }] }],
              "roles": [{ "rolename": "teller", "acls": [] }]
            }
            """);
        using var broker = await PrivateBroker.StartAsync(["allow_anonymous true", $"plugin {NeedsDynamicSecurityFactAttribute.Plugin}", $"plugin_opt_config_file {rights}"]);

        var findings = await VisitAsync(broker);

        Assert.True(findings[0].IsGood, findings[0].Detail);
        Assert.StartsWith("the broker does not let us listen to cabinmood/car/set/#, cabinmood/car/player, ", findings[^1].Detail, StringComparison.Ordinal);
        Assert.Contains(", vss/Vehicle/Speed, ", findings[^1].Detail, StringComparison.Ordinal);
        Assert.Contains("mosquitto_ctrl dynsec addRoleACL ROLE subscribePattern 'cabinmood/car/set/#' allow", findings[^1].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_broker_is_one_has_to_be_started()
    {
        using var broker = await PrivateBroker.StartAsync();
        broker.Kill();

        var finding = Assert.Single(await VisitAsync(broker));

        Assert.StartsWith("start a broker", finding.Remedy, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<Finding>> VisitAsync(PrivateBroker broker, Action<MqttOptions>? change = null)
    {
        var options = new MqttOptions { Host = "127.0.0.1", Port = broker.Port };
        change?.Invoke(options);
        return new BrokerVisit(options, new VehicleOptions(), TimeProvider.System).LookAsync(default);
    }
}
