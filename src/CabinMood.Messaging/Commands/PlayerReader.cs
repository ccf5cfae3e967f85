using CabinMood.Core.Conductor;

namespace CabinMood.Messaging.Commands;

/// <summary>Reads messages of the player topic. Never throws. Thread-safe.</summary>
public static class PlayerReader
{
    private const int MaxChoiceId = 64;

    /// <summary>A track is not longer than a day.</summary>
    private const long MaxMs = 24 * 60 * 60 * 1000;

    /// <summary>The report, or why it is refused.</summary>
    public static Reading<PlayerReport> Read(in IncomingMessage message)
    {
        if (message.IsTooLarge)
        {
            return Reading<PlayerReport>.No(null, $"too large: a message has at most {IncomingMessage.MaxPayloadBytes} bytes");
        }

        if (message.Retained)
        {
            return Reading<PlayerReport>.No(null, "retained: what a player did in the past says nothing now");
        }

        if (!JsonFields.TryParse(message.Payload, out var fields, out var error))
        {
            return Reading<PlayerReport>.No(null, error);
        }

        using (fields)
        {
            var source = fields.Word<PlayerSource>("source");
            var report = new PlayerReport(
                source,
                source == PlayerSource.Cabinmood ? fields.Text("choiceId", MaxChoiceId) : null,
                fields.Word<PlayerState>("state"),
                fields.OptionalCount("positionMs", MaxMs),
                fields.OptionalCount("remainingMs", MaxMs));
            return fields.Problem is { } problem ? Reading<PlayerReport>.No(null, problem) : Reading<PlayerReport>.Of(report);
        }
    }
}
