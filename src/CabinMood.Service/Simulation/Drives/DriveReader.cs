using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Moods;
using CabinMood.Core.Songs.Learning;
using CabinMood.Service.Simulation.Decisions;

namespace CabinMood.Service.Simulation.Drives;

/// <summary>
/// Reads drives and event logs: one JSON object a line, the same format for both. Strict: whatever is not understood
/// is refused with the line's number. What a person wrote is put into the order of time; a recording is played as it was
/// written.
/// </summary>
internal sealed class DriveReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    // A drive without a start line begins here; any fixed time would do.
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _name;
    private readonly List<Item> _items = [];
    private readonly List<string> _titles = [];
    private readonly List<Truth> _truths = [];
    private readonly List<Expectation> _expectations = [];
    private readonly List<RecordedDecision> _decisions = [];
    private DriveStart? _start;
    private EventReader _events = new(isRecorded: false);
    private Gap? _gap;

    private DriveReader(string name) => _name = name;

    /// <summary>Reads a file.</summary>
    /// <exception cref="DriveException">It cannot be read or understood.</exception>
    public static Drive ReadFile(string path)
    {
        try
        {
            using var text = File.OpenText(path);
            return Read(Path.GetFileName(path), text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DriveException($"{path} cannot be read: {e.Message}");
        }
    }

    /// <summary>Reads text.</summary>
    /// <param name="name">What to call it in errors.</param>
    /// <param name="text">The lines.</param>
    /// <exception cref="DriveException">A line cannot be understood, or there is no event.</exception>
    public static Drive Read(string name, TextReader text)
    {
        var reader = new DriveReader(name);
        var number = 0;
        for (var line = text.ReadLine(); line is not null; line = text.ReadLine())
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                reader.Take(line, number, isLast: text.Peek() < 0);
            }
        }

        return reader.Finish();
    }

    private void Take(string text, int number, bool isLast)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text, Strict);
        }
        catch (JsonException e)
        {
            if (isLast && _start is { IsRecorded: true })
            {
                NoteGap("its last line is cut off");
                return;
            }

            throw new DriveException(string.Create(CultureInfo.InvariantCulture, $"{_name}, line {number}: not valid JSON at character {e.BytePositionInLine + 1}"));
        }

        using (document)
        {
            var line = new DriveLine(_name, number, document.RootElement);
            Take(line, text);
        }
    }

    private void Take(DriveLine line, string text)
    {
        if (line.Has("event"))
        {
            TakeEvent(line);
        }
        else if (line.Has("decision"))
        {
            // Compared as it stands, so not looked into.
            _decisions.Add(_start is { IsRecorded: true }
                ? new RecordedDecision(line.Number, text)
                : throw line.Error("only a recording has decisions; a drive has \"expect\""));
            return;
        }
        else if (line.Has("expect"))
        {
            _expectations.Add(Expected(line, text));
        }
        else if (line.Has("truth"))
        {
            _truths.Add(new Truth(line.Seconds("at"), line.Word<Mood>("truth")));
        }
        else if (line.Has("lost"))
        {
            NoteGap(string.Create(CultureInfo.InvariantCulture, $"{line.OptionalCount("lost", long.MaxValue)} or more events could not be written"));
        }
        else if (line.Has("full"))
        {
            line.Flag("full");
            NoteGap("it ends where it reached its size limit");
        }
        else if (line.Has("title"))
        {
            _titles.Add(line.Text("title"));
        }
        else
        {
            _ = line.Has("note") ? line.Text("note") : throw line.Error("says nothing; a line has one of \"event\", \"expect\", \"truth\", \"title\" and \"note\"");
        }

        line.Finish();
    }

    // What follows the first gap can be played, but not judged.
    private void NoteGap(string why) => _gap ??= new Gap(why, _decisions.Count, Math.Max(0, _items.Count - 1));

    private void TakeEvent(DriveLine line)
    {
        var utc = line.OptionalTime("utc");
        if (line.Text("event") == "start")
        {
            TakeStart(line, utc);
            return;
        }

        _start ??= Begin(new DriveStart(), TimeSpan.Zero, null, (at, _) => new ServiceStarted(at, 1, null, DriverSettings.Default));
        var when = Repetition.Read(line);
        var makers = _events.Read(line);
        for (var i = 0; i < when.Count; i++)
        {
            foreach (var maker in makers)
            {
                _items.Add(new Item(when.At(i), i == 0 ? utc : null, maker, i));
            }
        }
    }

    private void TakeStart(DriveLine line, DateTimeOffset? utc)
    {
        var at = line.Has("at") ? line.Seconds("at") : TimeSpan.Zero;
        var seed = line.Find("seed") is { } given
            ? given.ValueKind == JsonValueKind.Number && given.TryGetUInt64(out var number) ? number : throw line.Error("\"seed\" must be a whole number, 0 or more")
            : 1;
        var stored = Part(line, "stored", RecordJson.Default.TripRecord);
        var driver = Part(line, "driver", RecordJson.Default.DriverSettings) ?? DriverSettings.Default;
        var memory = Part(line, "memory", RecordJson.Default.DriverMemory) ?? DriverMemory.None;
        if (memory is not { Preferences: { } preferences, Played: not null } || !preferences.IsSound())
        {
            throw line.Error("\"memory\" does not hold what this version learns");
        }

        var remembered = Part(line, "remembered", RecordJson.Default.RememberedCommandArray) ?? [];
        if (remembered.Any(command => command?.Id is null))
        {
            throw line.Error("\"remembered\" does not hold commands as a log writes them");
        }

        var isLogged = line.OptionalFlag("eventLog");
        ConductorEvent Make(Moment moment, int _) => new ServiceStarted(moment, seed, stored, driver, isLogged) { Memory = memory, Remembered = remembered };
        _ = line.OptionalText("version");
        var start = new DriveStart
        {
            IsRecorded = line.OptionalFlag("recorded"),
            Options = line.Find("options")?.Clone(),
            Catalogue = Part(line, "catalogue", RecordJson.Default.CatalogueIdentity),
            TrackSeconds = line.Has("trackSeconds") ? line.Within("trackSeconds", 3, 3600) : null,
        };
        if (_start is not null)
        {
            // The service starts again, with what it has stored until then.
            _items.Add(new Item(at, utc, Make, 0));
            return;
        }

        _start = Begin(start, at, utc, Make);
    }

    private DriveStart Begin(DriveStart start, TimeSpan at, DateTimeOffset? utc, EventReader.Maker make)
    {
        _events = new EventReader(start.IsRecorded);
        _items.Add(new Item(at, utc ?? Noon, make, 0));
        return start;
    }

    private static T? Part<T>(DriveLine line, string name, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return line.Find(name)?.Deserialize(type);
        }
        catch (JsonException e)
        {
            throw line.Error($"\"{name}\" cannot be understood: {e.Message}");
        }
    }

    private static Expectation Expected(DriveLine line, string text)
    {
        // A second of tolerance, because a drive is ticked once a second.
        var around = TimeSpan.FromSeconds(line.Has("within") ? line.Within("within", 0, 3600) : 1);
        var (from, to) = line.Has("at") ? (line.Seconds("at") - around, line.Seconds("at") + around) : (line.Seconds("from"), line.Seconds("to"));
        return new Expectation(
            line.Number,
            text,
            line.Word<DecisionKind>("expect"),
            from,
            to,
            line.OptionalCount("count", 1_000_000),
            line.Has("mood") ? Messaging.WireNames<Mood>.Of(line.Word<Mood>("mood")) : null,
            line.OptionalText("state"),
            line.OptionalText("reason"),
            line.OptionalText("id"));
    }

    private Drive Finish()
    {
        if (_start is null)
        {
            throw new DriveException($"{_name}: there is no event in it");
        }

        // A stable order: what is told for the same time happens in the order of the lines.
        var items = _start.IsRecorded ? _items : [.. _items.OrderBy(item => item.At)];
        var events = new List<ConductorEvent>(items.Count);
        var offset = default(TimeSpan);
        foreach (var item in items)
        {
            if (item.Utc is { } utc)
            {
                offset = utc - DateTimeOffset.UnixEpoch - item.At;
            }

            events.Add(item.Make(new Moment(item.At, DateTimeOffset.UnixEpoch + item.At + offset), item.Number));
        }

        return events[0] is ServiceStarted
            ? new Drive(_name, _start, events)
            {
                Title = string.Join(' ', _titles),
                Truths = [.. _truths.OrderBy(truth => truth.At)],
                Expectations = _expectations,
                Decisions = _decisions,
                Gap = _gap?.Why,
                DecisionsBeforeGap = _gap?.Decisions ?? _decisions.Count,
                EventsBeforeGap = _gap?.Events ?? events.Count,
            }
            : throw new DriveException($"{_name}: the \"start\" line must come before everything else, in time too");
    }

    private readonly record struct Gap(string Why, int Decisions, int Events);

    private readonly record struct Item(TimeSpan At, DateTimeOffset? Utc, EventReader.Maker Make, int Number);
}
