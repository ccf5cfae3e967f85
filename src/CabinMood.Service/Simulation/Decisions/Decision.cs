using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CabinMood.Messaging;

namespace CabinMood.Service.Simulation.Decisions;

/// <summary>One thing that the conductor decided, and why. The same in the live service's log and in a simulation.</summary>
/// <param name="At">Monotonic time.</param>
/// <param name="Kind">What about.</param>
/// <param name="Why">One plain sentence.</param>
public sealed record Decision(TimeSpan At, DecisionKind Kind, string Why)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What it was decided to be (open, holding, granted, ok); null where the kind has no states.</summary>
    public string? State { get; init; }

    /// <summary>The mood that was found, or that a song is for; in the contract's words.</summary>
    public string? Mood { get; init; }

    /// <summary>The code of the rule behind it.</summary>
    public string? Reason { get; init; }

    /// <summary>The song's id in the catalogue.</summary>
    public string? Song { get; init; }

    /// <summary>The choice, the trip or the command that this is about.</summary>
    public string? Id { get; init; }

    /// <summary>When a hold ends by itself, monotonic.</summary>
    public TimeSpan? Until { get; init; }

    /// <summary>0 to 1, of a mood.</summary>
    public float? Confidence { get; init; }

    /// <summary>One line of JSON. Two decisions are the same when their lines are, byte for byte.</summary>
    public string ToLine()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteNumber("at", Rounded(At.TotalSeconds));
            json.WriteString("decision", WireNames<DecisionKind>.Of(Kind));
            Write("state", State);
            Write("mood", Mood);
            Write("reason", Reason);
            Write("song", Song);
            Write("id", Id);
            Number("until", Until?.TotalSeconds);
            Number("confidence", Confidence);
            json.WriteString("why", Why);
            json.WriteEndObject();

            void Write(string name, string? text)
            {
                if (text is not null)
                {
                    json.WriteString(name, text);
                }
            }

            void Number(string name, double? number)
            {
                if (number is { } known)
                {
                    json.WriteNumber(name, Rounded(known));
                }
            }
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    // Milliseconds, thousandths: more would be noise.
    private static double Rounded(double value) => double.IsFinite(value) ? Math.Round(value, 3) : 0;
}
