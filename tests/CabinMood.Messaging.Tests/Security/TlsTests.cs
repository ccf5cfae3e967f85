using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CabinMood.Messaging.Tests.Security;

/// <summary>The real broker with real certificates, which are made for each test.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cabinmood-tls-");
    private readonly TestAuthority _authority;

    public TlsTests() => _authority = new TestAuthority(_folder.FullName, "vehicle-ca");

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task With_the_right_certificates_on_both_sides_messages_flow()
    {
        var (certificate, key) = _authority.Sign("service");
        using var broker = await BrokerAsync(_authority.Sign("broker", "127.0.0.1"), "require_certificate true");
        var options = OptionsFor(broker, certificate, key);
        await using var service = new TestLink(options, [new MqttSubscription("x", 1)]);
        service.Link.Start();
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);

        service.Link.Publish("x", "over TLS"u8, 1, false);

        Assert.Equal("over TLS", TestLink.Text(await service.MessageAsync(_ => true)));
    }

    [Fact]
    public async Task A_broker_of_an_unknown_authority_is_refused()
    {
        using var stranger = new TestAuthority(_folder.FullName, "stranger-ca");
        using var broker = await BrokerAsync(stranger.Sign("broker", "127.0.0.1"));

        var reason = await RefusalAsync(OptionsFor(broker));

        Assert.StartsWith($"its certificate, CN=broker, is not signed by the authority in {_authority.File}", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_whose_certificate_has_expired_is_refused()
    {
        using var broker = await BrokerAsync(_authority.Sign("broker", "127.0.0.1", DateTimeOffset.UtcNow.AddDays(-2)));

        var reason = await RefusalAsync(OptionsFor(broker));

        Assert.Matches("^its certificate expired on [0-9-]{10} [0-9:]{5}Z, and our clock says ", reason);
    }

    [Fact]
    public async Task An_authority_that_is_over_is_named_and_not_taken_for_an_unknown_one()
    {
        using var old = new TestAuthority(_folder.FullName, "old-ca", DateTimeOffset.UtcNow.AddDays(-1));
        using var broker = await BrokerAsync(old.Sign("broker", "127.0.0.1", DateTimeOffset.UtcNow.AddDays(20)));
        var options = OptionsFor(broker);
        options.CaFile = old.File;

        var reason = await RefusalAsync(options);

        Assert.Matches("^CN=old-ca, which signed its certificate, expired on [0-9-]{10} [0-9:]{5}Z, and our clock says ", reason);
    }

    [Fact]
    public async Task Our_certificate_that_is_over_is_said_to_be_over()
    {
        var (certificate, key) = _authority.Sign("service", until: DateTimeOffset.UtcNow.AddDays(-1));
        using var broker = await BrokerAsync(_authority.Sign("broker", "127.0.0.1"), "require_certificate true");

        var reason = await RefusalAsync(OptionsFor(broker, certificate, key));

        Assert.StartsWith($"it refuses our certificate {certificate}, which expired on ", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_with_another_hosts_certificate_is_refused()
    {
        using var broker = await BrokerAsync(_authority.Sign("broker", "broker.vehicle"));

        var reason = await RefusalAsync(OptionsFor(broker));

        Assert.Equal("its certificate is for broker.vehicle, not for 127.0.0.1", reason);
    }

    [Fact]
    public async Task A_broker_that_wants_a_certificate_from_us_says_so()
    {
        using var broker = await BrokerAsync(_authority.Sign("broker", "127.0.0.1"), "require_certificate true");

        var reason = await RefusalAsync(OptionsFor(broker));

        Assert.Equal("it wants a certificate from us; set Mqtt:CertificateFile and Mqtt:KeyFile", reason);
    }

    [Fact]
    public async Task A_certificate_that_the_broker_does_not_accept_is_named()
    {
        using var stranger = new TestAuthority(_folder.FullName, "stranger-ca");
        var (certificate, key) = stranger.Sign("service");
        using var broker = await BrokerAsync(_authority.Sign("broker", "127.0.0.1"), "require_certificate true");

        var reason = await RefusalAsync(OptionsFor(broker, certificate, key));

        Assert.StartsWith($"it refuses our certificate {certificate}", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_without_TLS_is_refused()
    {
        using var broker = await PrivateBroker.StartAsync();

        var reason = await RefusalAsync(OptionsFor(broker));

        Assert.Equal("it takes connections but does not speak TLS", reason);
    }

    [Fact]
    public async Task Who_only_pretends_to_be_the_broker_is_not_told_the_users_name()
    {
        using var pretender = new TcpListener(IPAddress.Loopback, 0);
        pretender.Start();
        var heard = ListenAsync(pretender);
        var options = OptionsFor(((IPEndPoint)pretender.LocalEndpoint).Port);

        options.Username = "service";
        await using var service = new TestLink(options, []);
        service.Link.Start();
        await service.UntilAsync(() => service.Link.Status.Reason == "it takes connections but does not answer");

        pretender.Stop();
        var texts = (await heard).Where(bytes => bytes.Length > 0).ToArray();
        Assert.NotEmpty(texts);
        // 22 begins a TLS handshake [RFC 8446, 5.1].
        Assert.All(texts, bytes => Assert.Equal(22, bytes[0]));
        Assert.All(texts, bytes => Assert.DoesNotContain(options.Username, Encoding.ASCII.GetString(bytes), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        using var broker = await BrokerAsync(_authority.Sign("broker", "127.0.0.1"));
        var options = OptionsFor(broker);
        options.CaFile = Path.Combine(_folder.FullName, "nowhere.crt");

        var reason = await RefusalAsync(options);

        Assert.StartsWith("the CA file cannot be read: ", reason, StringComparison.Ordinal);
        Assert.Contains("nowhere.crt", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_does_not_belong_to_its_certificate_is_named()
    {
        var (certificate, _) = _authority.Sign("service");
        var (_, key) = _authority.Sign("other");
        using var broker = await BrokerAsync(_authority.Sign("broker", "127.0.0.1"));

        var reason = await RefusalAsync(OptionsFor(broker, certificate, key));

        Assert.Contains("are no pair in PEM without a pass phrase", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mended_certificate_needs_no_restart()
    {
        var file = Path.Combine(_folder.FullName, "trusted.crt");
        await File.WriteAllTextAsync(file, "not yet");
        using var broker = await BrokerAsync(_authority.Sign("broker", "127.0.0.1"));
        var options = OptionsFor(broker);
        options.CaFile = file;
        var time = new ManualTime();
        await using var service = new TestLink(options, [], time: time);
        service.Link.Start();
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Refused);
        Assert.Contains("holds no certificate in PEM", service.Link.Status.Reason, StringComparison.Ordinal);

        File.Copy(_authority.File, file, overwrite: true);
        await time.PassAsync(TimeSpan.FromSeconds(30));

        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);
    }

    private static Task<PrivateBroker> BrokerAsync((string Certificate, string Key) own, params string[] settings)
    {
        var folder = Path.GetDirectoryName(own.Certificate)!;
        return PrivateBroker.StartAsync(
            ["allow_anonymous true", $"cafile {Path.Combine(folder, "vehicle-ca.crt")}", $"certfile {own.Certificate}", $"keyfile {own.Key}", .. settings]);
    }

    private static async Task<string> RefusalAsync(MqttOptions options)
    {
        options.Username = "service";
        await using var service = new TestLink(options, []);
        service.Link.Start();
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Refused);
        return service.Link.Status.Reason!;
    }

    // The first bytes of every connection, until the listener stops; nothing is answered.
    private static async Task<IReadOnlyList<byte[]>> ListenAsync(TcpListener listener)
    {
        List<byte[]> heard = [];
        List<TcpClient> clients = [];
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                clients.Add(client);
                var buffer = new byte[4096];
                heard.Add(buffer[..await client.GetStream().ReadAsync(buffer)]);
            }
        }
        catch (SocketException)
        {
            // Stopped.
        }

        clients.ForEach(client => client.Dispose());
        return heard;
    }

    private MqttOptions OptionsFor(PrivateBroker broker, string certificate = "", string key = "") => OptionsFor(broker.Port, certificate, key);

    private MqttOptions OptionsFor(int port, string certificate = "", string key = "")
    {
        var options = TestLink.OptionsFor(port, "service");
        (options.Tls, options.CaFile, options.CertificateFile, options.KeyFile) = (true, _authority.File, certificate, key);
        return options;
    }
}
