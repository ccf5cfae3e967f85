using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Safety;
using CabinMood.Messaging;
using CabinMood.Messaging.Commands;
using CabinMood.Messaging.Signals;
using CabinMood.Service.Logging;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Hosting;

/// <summary>
/// Turns MQTT messages into events. What cannot be taken is logged, and answered where it has an id. Each connection may
/// call from its own thread.
/// </summary>
public sealed class Inbox
{
    private readonly Topics _topics;
    private readonly ServiceClock _clock;
    private readonly Func<ConductorEvent, bool> _post;
    private readonly Action<ReplyPublication, ReplyAddress?> _reply;
    private readonly ReplyDirectory _addresses;
    private readonly ResponseTopics _responseTopics;
    private readonly CommandReader _commands;
    private readonly RefusalLog _log;
    private readonly TwinCommands _twins;
    private readonly Dictionary<string, VehicleSignal> _signals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<VehicleSignal>> _sources = new(StringComparer.Ordinal);

    // Two connections call. What one of them has judged must be handed on before the other judges, or a yes that counted would
    // come after the no that was said since.
    private readonly Lock _twinsGate = new();
    private long _refusedCommands;
    private long _refusedReports;
    private long _refusedResponseTopics;

    /// <summary>An inbox for one vehicle.</summary>
    /// <param name="topics">The contract's topics.</param>
    /// <param name="vehicle">Which signals arrive where.</param>
    /// <param name="clock">Stamps events.</param>
    /// <param name="post">Takes events; false when it is full.</param>
    /// <param name="reply">Answers at once.</param>
    /// <param name="addresses">Remembers where answers go.</param>
    /// <param name="logger">Told of refusals.</param>
    public Inbox(
        Topics topics,
        VehicleOptions vehicle,
        ServiceClock clock,
        Func<ConductorEvent, bool> post,
        Action<ReplyPublication, ReplyAddress?> reply,
        ReplyDirectory addresses,
        ILogger<Inbox> logger)
    {
        _topics = topics;
        _clock = clock;
        _post = post;
        _reply = reply;
        _addresses = addresses;
        _responseTopics = new ResponseTopics(vehicle);
        _commands = new CommandReader(topics);
        _log = new RefusalLog(logger, clock.Time);
        _twins = new TwinCommands(clock);
        foreach (var signal in Enum.GetValues<VehicleSignal>())
        {
            var options = vehicle[signal];
            if (options.Kind == SignalKind.Absent)
            {
                continue;
            }

            _signals[options.Topic] = signal;
            if (options.Kind == SignalKind.OnChange)
            {
                _sources.TryAdd(options.Availability, []);
                _sources[options.Availability].Add(signal);
            }
        }
    }

    /// <summary>Commands that could not be taken since the start.</summary>
    public long RefusedCommands => Volatile.Read(ref _refusedCommands);

    /// <summary>Reports of the player that could not be taken since the start.</summary>
    public long RefusedReports => Volatile.Read(ref _refusedReports);

    /// <summary>Commands since the start whose answer did not go to the topic that they named, for nothing may be said there.</summary>
    public long RefusedResponseTopics => Volatile.Read(ref _refusedResponseTopics);

    /// <summary>
    /// What to listen to. Commands are kept by the broker while we are away; signals are worthless when late. Of
    /// commands we want to know whether they were published retained, of signals whether the broker had kept them.
    /// </summary>
    public static IReadOnlyList<MqttSubscription> SubscriptionsOf(Topics topics, VehicleOptions vehicle)
    {
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(vehicle);
        var fitted = Enum.GetValues<VehicleSignal>().Select(signal => vehicle[signal]).Where(signal => signal.Kind != SignalKind.Absent).ToArray();
        return
        [
            new(topics.CommandFilter, 1, RetainAsPublished: true),
            new(topics.Player, 1, RetainAsPublished: true),
            // Sources before their signals: a value only counts once its source lives.
            .. fitted.Where(signal => signal.Kind == SignalKind.OnChange).Select(signal => signal.Availability).Distinct().Select(topic => new MqttSubscription(topic, 1)),
            .. fitted.Select(signal => new MqttSubscription(signal.Topic, 0)),
        ];
    }

    /// <summary>What the urgent connection listens to: where the driver's no is said.</summary>
    public IReadOnlyList<MqttSubscription> UrgentSubscriptions =>
    [
        new(_topics.Set("consent"), 1, RetainAsPublished: true),
        new(_topics.Set("camera"), 1, RetainAsPublished: true),
    ];

    /// <summary>The urgent connection stands or is gone.</summary>
    public void UrgentChanged(bool stands) => _twins.UrgentChanged(stands);

    /// <summary>The main connection stands or is gone.</summary>
    public void MainChanged(bool stands) => _twins.MainChanged(stands);

    /// <summary>
    /// Takes one message of the urgent connection: a no, if it is one. Of the rest it only counts that it was said, and
    /// when: all of it comes over the main connection too, and is taken or refused there.
    /// </summary>
    public void TakeUrgent(IncomingMessage message)
    {
        if (_commands.Read(message) is not { IsRead: true, Value: SetConsent or SetCamera } reading)
        {
            return;
        }

        lock (_twinsGate)
        {
            if (_twins.CountsOverUrgent(reading.Value))
            {
                Hand(message, reading.Value);
            }
        }
    }

