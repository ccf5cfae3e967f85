using CabinMood.Core.Safety;
using CabinMood.Messaging;
using CabinMood.Service.Commands;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Diagnosis;

/// <summary>Calls on the broker under a name of its own, so that a running service keeps its connection.</summary>
internal sealed class BrokerVisit(MqttOptions options, VehicleOptions vehicle, TimeProvider time)
{
    // A broker on the same machine answers in milliseconds, one behind a radio link in a second.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const string StartIt = "start a broker (sudo apt-get install mosquitto; sudo systemctl start mosquitto) or set Mqtt:Host and Mqtt:Port";

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

    private string Place => $"{options.Host}:{options.Port}{(options.Tls ? " over TLS" : "")}{(options.Username.Length > 0 ? $" as {options.Username}" : "")}";

    /// <summary>Whether it lets us in; if so, whether it lets us do our work.</summary>
    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellation)
    {
        try
        {
            var visitor = options.ForVisitor($"cabinmood-doctor-{Environment.ProcessId}");
            var status = await ConnectAsync(visitor, cancellation).ConfigureAwait(false);
            return status.State == MqttLinkState.Connected
                ? [new Finding("broker", true, Place), await new BrokerRights(visitor, vehicle, time).LookAsync(cancellation).ConfigureAwait(false)]
                : [new Finding("broker", false, $"{Place}: {status.Reason}", Remedy(status.Obstacle))];
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return [new Finding("broker", false, Failures.LineFor(e), StartIt)];
        }
    }

    /// <summary>Connects as the service does, and goes again.</summary>
    private async Task<MqttLinkStatus> ConnectAsync(MqttOptions visitor, CancellationToken cancellation)
    {
        await using var link = new MqttLink(visitor, [], _ => { }, null, time, NullLogger<MqttLink>.Instance);
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        link.Connected += (_, _) => answered.TrySetResult();
        link.Start();
        await Task.WhenAny(answered.Task, Task.Delay(Patience, time, cancellation)).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return link.Status;
    }
}
