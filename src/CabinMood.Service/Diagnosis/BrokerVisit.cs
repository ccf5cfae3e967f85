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
                : [new Finding("broker", false, $"{Place}: {status.Reason}", BrokerRemedies.For(status.Obstacle, options))];
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return [new Finding("broker", false, Failures.LineFor(e), BrokerRemedies.StartIt)];
        }
    }

    /// <summary>Connects as the service does, and goes again.</summary>
    private async Task<MqttLinkStatus> ConnectAsync(MqttOptions visitor, CancellationToken cancellation)
    {
        await using var link = new MqttLink(visitor, [], _ => { }, null, time, NullLogger<MqttLink>.Instance);
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        link.StateChanged += (_, _) =>
        {
            // A no is an answer too; whom nobody answers yet may still be starting.
            if (link.Status.State is MqttLinkState.Connected or MqttLinkState.Refused)
            {
                answered.TrySetResult();
            }
        };
        link.Start();
        await Task.WhenAny(answered.Task, Task.Delay(Patience, time, cancellation)).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return link.Status;
    }
}
