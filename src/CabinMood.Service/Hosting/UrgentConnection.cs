using CabinMood.Messaging;
using CabinMood.Service.Logging;
using Microsoft.Extensions.Logging;

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
    private bool _begun;
    private bool _stood;
    private bool _wasAbsent;
    private string? _told;

    /// <summary>A connection that begins once the main one stands: where a broker lets in one client more, that must be the main one.</summary>
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
        Link = new MqttLink(urgent, inbox.UrgentSubscriptions, inbox.TakeUrgent, null, clock.Time, new SecondLinkLog(logger));
        Link.Connected += (_, _) => inbox.UrgentChanged(stands: true);
        Link.StateChanged += (_, _) => NoteState();
        main.StateChanged += (_, _) =>
        {
            if (main.Status.State != MqttLinkState.Connected)
            {
                _watch.MainLost();
            }
        };
        main.Connected += (_, _) =>
        {
            Begin();
            GiveWayIf(_watch.MainConnected());
            var status = Link.Status;
            if (status is { State: MqttLinkState.Refused, Obstacle: MqttObstacle.Login or MqttObstacle.Files })
            {
                // What both were refused for has been mended just now, or of two that connect at once this one had its answer
                // first: only another attempt tells.
                Link.TryNow();
                return;
            }

            TellIfRefused(status);
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
        TellIfRefused(status);
    }

    /// <summary>Connects, unless it has begun already or is to end.</summary>
    internal void Begin()
    {
        lock (_gate)
        {
            if (!_begun)
            {
                _begun = true;
                Link.Start();
            }
        }
    }

    /// <summary>Ends it. What was told over it is there then, unless the broker hangs.</summary>
    internal Task StopAsync()
    {
        lock (_gate)
        {
            _begun = true;
        }

        return Link.StopAsync();
    }

    // It would throw the main one out with every attempt.
    private void GiveWayIf(bool isSure)
    {
        if (isSure)
        {
            ServiceLog.UrgentGivesWay(_logger, _clientId);
            // Not waited for: this may be the link's own thread.
            _ = StopAsync();
        }
    }

    /// <summary>
    /// Tells of a connection that is closed without a refusal and is not there, as brokers do with one too many. To be called
    /// every few seconds: two calls in a row must find it so, for a broker that restarts ends both, one after the other.
    /// </summary>
    internal void TellAbsence()
    {
        var status = Link.Status;
        var isAbsent = status.State == MqttLinkState.Connecting && _main.Status.State == MqttLinkState.Connected;
        bool isLasting;
        lock (_gate)
        {
            (isLasting, _wasAbsent) = (isAbsent && _wasAbsent, isAbsent);
        }

        if (isLasting)
        {
            Tell(status);
        }
    }

    private void TellIfRefused(MqttLinkStatus status)
    {
        if (status.State == MqttLinkState.Refused && _main.Status.State == MqttLinkState.Connected)
        {
            Tell(status);
        }
    }

    private void Tell(MqttLinkStatus status)
    {
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
