using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CabinMood.Core.Safety;
using CabinMood.Messaging.Commands;

namespace CabinMood.Messaging.Signals;

/// <summary>
/// Reads vehicle signals: <c>{"value":42.0,"ts":"..."}</c>, <c>{"active":true}</c>, or a bare number, truth value
/// or word. Never throws; what cannot be read is refused, and the limiter then treats the signal as missing.
/// Thread-safe.
/// </summary>
public static class VehicleSignalReader
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>The sample, or why it is refused.</summary>
    /// <param name="signal">Says which words are allowed: ON, OFF and so on for the ignition.</param>
    /// <param name="message">As it arrived.</param>
    public static Reading<SignalSample> Read(VehicleSignal signal, in IncomingMessage message)
    {
        if (message.IsTooLarge || !Utf8.IsValid(message.Payload.Span))
        {
            return Reading<SignalSample>.No(null, "not a short UTF-8 text");
        }

        try
        {
            using var document = JsonDocument.Parse(message.Payload, Options);
            return Read(signal, document.RootElement, message.Retained);
        }
        catch (JsonException)
        {
            // Not JSON: some gateways send the bare word (ON).
            return TryWord(signal, Encoding.UTF8.GetString(message.Payload.Span), out var value)
                ? Reading<SignalSample>.Of(new SignalSample(value, null, message.Retained))
                : Reading<SignalSample>.No(null, "neither JSON nor a known word");
        }
    }

    private static Reading<SignalSample> Read(VehicleSignal signal, JsonElement root, bool retained)
    {
        DateTimeOffset? sent = null;
        var value = root;
        if (root.ValueKind == JsonValueKind.Object)
        {
            if (!root.TryGetProperty("value"u8, out value) && !root.TryGetProperty("active"u8, out value))
            {
                return Reading<SignalSample>.No(null, "neither \"value\" nor \"active\" is there");
            }

            if (root.TryGetProperty("ts"u8, out var ts) && ts.ValueKind != JsonValueKind.Null)
            {
                if (!TryTime(ts, out var time))
                {
                    return Reading<SignalSample>.No(null, "\"ts\" is not an ISO 8601 time");
                }

                sent = time;
            }
        }

        return TryNumber(signal, value, out var number)
            ? Reading<SignalSample>.Of(new SignalSample(number, sent, retained))
            : Reading<SignalSample>.No(null, "the value is no finite number, known word, or true or false where the signal is one");
    }

    private static bool TryNumber(VehicleSignal signal, JsonElement element, out double number)
    {
        number = 0;
        switch (element.ValueKind)
        {
            case JsonValueKind.Number:
                return element.TryGetDouble(out number) && double.IsFinite(number);
            case JsonValueKind.True or JsonValueKind.False:
                number = element.ValueKind == JsonValueKind.True ? 1 : 0;
                return IsYesOrNo(signal);
            case JsonValueKind.String:
                return JsonFields.TryText(element, out var word) && TryWord(signal, word, out number);
            default:
                return false;
        }
    }

    /// <summary>Gateways that carry every value as text send numbers and truth values as words too.</summary>
    private static bool TryWord(VehicleSignal signal, string word, out double number)
    {
#pragma warning disable CA1308 // The contract's words are in lower case; VSS writes them in upper case.
        if (signal == VehicleSignal.Ignition && WireNames<IgnitionState>.TryParse(word.ToLowerInvariant(), out var ignition))
#pragma warning restore CA1308
        {
            number = (double)ignition;
            return true;
        }

        if (bool.TryParse(word, out var truth))
        {
            number = truth ? 1 : 0;
            return IsYesOrNo(signal);
        }

        return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    // A speed of "false" is not a car that stands, and an ignition that is "true" is not one that is locked.
    private static bool IsYesOrNo(VehicleSignal signal) =>
        signal is not (VehicleSignal.Speed or VehicleSignal.Gear or VehicleSignal.Ignition or VehicleSignal.Fatigue);

    private static bool TryTime(JsonElement element, out DateTimeOffset time)
    {
        time = default;
        return JsonFields.TryText(element, out var text)
            && text.Length is >= 10 and <= 40
            && char.IsAsciiDigit(text[0])
            && text[4] == '-'
            && DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }
}