    /// <summary>Takes one message.</summary>
    public void Take(IncomingMessage message)
    {
        var isCommand = _topics.CommandOf(message.Topic) is not null;
        if (message.IsClearing && (isCommand || message.Topic == _topics.Player))
        {
            // Tidying up after a message that was retained by mistake is no second mistake.
            return;
        }

        if (isCommand)
        {
            TakeCommand(message);
        }
        else if (message.Topic == _topics.Player)
        {
            var reading = PlayerReader.Read(message);
            if (reading.IsRead)
            {
                Post(new PlayerReported(_clock.Now(), reading.Value), message.Topic);
            }
            else
            {
                Refuse(RefusalKind.BadPlayerReports, message.Topic, reading.Refusal.Error);
            }
        }
        else
        {
            TakeVehicle(message);
        }
    }

    private void TakeCommand(in IncomingMessage message)
    {
        var reading = _commands.Read(message);
        if (!reading.IsRead)
        {
            var address = AddressOf(message);
            Refuse(RefusalKind.BadCommands, message.Topic, reading.Refusal.Error);
            if (reading.Refusal.Id is { } id)
            {
                Answer(address, id, reading.Refusal.Error);
            }
        }
        else if (reading.Value is SetConsent or SetCamera)
        {
            lock (_twinsGate)
            {
                switch (_twins.JudgeOverMain(reading.Value))
                {
                    case TwinVerdict.Counts:
                        Hand(message, reading.Value);
                        break;
                    case TwinVerdict.Overtaken:
                        Answer(AddressOf(message), reading.Value.Id, ReplyErrors.Overtaken);
                        break;
                }
            }
        }
        else
        {
            Hand(message, reading.Value);
        }
    }

    private void Hand(in IncomingMessage message, Command command)
    {
        var address = AddressOf(message);
        _addresses.Remember(command.Id, address);
        if (!_post(new CommandArrived(_clock.Now(), command)))
        {
            // Never dropped silently: the head unit may try again.
            const string busy = "busy, try again";
            Refuse(RefusalKind.TooManyCommands, message.Topic, busy);
            Answer(address, command.Id, busy);
        }
    }

    private ReplyAddress? AddressOf(in IncomingMessage message)
    {
        var address = _responseTopics.AddressOf(message);
        if (address is null && message.ResponseTopic is not null)
        {
            // The command itself is taken, and answered on the reply topic.
            Interlocked.Increment(ref _refusedResponseTopics);
            _log.TellOfResponseTopic(message.Topic);
        }

        return address;
    }

    // To where this very message wants its answer: a bad one that reuses an id says nothing about the first one's sender.
    private void Answer(ReplyAddress? address, string id, string error) =>
        _reply(new ReplyPublication(_clock.Now().Utc, id, ReplyStatus.Error, error), address);

    private void TakeVehicle(in IncomingMessage message)
    {
        if (_sources.TryGetValue(message.Topic, out var signals))
        {
            // Anything but a plain "online" counts as away.
            var isOnline = message.Payload.Span.SequenceEqual("online"u8);
            foreach (var signal in signals)
            {
                Post(new SignalSourceChanged(_clock.Now(), signal, isOnline), message.Topic);
            }
        }

        if (_signals.TryGetValue(message.Topic, out var arrived))
        {
            var reading = VehicleSignalReader.Read(arrived, message);
            if (reading.IsRead)
            {
                Post(new SignalArrived(_clock.Now(), arrived, reading.Value), message.Topic);
            }
            else
            {
                Refuse(RefusalKind.BadSignals, message.Topic, reading.Refusal.Error);
                Post(new SignalUnreadable(_clock.Now(), arrived), message.Topic);
            }
        }
    }

    /// <summary>Counts a command that could be read, and that the conductor refused because too many came at once.</summary>
    public void CountTooMany() => Refuse(RefusalKind.TooManyCommands, _topics.CommandFilter, ReplyErrors.TooMany);

    /// <summary>Tells the log how many refusals of a minute that is over it was not told of one by one. To be called every few seconds.</summary>
    public void TellWithheld() => _log.TellWithheld();

    private void Post(ConductorEvent happened, string topic)
    {
        if (!_post(happened))
        {
            Refuse(RefusalKind.TooManyMessages, topic, "too many messages at once");
        }
    }

    // Refused samples of vehicle signals are counted by the conductor, which must know of them.
    private void Refuse(RefusalKind kind, string topic, string problem)
    {
        switch (kind)
        {
            case RefusalKind.BadCommands or RefusalKind.TooManyCommands:
                Interlocked.Increment(ref _refusedCommands);
                break;
            case RefusalKind.BadPlayerReports or RefusalKind.TooManyMessages when topic == _topics.Player:
                Interlocked.Increment(ref _refusedReports);
                break;
        }

        _log.Tell(kind, topic, problem);
    }
}
