using System.Globalization;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace CabinMood.Storage;

/// <summary>What the driver said about songs, in the order in which it was said. Its owner locks and commits.</summary>
internal sealed class FeedbackTable : IDisposable
{
    private readonly string _file;
    private readonly ILogger _logger;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _select;

    internal FeedbackTable(string file, SqliteDatabase database, ILogger logger)
    {
        _file = file;
        _logger = logger;

        // A command may arrive twice; its first row stands.
        _insert = database.Prepare(
            "INSERT INTO feedback (id, utc, source, kind, choice_id, song_id) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING");
        _select = database.Prepare("SELECT id, utc, source, kind, choice_id, song_id FROM feedback ORDER BY rowid");
    }

    /// <summary>Adds a row, unless there is one of its id. Part of its caller's transaction.</summary>
    internal void Add(FeedbackRow row) => _insert.Run(
        row.CommandId,
        row.Utc.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        row.Source.ToString(),
        row.Kind.ToString(),
        row.ChoiceId,
        row.SongId);

    /// <summary>All rows in the order in which they were added.</summary>
    internal IReadOnlyList<FeedbackRow> Load() => [.. _select.Query(Feedback).OfType<FeedbackRow>()];

    /// <inheritdoc/>
    public void Dispose()
    {
        _insert.Dispose();
        _select.Dispose();
    }

    /// <summary>The current row; null, with a line in the log, when somebody else has written something else there.</summary>
    private FeedbackRow? Feedback(SqliteStatement row)
    {
        if (row.Text(0) is { } id
            && DateTimeOffset.TryParse(row.Text(1), CultureInfo.InvariantCulture, out var utc)
            && Enum.TryParse<CommandSource>(row.Text(2), out var source)
            && Enum.TryParse<FeedbackKind>(row.Text(3), out var kind)
            && row.Text(4) is { } choiceId
            && row.Text(5) is { } songId)
        {
            return new FeedbackRow(id, utc, source, kind, choiceId, songId);
        }

        Log.Unreadable(_logger, _file, "one feedback");
        return null;
    }
}
