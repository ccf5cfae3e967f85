using CabinMood.Core.Safety;

namespace CabinMood.Messaging.Payloads;

/// <summary>Messages that could not be taken since the start, in the health topic.</summary>
/// <param name="Commands">Commands that were unreadable, or too many at once.</param>
/// <param name="Player">Reports of the player, the same.</param>
/// <param name="ResponseTopics">Commands whose answer did not go to the topic that they named; the commands themselves are not refused for it.</param>
/// <param name="Signals">Samples of vehicle signals that were unreadable, absurd, out of order or too many at once, by signal; only those with any.</param>
public sealed record RefusedPayload(long Commands, long Player, long ResponseTopics, IReadOnlyDictionary<string, long> Signals)
{
    /// <summary>From what was counted.</summary>
    public static RefusedPayload From(long commands, long player, long responseTopics, VehicleState vehicle)
    {
        var signals = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var signal in Enum.GetValues<VehicleSignal>())
        {
            if (vehicle[signal].Refused > 0)
            {
                signals.Add(WireNames<VehicleSignal>.Of(signal), vehicle[signal].Refused);
            }
        }

        return new RefusedPayload(commands, player, responseTopics, signals);
    }
}
