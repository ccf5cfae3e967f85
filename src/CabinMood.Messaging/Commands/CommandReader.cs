using System.Globalization;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Moods;
using CabinMood.Core.Songs;

namespace CabinMood.Messaging.Commands;

/// <summary>
/// Reads <c>set/*</c> messages. Never throws, whatever the bytes: a message is a well-formed command or a refusal.
/// Unknown fields are ignored, so that a newer head unit can talk to an older service. Thread-safe.
/// </summary>
/// <param name="topics">Whose commands.</param>
public sealed class CommandReader(Topics topics)
{
    /// <summary>Choice ids are ours and short.</summary>
    private const int MaxChoiceId = 64;

    /// <summary>Ours: more artists than anybody names, and together below the payload limit.</summary>
    private const int MaxWishes = 100;

    private const int MaxWish = 200;

    /// <summary>An override names one of these.</summary>
    private static readonly string[] Wishes = ["mood", "action", "clear"];

    /// <summary>All commands there are, by the last level of their topic.</summary>
    private static readonly Dictionary<string, Func<string, JsonFields, Command?>> Readers = new(StringComparer.Ordinal)
    {
        ["override"] = Override,
        ["feedback"] = Feedback,
        ["style"] = static (id, fields) => new SetStyle(id, fields.Word<Style>("style")),
        ["taste"] = Taste,
        ["consent"] = Consent,
        ["camera"] = Camera,
        ["erase"] = static (id, _) => new EraseDriver(id),
    };

    private static readonly string UnknownCommand = $"unknown command; set/ is followed by one of {string.Join(", ", Readers.Keys)}";

    /// <summary>The command, or why it is refused.</summary>
    public Reading<Command> Read(in IncomingMessage message)
    {
        if (message.IsTooLarge)
        {
            return Reading<Command>.No(
                ReadableId.Find(message.Payload.Span), $"too large: a command has at most {IncomingMessage.MaxPayloadBytes} bytes");
        }

        if (message.Retained)
        {
            return Reading<Command>.No(ReadableId.Find(message.Payload.Span), "retained: a command must not be retained");
        }

        if (message.CorrelationData is { Length: > IncomingMessage.MaxCorrelationBytes })
        {
            return Reading<Command>.No(
                ReadableId.Find(message.Payload.Span), $"too large: correlation data has at most {IncomingMessage.MaxCorrelationBytes} bytes");
        }

        if (!JsonFields.TryParse(message.Payload, out var fields, out var error))
        {
            return Reading<Command>.No(ReadableId.Find(message.Payload.Span), error);
        }

        using (fields)
        {
            var id = Id(fields);
            Command? command = null;
            if (Readers.TryGetValue(topics.CommandOf(message.Topic) ?? "", out var read))
            {
                command = read(id, fields);
            }
            else
            {
                fields.Refuse(UnknownCommand);
            }

            return command is not null && fields.Problem is null
                ? Reading<Command>.Of(command)
                : Reading<Command>.No(id.Length > 0 ? id : null, fields.Problem!);
        }
    }

    private static string Id(JsonFields fields)
    {
        var id = fields.Text("id", ReadableId.MaxLength);
        return ReadableId.IsValid(id) ? id : "";
    }

    private static string Trip(JsonFields fields) => fields.Text("trip", ReadableId.MaxLength);

    private static Command? Override(string id, JsonFields fields)
    {
        var source = fields.Word<CommandSource>("source");
        if (Wishes.Count(fields.Has) != 1)
        {
            fields.Refuse("exactly one of \"mood\", \"action\" and \"clear\" must be given");
            return null;
        }

        if (fields.Has("mood"))
        {
            return new OverrideMood(id, source, Trip(fields), fields.Word("mood", except: (Mood?)Mood.Unknown), Span(fields));
        }

        if (fields.Has("action"))
        {
            return new OverrideButton(id, source, Trip(fields), fields.Word<OverrideAction>("action"));
        }

        if (!fields.Flag("clear"))
        {
            fields.Refuse("\"clear\" must be true");
        }

        return new ClearOverride(id, source);
    }

    private static OverrideSpan Span(JsonFields fields)
    {
        switch (fields.Text("for", MaxChoiceId))
        {
            case "trip":
                return OverrideSpan.Trip;
            case "song":
                return OverrideSpan.Song;
            case var text when IsoDuration.TryParse(text, out var duration):
                return OverrideSpan.For(duration);
            default:
                fields.Refuse("\"for\" must be trip, song, or an ISO 8601 duration above zero and up to PT24H");
                return default;
        }
    }

    private static GiveFeedback Feedback(string id, JsonFields fields) => new(
        id,
        fields.Word<CommandSource>("source"),
        fields.Word<FeedbackKind>("kind"),
        fields.Text("choiceId", MaxChoiceId));

    private static SetTaste Taste(string id, JsonFields fields) => new(
        id,
        fields.Texts("artists", MaxWishes, MaxWish),
        Languages(fields),
        fields.Texts("excludeArtists", MaxWishes, MaxWish));

    private static IReadOnlyList<string> Languages(JsonFields fields)
    {
        var tags = fields.Texts("languages", MaxWishes, LanguageTag.MaxLength);
        for (var i = 0; i < tags.Count; i++)
        {
            if (!LanguageTag.IsWellFormed(tags[i]))
            {
                // By its place: what the driver likes to hear does not belong in the log.
                fields.Refuse(string.Create(
                    CultureInfo.InvariantCulture, $"\"languages\" must be a list of language tags such as en, de-AT or zh-Hant; entry {i + 1} is none"));
            }
        }

        return tags;
    }

    // A no always applies: nothing that stands in "trip" may refuse it, an empty text between two trips least of all.
    private static SetConsent Consent(string id, JsonFields fields)
    {
        var granted = fields.Flag("granted");
        return new SetConsent(id, granted, granted ? Trip(fields) : fields.TextIfAny("trip", ReadableId.MaxLength));
    }

    private static SetCamera Camera(string id, JsonFields fields)
    {
        var on = fields.Flag("on");
        return new SetCamera(id, on, on ? Trip(fields) : fields.TextIfAny("trip", ReadableId.MaxLength));
    }
}
