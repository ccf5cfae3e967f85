using System.Globalization;
using System.Text.Json;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Moods;
using CabinMood.Core.Songs;
using CabinMood.Messaging;

namespace CabinMood.Service.Simulation.Drives;

/// <summary>Writes a command as the contract spells it, the mirror of <see cref="Messaging.Commands.CommandReader"/>.</summary>
internal static class CommandWriter
{
    /// <summary>Adds <c>topic</c> and <c>payload</c> to the object that is being written.</summary>
    public static void Write(Utf8JsonWriter json, Command command)
    {
        json.WriteString("topic", TopicOf(command));
        json.WriteStartObject("payload");
        json.WriteString("id", command.Id);
        switch (command)
        {
            case OverrideMood wish:
                Source(json, wish.Source);
                json.WriteString("trip", wish.Trip);
                json.WriteString("mood", WireNames<Mood>.Of(wish.Mood));
                json.WriteString("for", Span(wish.Span));
                break;
            case OverrideButton button:
                Source(json, button.Source);
                json.WriteString("trip", button.Trip);
                json.WriteString("action", WireNames<OverrideAction>.Of(button.Action));
                break;
            case ClearOverride clear:
                Source(json, clear.Source);
                json.WriteBoolean("clear", true);
                break;
            case GiveFeedback feedback:
                Source(json, feedback.Source);
                json.WriteString("kind", WireNames<FeedbackKind>.Of(feedback.Kind));
                json.WriteString("choiceId", feedback.ChoiceId);
                break;
            case SetStyle style:
                json.WriteString("style", WireNames<Style>.Of(style.Style));
                break;
            case SetTaste taste:
                List(json, "artists", taste.Artists);
                List(json, "languages", taste.Languages);
                List(json, "excludeArtists", taste.ExcludeArtists);
                break;
            case SetConsent consent:
                json.WriteBoolean("granted", consent.Granted);
                Trip(json, consent.Trip);
                break;
            case SetCamera camera:
                json.WriteBoolean("on", camera.On);
                Trip(json, camera.Trip);
                break;
        }

        json.WriteEndObject();
    }

    private static string TopicOf(Command command) => command switch
    {
        OverrideMood or OverrideButton or ClearOverride => "override",
        GiveFeedback => "feedback",
        SetStyle => "style",
        SetTaste => "taste",
        SetConsent => "consent",
        SetCamera => "camera",
        EraseDriver => "erase",
        _ => throw new ArgumentException($"The contract has no topic for {command.GetType().Name}.", nameof(command)),
    };

    private static void Source(Utf8JsonWriter json, CommandSource source) => json.WriteString("source", WireNames<CommandSource>.Of(source));

    private static void Trip(Utf8JsonWriter json, string? trip)
    {
        if (trip is not null)
        {
            json.WriteString("trip", trip);
        }
    }

    private static void List(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    // The contract takes six decimals of a second, and no command came with more.
    private static string Span(OverrideSpan span) => span.Kind switch
    {
        OverrideSpanKind.Trip => "trip",
        OverrideSpanKind.Song => "song",
        _ => string.Create(CultureInfo.InvariantCulture, $"PT{span.Duration.Ticks / (decimal)TimeSpan.TicksPerSecond:0.######}S"),
    };
}
