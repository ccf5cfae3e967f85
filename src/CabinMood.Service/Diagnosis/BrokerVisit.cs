using CabinMood.Core.Conductor.Publications;
using CabinMood.Messaging;
using CabinMood.Service.Commands;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Diagnosis;

/// <summary>Calls on the broker under a name of its own, so that a running service keeps its connection.</summary>
internal sealed class BrokerVisit(MqttOptions options, TimeProvider time)
{
    // A broker on the same machine answers in milliseconds, one behind a radio link in a second.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private const string StartIt = "start a broker (sudo apt-get install mosquitto; sudo systemctl start mosquitto) or set Mqtt:Host and Mqtt:Port";
    private const string MendPublishing = "give our user the rights that configs/mosquitto.acl gives to cabinmood, in the file that acl_file of the broker's configuration names "
        + "(sudo install -m 644 /usr/lib/cabinmood/configs/mosquitto.acl /etc/mosquitto/cabinmood.acl; sudo systemctl reload mosquitto)";

    // What answers there wants somebody to change something, or speaks another language: starting a broker mends neither.
    private string Remedy(MqttObstacle obstacle) => obstacle switch
    {
        MqttObstacle.Unreachable => StartIt,
        MqttObstacle.Files => MachineChecks.LetUsRead,
        MqttObstacle.Trust => "set Mqtt:Host to the name in the broker's certificate, and Mqtt:CaFile, CertificateFile and KeyFile to what the vehicle's authority has signed; "
            + $"who signed what until when: openssl s_client -connect {options.Host}:{options.Port} -showcerts </dev/null, and openssl x509 -noout -subject -issuer -enddate -in FILE; "
            + $"where it is our clock that is wrong: {MachineChecks.SetClock}",
        MqttObstacle.PlainPort => "that port speaks MQTT without TLS, if MQTT at all: set Mqtt:Port to the broker's TLS listener (usually 8883), or Mqtt:Tls to false for a plain one",
        MqttObstacle.Login when options.Username.Length > 0 => "give our user one password on both sides: "
            + $"sudo mosquitto_passwd /etc/mosquitto/cabinmood.passwords {options.Username}; sudo systemctl reload mosquitto; and the same in Mqtt:PasswordFile",
        MqttObstacle.Login => "set Mqtt:Username and Mqtt:PasswordFile, or with Mqtt:Tls Mqtt:CertificateFile and KeyFile, to those of a user whom the broker knows",
        _ => "see whether Mqtt:Port is the broker's MQTT 5 listener and Mqtt:Tls as that listener has it, and what the broker says: sudo journalctl -u mosquitto -n 20",
    };

    // mosquitto's plain list refuses no subscription: who does has its dynamic security plugin, or is another broker.
    private static string MendListening(Topics topics) => $"give our user the right to subscribe to {topics.CommandFilter}; "
        + $"with mosquitto's dynamic security plugin: mosquitto_ctrl dynsec addRoleACL ROLE subscribePattern '{topics.CommandFilter}' allow";

    private string Place => $"{options.Host}:{options.Port}{(options.Tls ? " over TLS" : "")}{(options.Username.Length > 0 ? $" as {options.Username}" : "")}";

    /// <summary>Whether it lets us in; if so, whether we may listen to commands and publish.</summary>
    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellation)
    {
        try
        {
            var topics = new Topics(options.Vehicle);
            await using var link = new MqttLink(
                options.ForVisitor($"cabinmood-doctor-{Environment.ProcessId}"),
                [new MqttSubscription(topics.CommandFilter, 1)], _ => { }, null, time, NullLogger<MqttLink>.Instance);
            var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            link.Connected += (_, _) => answered.TrySetResult();
            link.Start();
            await Task.WhenAny(answered.Task, Task.Delay(Patience, time, cancellation)).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            return link.Status.State == MqttLinkState.Connected
                ? [new Finding("broker", true, Place), await RightsAsync(link, topics, cancellation).ConfigureAwait(false)]
                : [new Finding("broker", false, $"{Place}: {link.Status.Reason}", Remedy(link.Status.Obstacle))];
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return [new Finding("broker", false, Failures.LineFor(e), StartIt)];
        }
    }

    // A reply to a command that nobody gave: all that may be published for a trial without anybody acting on it.
    private async Task<Finding> RightsAsync(MqttLink link, Topics topics, CancellationToken cancellation)
    {
        var trial = OutgoingMessage.Of(new ReplyPublication(time.GetUtcNow(), $"doctor-{Environment.ProcessId}", ReplyStatus.Ok), topics);
        link.PublishReply(trial.Topic, trial.Payload.Span);
        var start = time.GetTimestamp();
        while (link.Status.PendingReplies > 0 && time.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(Glance, time, cancellation).ConfigureAwait(false);
        }

        List<(string What, string Remedy)> missing = [];
        if (link.Status.RefusedSubscriptions > 0)
        {
            missing.Add(($"listen to {topics.CommandFilter}", MendListening(topics)));
        }

        if (link.Status.RejectedPublications > 0 || link.Status.PendingReplies > 0)
        {
            missing.Add(($"publish {topics.Reply}", MendPublishing));
        }

        return missing.Count > 0
            ? new Finding("rights", false, $"the broker does not let us {string.Join(" nor ", missing.Select(one => one.What))}", string.Join("; and ", missing.Select(one => one.Remedy)))
            // mosquitto takes every subscription and keeps its list of rights for each message on its way out.
            : new Finding("rights", true, "we may publish, and our subscription to commands is taken");
    }
}
