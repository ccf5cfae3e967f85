using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CabinMood.Messaging.Tests.Security;
using CabinMood.Messaging.Trials;

namespace CabinMood.Messaging.Tests.Trials;

/// <summary>What a trial finds out of a broker's rights, and that nobody notices it.</summary>
public sealed class RightsTrialTests : IDisposable
{
    private const string Everything = "topic readwrite cabinmood/car/doctor\ntopic read #\n";

    private static readonly MqttSubscription[] Subscriptions = [new("cabinmood/car/set/#", 1), new("vss/Vehicle/Speed", 0)];

    private readonly Topics _topics = new("car");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cabinmood-trial-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("availability")]
    [InlineData("mood")]
    [InlineData("song")]
    [InlineData("limiter")]
    [InlineData("privacy")]
    [InlineData("health")]
    [InlineData("reply")]
    public async Task The_one_topic_that_a_brokers_list_withholds_is_named(string withheld)
    {
        var allowed = _topics.Published.Where(topic => topic != $"cabinmood/car/{withheld}").Select(topic => $"topic write {topic}\n");
        using var broker = await ListedAsync(Everything + string.Concat(allowed));

        var report = await TryAsync(broker.Port);

        Assert.Equal([$"cabinmood/car/{withheld}"], report.Unwritable);
        Assert.Empty(report.UntriedTopics);
        Assert.Null(report.WhyUntried);
    }

    [Fact]
    public async Task Nobody_hears_anything_of_a_trial_but_a_reply_to_no_command()
    {
        using var broker = await PrivateBroker.StartAsync();
        await using var service = await TestLink.ConnectedAsync(broker.Port, "cabinmood-car");
        service.Link.Publish(_topics.Song, "song"u8, qos: 1, retain: true);
        await using var headUnit = await TestLink.ConnectedAsync(broker.Port, "head-unit", "#");
        await headUnit.MessageAsync(message => message.Topic == _topics.Song);
        headUnit.Forget();

        var report = await TryAsync(broker.Port);

        Assert.Empty(report.Unwritable);
        Assert.Empty(report.UntriedTopics);
        service.Link.Publish("end", "end"u8, qos: 1, retain: false);
        await headUnit.MessageAsync(message => message.Topic == "end");
        Assert.Equal([_topics.Reply, _topics.Trial, "end"], headUnit.Messages.Select(message => message.Topic));
        await using var late = await TestLink.ConnectedAsync(broker.Port, "late", "#");
        await late.MessageAsync(_ => true);
        Assert.Equal(["song"], late.Messages.Select(TestLink.Text));
        Assert.Equal(1, service.Link.Status.Connections);
    }

    [Fact]
    public async Task A_list_without_a_topic_for_trials_is_tried_all_the_same_while_nobody_listens_to_replies()
    {
        using var broker = await ListedAsync("topic write cabinmood/car/reply\ntopic read cabinmood/car/set/#\n");

        var report = await TryAsync(broker.Port);

        Assert.Equal(_topics.Published.Except([_topics.Reply]), report.Unwritable);
        Assert.Empty(report.UntriedTopics);
    }

    [Fact]
    public async Task Where_a_trial_could_be_heard_it_is_left_and_that_is_said()
    {
        using var broker = await ListedAsync("topic write cabinmood/car/reply\ntopic read #\n");
        await using var headUnit = await TestLink.ConnectedAsync(broker.Port, "head-unit", "#");

        var report = await TryAsync(broker.Port);

        Assert.Empty(report.Unwritable);
        Assert.Equal(_topics.Published.Except([_topics.Reply]), report.UntriedTopics);
        Assert.Equal("a trial could be heard, unless the broker lets us write and read cabinmood/car/doctor", report.WhyUntried);
    }

    [Fact]
    public async Task A_broker_that_hands_on_what_was_not_released_is_offered_no_mood_and_no_song()
    {
        await using var broker = new StubBroker(packet => packet.IsPublication ? [.. packet.Answer(), .. packet.HandedOn()] : packet.Answer());

        var report = await TryAsync(broker.Port);

        Assert.Equal(_topics.Published.Except([_topics.Reply]), report.UntriedTopics);
        Assert.Equal("this broker hands a message on before it is released, so a trial would be heard", report.WhyUntried);
        Assert.DoesNotContain(broker.RemainingTopics(), topic => topic != _topics.Reply && topic != _topics.Trial);
    }

    [Fact]
    public async Task A_broker_that_throws_out_who_publishes_where_it_may_not_has_said_no()
    {
        await using var broker = new StubBroker(Telling(packet => packet.Topic == _topics.Mood ? ClientPacket.Goodbye(MqttReason.NotAuthorized) : packet.Answer()));

        var report = await TryAsync(broker.Port);

        Assert.Equal([_topics.Mood], report.Unwritable);
        Assert.Empty(report.UntriedTopics);
    }

    [NeedsDynamicSecurityFact]
    public async Task Subscriptions_that_a_broker_refuses_are_named()
    {
        var rights = Path.Combine(_folder.FullName, "rights.json");
        await File.WriteAllTextAsync(rights, """
            {
              "defaultACLAccess": { "publishClientSend": true, "publishClientReceive": true, "subscribe": false, "unsubscribe": true },
              "anonymousGroup": "anybody",
              "groups": [{ "groupname": "anybody", "roles": [{ "rolename": "reader" }] }],
              "roles": [{ "rolename": "reader", "acls": [{ "acltype": "subscribePattern", "topic": "cabinmood/car/#", "allow": true }] }]
            }
            """);
        using var broker = await PrivateBroker.StartAsync(["allow_anonymous true", $"plugin {NeedsDynamicSecurityFactAttribute.Plugin}", $"plugin_opt_config_file {rights}"]);

        var report = await TryAsync(broker.Port);

        Assert.Equal(["vss/Vehicle/Speed"], report.Unheard);
        Assert.Empty(report.Unwritable);
        Assert.Empty(report.UntriedTopics);
    }

    [Fact]
    public async Task A_broker_that_closes_the_connection_at_one_topic_is_asked_about_the_others()
    {
        await using var broker = new StubBroker(Telling(packet =>
            packet.Topic is "cabinmood/car/set/#" or "cabinmood/car/mood" ? null
            : packet.Topic is "vss/Vehicle/Speed" or "cabinmood/car/song" ? packet.Answer(MqttReason.NotAuthorized)
            : packet.Answer()));

        var report = await TryAsync(broker.Port);

        Assert.Equal([new("cabinmood/car/set/#", "it closed the connection"), new("cabinmood/car/mood", "it closed the connection")], report.BrokenOff);
        Assert.Equal(["vss/Vehicle/Speed"], report.Unheard);
        Assert.Equal([_topics.Song], report.Unwritable);
        Assert.Empty(report.UntriedFilters.Concat(report.UntriedTopics));
        Assert.Equal(TrialObstacle.None, report.Obstacle);
    }

    [Fact]
    public async Task A_broker_that_throws_out_who_listens_where_it_may_not_is_asked_about_the_others_too()
    {
        await using var broker = new StubBroker(Telling(packet => packet.IsSubscription ? ClientPacket.Goodbye(MqttReason.NotAuthorized) : packet.Answer()));

        var report = await TryAsync(broker.Port);

        Assert.Equal(Subscriptions.Select(subscription => subscription.Filter), report.Unheard);
        Assert.Empty(report.BrokenOff);
        Assert.Empty(report.UntriedTopics);
    }

    [Fact]
    public async Task A_broker_that_has_looked_for_listeners_before_a_release_is_offered_no_mood_and_no_song()
    {
        await using var broker = new StubBroker(packet =>
            packet.Topic == _topics.Trial ? packet.Answer(MqttReason.NotAuthorized)
            : packet.IsPublication ? packet.Answer(MqttReason.NoMatchingSubscribers)
            : packet.Answer());

        var report = await TryAsync(broker.Port);

        Assert.Equal(TrialObstacle.HandsOn, report.Obstacle);
        Assert.Equal(_topics.Published.Except([_topics.Reply]), report.UntriedTopics);
        Assert.All(broker.RemainingTopics(), topic => Assert.Equal(_topics.Reply, topic));
    }

    [Fact]
    public async Task Where_nobody_takes_connections_everything_is_untried()
    {
        var broker = await PrivateBroker.StartAsync();
        var port = broker.Port;
        broker.Dispose();

        AssertUntried(await TryAsync(port), "Connection refused");
    }

    [Fact]
    public async Task A_broker_that_closes_the_connection_before_it_lets_us_in_leaves_everything_untried()
    {
        await using var broker = new StubBroker(_ => null);

        AssertUntried(await TryAsync(broker.Port), "it closed the connection");
    }

    [Fact]
    public async Task A_broker_that_takes_connections_and_says_nothing_leaves_everything_untried()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var broker = new StubBroker(_ =>
        {
            asked.TrySetResult();
            return [];
        });
        var time = new ManualTime();
        var trial = TryAsync(broker.Port, time);
        await asked.Task.WaitAsync(TestLink.Patience);

        await time.PassAsync(TimeSpan.FromSeconds(3));

        AssertUntried(await trial.WaitAsync(TestLink.Patience), "the broker did not answer in time");
    }

    [Fact]
    public async Task Who_only_pretends_to_be_the_broker_is_not_told_the_password()
    {
        using var trusted = new TestAuthority(_folder.FullName, "vehicle-ca");
        using var other = new TestAuthority(_folder.FullName, "other-ca");
        var (certificate, key) = other.Sign("broker", "127.0.0.1");
        using var pretender = new TcpListener(IPAddress.Loopback, 0);
        pretender.Start();
        var options = TestLink.OptionsFor(((IPEndPoint)pretender.LocalEndpoint).Port, "doctor");
        (options.Tls, options.CaFile) = (true, trusted.File);
        (options.Username, options.PasswordFile) = ("service", Path.Combine(_folder.FullName, "password"));
        await File.WriteAllTextAsync(options.PasswordFile, "secret\n");
        var heard = HearAsync(pretender, certificate, key);

        var report = await new RightsTrial(options, TimeProvider.System).TryAsync(Subscriptions, default);

        Assert.Empty(await heard.WaitAsync(TestLink.Patience));
        AssertUntried(report, "ertificate");
    }

    private static void AssertUntried(RightsReport report, string why)
    {
        Assert.Empty(report.Unheard.Concat(report.Unwritable));
        Assert.Empty(report.BrokenOff);
        Assert.Equal(Subscriptions.Select(subscription => subscription.Filter), report.UntriedFilters);
        Assert.Equal(new Topics("car").Published, report.UntriedTopics);
        Assert.Equal(TrialObstacle.Broker, report.Obstacle);
        Assert.Contains(why, report.WhyUntried, StringComparison.Ordinal);
    }

    // What the first client says after the handshake, as far as it goes along with that, until it waits for an answer.
    private static async Task<string> HearAsync(TcpListener pretender, string certificate, string key)
    {
        using var client = await pretender.AcceptTcpClientAsync();
        using var own = X509Certificate2.CreateFromPemFile(certificate, key);
        using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(own);
            var said = new byte[4096];
            return Encoding.ASCII.GetString(said, 0, await stream.ReadAsync(said));
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            return "";
        }
    }

    private static Task<RightsReport> TryAsync(int port, TimeProvider? time = null) =>
        new RightsTrial(TestLink.OptionsFor(port, "doctor"), time ?? TimeProvider.System).TryAsync(Subscriptions, default);

    // Of a reply it says that nobody listens, and of one that is not released not yet: so a trial does nobody harm.
    private Func<ClientPacket, byte[]?> Telling(Func<ClientPacket, byte[]?> otherwise) => packet =>
        packet.Topic == _topics.Trial ? packet.Answer(MqttReason.NotAuthorized)
        : packet.Topic == _topics.Reply && packet.Qos == 1 ? packet.Answer(MqttReason.NoMatchingSubscribers)
        : otherwise(packet);

    private async Task<PrivateBroker> ListedAsync(string list)
    {
        var file = Path.Combine(_folder.FullName, "list.acl");
        await File.WriteAllTextAsync(file, list);
        return await PrivateBroker.StartAsync(["allow_anonymous true", $"acl_file {file}"]);
    }
}
