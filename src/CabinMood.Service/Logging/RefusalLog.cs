using System.Collections.Frozen;
using CabinMood.Messaging;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Logging;

/// <summary>
/// Tells the log what was refused. Each kind has a <see cref="LogBudget"/> of its own: a flood of one must not hide a single
/// message of another. Thread-safe.
/// </summary>
internal sealed class RefusalLog(ILogger logger, TimeProvider time)
{
    // A topic may have 64 KiB, and whoever sends a message chooses it.
    private const int TopicLength = 100;

    private readonly FrozenDictionary<RefusalKind, LogBudget> _budgets =
        Enum.GetValues<RefusalKind>().ToFrozenDictionary(kind => kind, _ => new LogBudget(time));

    /// <summary>Tells of one message, unless too many of its kind were told of in this minute.</summary>
    public void Tell(RefusalKind kind, string topic, string problem)
    {
        if (_budgets[kind].TryTake(out var withheld))
        {
            ServiceLog.MessageRefused(logger, Shown(topic), problem, withheld);
        }
    }

    /// <summary>The same for a command that was taken, but is not answered where it asked for it.</summary>
    public void TellOfResponseTopic(string topic)
    {
        if (_budgets[RefusalKind.ResponseTopics].TryTake(out var withheld))
        {
            ServiceLog.ResponseTopicRefused(logger, Shown(topic), withheld);
        }
    }

    /// <summary>Tells how many lines were withheld in a minute that is over.</summary>
    public void TellWithheld()
    {
        foreach (var (kind, budget) in _budgets)
        {
            if (budget.TryEndMinute(out var withheld))
            {
                ServiceLog.Withheld(logger, withheld, WireNames<RefusalKind>.Of(kind).Replace('-', ' '));
            }
        }
    }

    private static string Shown(string topic) => topic.Length <= TopicLength ? topic : $"{topic[..TopicLength]}...";
}
