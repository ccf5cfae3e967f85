using CabinMood.Messaging;
using CabinMood.Service.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Hosting;

/// <summary>
/// A second connection to the broker, that hears of consent and camera alone and tells the privacy topic. A broker reads one
/// packet of each client in turn, keeps a queue for each, and drops what is too much for it: so on the main connection
/// the driver's no waits behind a flood of other commands and of answers to them, or never comes.
/// </summary>
internal sealed class UrgentConnection
{
    private readonly MqttLink _main;
    private readonly Inbox _inbox;
    private readonly ILogger _logger;
    private readonly string _clientId;
    private readonly OneClientWatch _watch;
    private readonly Lock _gate = new();
    private bool _stood;
    private string? _told;

    /// <summary>A connection that has not started.</summary>
    /// <param name="options">The broker, as for the main connection.</param>
    /// <param name="main">Where this one is refused, only a broker that takes that one can be told what to change.</param>
    /// <param name="inbox">Takes what arrives.</param>
    /// <param name="clock">For waiting between attempts.</param>
    /// <param name="logger">Told when the broker refuses this connection.</param>
    internal UrgentConnection(MqttOptions options, MqttLink main, Inbox inbox, ServiceClock clock, ILogger logger)
    {
        _watch = new OneClientWatch(clock);
        (_main, _inbox, _logger) = (main, inbox, logger);
        var urgent = options.ForUrgent();
        _clientId = urgent.ClientId;
        // How the broker is, the main connection's log tells.
        Link = new MqttLink(urgent, inbox.UrgentSubscriptions, inbox.TakeUrgent, null, clock.Time, NullLogger<MqttLink>.Instance);
        Link.Connected += (_, _) => inbox.UrgentChanged(stands: true);
        Link.StateChanged += (_, _) => NoteState();
        main.Connected += (_, _) =>
        {
            GiveWayIf(_watch.MainConnected());
            var status = Link.Status;
            if (status is { State: MqttLinkState.Refused, Obstacle: MqttObstacle.Login or MqttObstacle.Files })
            {
                // What both were refused for has been mended just now, or of two that connect at once this one had its answer
                // first: only another attempt tells.
                Link.TryNow();
                return;
            }

            TellRefusal(status);
        };
    }

    /// <summary>It is gone, or could not be had.</summary>
    internal event EventHandler? Lost;

    /// <summary>The connection itself.</summary>
    internal MqttLink Link { get; }

    private void NoteState()
    {
        var status = Link.Status;
        if (status.State == MqttLinkState.Connected)
        {
            lock (_gate)
            {
                (_told, _stood) = (null, true);
            }

            return;
        }

        bool wasThere;
        lock (_gate)
        {
            (wasThere, _stood) = (_stood, false);
        }

        GiveWayIf(wasThere && status.State != MqttLinkState.Stopped && _watch.UrgentLost());

        _inbox.UrgentChanged(stands: false);
        Lost?.Invoke(this, EventArgs.Empty);
        TellRefusal(status);
    }

    // It would throw the main one out with every attempt.
    private void GiveWayIf(bool isSure)
    {
        if (isSure)
        {
            ServiceLog.UrgentGivesWay(_logger, _clientId);
            // Not waited for: this may be the link's own thread.
            _ = Link.StopAsync();
        }
    }

    private void TellRefusal(MqttLinkStatus status)
    {
        if (status.State != MqttLinkState.Refused || _main.Status.State != MqttLinkState.Connected)
        {
            return;
        }

        var reason = status.Reason ?? "it did not say why";
        lock (_gate)
        {
            if (_told == reason)
            {
                return;
            }

            _told = reason;
        }

        ServiceLog.UrgentRefused(_logger, _clientId, reason);
    }
}
