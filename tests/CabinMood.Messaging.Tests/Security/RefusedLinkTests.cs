using System.Diagnostics;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Messaging.Tests.Security;

public sealed class RefusedLinkTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cabinmood-refused-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_wrong_password_is_reported_and_tried_again_slowly_until_it_is_right()
    {
        using var broker = await PrivateBroker.StartAsync(["allow_anonymous false", $"password_file {PasswordsOf("service", "right")}"]);
        var passwordFile = Path.Combine(_folder.FullName, "password");
        await File.WriteAllTextAsync(passwordFile, "wrong\n");
        var options = TestLink.OptionsFor(broker.Port, "service");
        options.Username = "service";
        options.PasswordFile = passwordFile;
        var time = new ManualTime();
        await using var service = new TestLink(options, [], time: time);
        service.Link.Start();
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Refused);
        Assert.Contains("uthori", service.Link.Status.Reason, StringComparison.Ordinal);

        await File.WriteAllTextAsync(passwordFile, "right\n");
        await time.PassAsync(TimeSpan.FromSeconds(30));

        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);
        Assert.Null(service.Link.Status.Reason);
    }

    [Fact]
    public async Task A_password_file_that_is_gone_when_the_broker_restarts_is_not_blamed_on_it_and_is_tried_again_soon()
    {
        var passwordFile = Path.Combine(_folder.FullName, "password");
        await File.WriteAllTextAsync(passwordFile, "right\n");
        string[] settings = ["allow_anonymous false", $"password_file {PasswordsOf("service", "right")}"];
        var broker = await PrivateBroker.StartAsync(settings);
        try
        {
            var options = TestLink.OptionsFor(broker.Port, "service");
            options.Username = "service";
            options.PasswordFile = passwordFile;
            var (time, log) = (new ManualTime(), new LogLines<MqttLink>());
            await using var service = new TestLink(options, [], time: time, logger: log);
            service.Link.Start();
            await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);

            File.Delete(passwordFile);
            broker.Kill();
            await time.PassAsync(TimeSpan.FromSeconds(1));
            await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Refused);
            Assert.Equal($"the password file cannot be read: Could not find file '{passwordFile}'", service.Link.Status.Reason);
            Assert.Equal(
                $"The MQTT broker at 127.0.0.1:{broker.Port} cannot be asked: the password file cannot be read: Could not find file '{passwordFile}'. Trying again every few seconds.",
                log.All[^1]);
            var port = broker.Port;
            broker.Dispose();
            broker = await PrivateBroker.StartAsync(settings, port);

            await File.WriteAllTextAsync(passwordFile, "right\n");
            await time.PassAsync(TimeSpan.FromSeconds(2));

            await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);
            Assert.Equal(4, log.All.Count);
        }
        finally
        {
            broker.Dispose();
        }
    }

    [Fact]
    public async Task A_password_file_that_is_missing_at_the_start_or_is_a_folder_is_named()
    {
        using var broker = await PrivateBroker.StartAsync();
        foreach (var name in new[] { "not-there", "folder" })
        {
            var options = TestLink.OptionsFor(broker.Port, "service");
            options.Username = "service";
            options.PasswordFile = Path.Combine(_folder.FullName, name);
            Directory.CreateDirectory(Path.Combine(_folder.FullName, "folder"));
            await using var service = new TestLink(options, []);

            service.Link.Start();

            await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Refused);
            Assert.Contains($"/{name}'", service.Link.Status.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_publication_without_the_right_to_it_is_counted()
    {
        var rights = Path.Combine(_folder.FullName, "rights.acl");
        await File.WriteAllTextAsync(rights, "topic read #\n");
        using var broker = await PrivateBroker.StartAsync(["allow_anonymous true", $"acl_file {rights}"]);
        await using var service = await TestLink.ConnectedAsync(broker.Port, "service");

        service.Link.PublishReply("cabinmood/car/reply", "{}"u8);

        // The acknowledgement settles the reply, refused or not: sending it for ever would not help.
        await AnsweredAsync(service);
        Assert.Equal(1, service.Link.Status.RejectedPublications);
    }

    [Fact]
    public async Task A_response_topic_that_we_may_not_write_to_is_the_askers_mistake_and_not_counted()
    {
        var rights = Path.Combine(_folder.FullName, "rights.acl");
        await File.WriteAllTextAsync(rights, "topic write cabinmood/car/reply\n");
        using var broker = await PrivateBroker.StartAsync(["allow_anonymous true", $"acl_file {rights}"]);
        await using var service = await TestLink.ConnectedAsync(broker.Port, "service");

        service.Link.PublishReply("cabinmood/car/reply", "{}"u8, new ReplyAddress("elsewhere", ReadOnlyMemory<byte>.Empty));

        await AnsweredAsync(service);
        Assert.Equal(0, service.Link.Status.RejectedPublications);
    }

    [NeedsDynamicSecurityFact]
    public async Task A_subscription_without_the_right_to_it_is_counted_and_the_others_stand()
    {
        // mosquitto's plain list of rights takes every subscription; its plugin says no to those that it does not name.
        var rights = Path.Combine(_folder.FullName, "rights.json");
        await File.WriteAllTextAsync(rights, """
            {
              "defaultACLAccess": { "publishClientSend": true, "publishClientReceive": true, "subscribe": false, "unsubscribe": true },
              "anonymousGroup": "anybody",
              "groups": [{ "groupname": "anybody", "roles": [{ "rolename": "reader" }] }],
              "roles": [{ "rolename": "reader", "acls": [{ "acltype": "subscribePattern", "topic": "cabinmood/car/set/#", "allow": true }] }]
            }
            """);
        using var broker = await PrivateBroker.StartAsync(["allow_anonymous true", $"plugin {NeedsDynamicSecurityFactAttribute.Plugin}", $"plugin_opt_config_file {rights}"]);
        await using var service = new TestLink(TestLink.OptionsFor(broker.Port, "service"), [new MqttSubscription("cabinmood/car/set/#", 1), new MqttSubscription("vss/#", 0)]);
        service.Link.Start();
        await service.UntilAsync(() => service.Link.Status.State == MqttLinkState.Connected);

        service.Link.Publish("cabinmood/car/set/erase", "{}"u8, qos: 1, retain: false);

        await service.MessageAsync(message => message.Topic == "cabinmood/car/set/erase");
        Assert.Equal(1, service.Link.Status.RefusedSubscriptions);
    }

    private static async Task AnsweredAsync(TestLink service)
    {
        using var limit = new CancellationTokenSource(TestLink.Patience);
        while (service.Link.Status.PendingReplies > 0)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private string PasswordsOf(string user, string password)
    {
        var file = Path.Combine(_folder.FullName, "passwords");
        using var tool = Process.Start(new ProcessStartInfo("mosquitto_passwd", ["-b", "-c", file, user, password])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        tool.WaitForExit();
        Assert.Equal(0, tool.ExitCode);
        return file;
    }
}
