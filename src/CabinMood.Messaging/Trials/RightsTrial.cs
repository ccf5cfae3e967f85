using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using CabinMood.Core.Conductor.Publications;

namespace CabinMood.Messaging.Trials;

/// <summary>
/// Finds out what the broker lets us say and hear, while a service and a head unit may be at work, of whom nobody may notice
/// anything: a mood or song that was only for a trial would pass for a real one.
/// </summary>
/// <remarks>
/// A message of QoS 2 goes in two steps: the broker takes it, saying at once whether we may, and hands it on when we release
/// it. So each topic is offered an empty one that is never released, and the broker forgets it as we leave. MQTT 5 lets a
/// broker hand it on at the first step already, though. Whether this one does is found out first, where it harms nobody; no
/// topic that means something is offered anything before that is known.
/// </remarks>
/// <param name="options">The broker, under a client id that is not the service's.</param>
/// <param name="time">Limits waiting.</param>
public sealed class RightsTrial(MqttOptions options, TimeProvider time)
{
    // A broker on the same machine answers in milliseconds, one behind a radio link in a second.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly byte[] Held = [1];
    private static readonly byte[] Told = [2];

    private readonly Topics _topics = new(options.Vehicle);

    /// <summary>Tries all topics that we publish, and to subscribe.</summary>
    /// <param name="subscriptions">What the service listens to.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<RightsReport> TryAsync(IReadOnlyList<MqttSubscription> subscriptions, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(subscriptions);
        List<string> unheard = [];
        List<string> unwritable = [];
        List<BrokenOffTrial> brokenOff = [];
        List<string> filters = [.. subscriptions.Select(subscription => subscription.Filter)];
        List<string> topics = [.. _topics.Published];
        try
        {
            foreach (var filter in filters.ToArray())
            {
                Note(filter, filters, unheard, await AskAsync((trial, within) => trial.SubscribeAsync(filter, within), cancellation).ConfigureAwait(false));
            }

            // A reply to a command that nobody gave: the one message that may be published without anybody acting on it.
            var replied = await AskAsync((trial, within) => trial.TellAsync(_topics.Reply, Reply().Payload, within), cancellation).ConfigureAwait(false);
            Note(_topics.Reply, topics, unwritable, replied);
            var holdsBack = await InAsync(EchoAsync, cancellation).ConfigureAwait(false)
                ?? (replied.Reason == MqttReason.NoMatchingSubscribers ? await HoldsReplyBackAsync(cancellation).ConfigureAwait(false) : null);
            if (holdsBack != true)
            {
                return holdsBack == false
                    ? Report(TrialObstacle.HandsOn, "this broker hands a message on before it is released, so a trial would be heard")
                    : Report(TrialObstacle.Listeners, $"a trial could be heard, unless the broker lets us write and read {_topics.Trial}");
            }

            foreach (var topic in topics.ToArray())
            {
                Note(topic, topics, unwritable, await AskAsync((trial, within) => trial.OfferAsync(topic, ReadOnlyMemory<byte>.Empty, within), cancellation).ConfigureAwait(false));
            }

            return Report(TrialObstacle.None, null);
        }
        catch (Exception exception) when (exception is IOException or SocketException or InvalidDataException or AuthenticationException or CryptographicException)
        {
            return Report(TrialObstacle.Broker, exception.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Report(TrialObstacle.Broker, "the broker did not answer in time");
        }

        void Note(string topic, List<string> untried, List<string> refused, (int Reason, string? End) answer)
        {
            untried.Remove(topic);
            if (answer.End is { } end)
            {
                brokenOff.Add(new BrokenOffTrial(topic, end));
            }
            else if (answer.Reason >= MqttReason.FirstFailure)
            {
                refused.Add(topic);
            }
        }

        RightsReport Report(TrialObstacle obstacle, string? why) => new(unheard, unwritable, brokenOff, filters, topics, obstacle, why);
    }

    /// <summary>Asks for one right.</summary>
    /// <returns>
    /// The broker's reason, or in words how it ended the connection instead, which says something of this one right. Where it
    /// lets nobody in, or does not answer, that says nothing, and is thrown.
    /// </returns>
    private Task<(int Reason, string? End)> AskAsync(Func<TrialConnection, CancellationToken, Task<int>> ask, CancellationToken cancellation) =>
        InAsync<(int Reason, string? End)>(
            async (trial, within) =>
            {
                try
                {
                    return (await ask(trial, within).ConfigureAwait(false), null);
                }
                catch (IOException exception)
                {
                    return (0, exception.Message);
                }
            },
            cancellation);

    /// <summary>A connection for each trial: a broker may allow a single unreleased message in one, and end it at a refusal.</summary>
    private async Task<T> InAsync<T>(Func<TrialConnection, CancellationToken, Task<T>> act, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        await using var trial = await TrialConnection.OpenAsync(options, either.Token).ConfigureAwait(false);
        return await act(trial, either.Token).ConfigureAwait(false);
    }

    /// <summary>
    /// Talks to itself on a topic that is for nothing else: one message is never released, the next one is. Of one topic and
    /// QoS a broker hands on in the order in which it was told [MQTT 5.0, 4.6], so the first would come before the second.
    /// </summary>
    /// <returns>Whether the broker held back what was not released; null when it does not let us write and read there.</returns>
    private async Task<bool?> EchoAsync(TrialConnection trial, CancellationToken cancellation)
    {
        try
        {
            if (await trial.SubscribeAsync(_topics.Trial, cancellation).ConfigureAwait(false) >= MqttReason.FirstFailure
                || await trial.OfferAsync(_topics.Trial, Held, cancellation).ConfigureAwait(false) >= MqttReason.FirstFailure
                || await trial.OfferAsync(_topics.Trial, Told, cancellation).ConfigureAwait(false) >= MqttReason.FirstFailure)
            {
                return null;
            }

            await trial.ReleaseLastAsync(cancellation).ConfigureAwait(false);
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(soon.Token, cancellation);
            while (!trial.Heard.Any(payload => payload.Span.SequenceEqual(Told)))
            {
                await trial.HearAsync(either.Token).ConfigureAwait(false);
            }

            return !trial.Heard.Any(payload => payload.Span.SequenceEqual(Held));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (IOException)
        {
            // A broker that ends the connection of who writes where it may not.
            return null;
        }
    }

    /// <summary>
    /// Nobody listens to replies, and the broker has just said so of a message that it handed on. If it says the same of one
    /// that was not released, it has looked for listeners already; if it does not, it has not.
    /// </summary>
    /// <returns>Whether the broker held back what was not released; null when it does not say.</returns>
    private async Task<bool?> HoldsReplyBackAsync(CancellationToken cancellation) =>
        await AskAsync((trial, within) => trial.OfferAsync(_topics.Reply, Reply().Payload, within), cancellation).ConfigureAwait(false) switch
        {
            (0, null) => true,
            (MqttReason.NoMatchingSubscribers, null) => false,
            _ => null,
        };

    private OutgoingMessage Reply() =>
        OutgoingMessage.Of(new ReplyPublication(time.GetUtcNow(), options.EffectiveClientId, ReplyStatus.Ok), _topics);
}
