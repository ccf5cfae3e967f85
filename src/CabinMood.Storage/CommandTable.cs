using System.Globalization;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace CabinMood.Storage;

/// <summary>The commands that were obeyed, as digests, oldest first: the last 1,000. Its owner locks and commits.</summary>
internal sealed class CommandTable : IDisposable
{
    private readonly string _file;
    private readonly ILogger _logger;
    private readonly SqliteStatement _upsert;
    private readonly SqliteStatement _prune;
    private readonly SqliteStatement _forgetContent;
    private readonly SqliteStatement _select;

    internal CommandTable(string file, SqliteDatabase database, ILogger logger)
    {
        _file = file;
        _logger = logger;

        // One that is superseded later keeps its place among the others.
        _upsert = database.Prepare(
            "INSERT INTO command (id, asked, outcome) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET asked = excluded.asked, outcome = excluded.outcome");
        _prune = database.Prepare(string.Create(
            CultureInfo.InvariantCulture, $"DELETE FROM command WHERE place <= (SELECT max(place) FROM command) - {CommandLedger.Capacity}"));
        _forgetContent = database.Prepare("UPDATE command SET asked = ''");
        _select = database.Prepare("SELECT id, asked, outcome FROM command ORDER BY place");
    }

    /// <summary>Remembers commands and forgets the oldest beyond the last 1,000. Part of its caller's transaction.</summary>
    internal void Save(IReadOnlyList<RememberedCommand> commands)
    {
        foreach (var command in commands)
        {
            _upsert.Run(command.Id, command.Asked ?? "", command.Outcome.ToString());
        }

        if (commands.Count > 0)
        {
            _prune.Run();
        }
    }

    /// <summary>Forgets what was asked, not that something was: what is erased must not come back with a command that comes again.</summary>
    internal void ForgetContent() => _forgetContent.Run();

    /// <summary>All of them, oldest first.</summary>
    internal IReadOnlyList<RememberedCommand> Load() => [.. _select.Query(Command).OfType<RememberedCommand>()];

    /// <inheritdoc/>
    public void Dispose()
    {
        _upsert.Dispose();
        _prune.Dispose();
        _forgetContent.Dispose();
        _select.Dispose();
    }

    /// <summary>The current row; null, with a line in the log, when somebody else has written something else there.</summary>
    private RememberedCommand? Command(SqliteStatement row)
    {
        if (row.Text(0) is { } id
            && row.Text(1) is { } asked
            && Enum.TryParse<ReplyStatus>(row.Text(2), out var outcome)
            && outcome is ReplyStatus.Ok or ReplyStatus.Superseded)
        {
            return new RememberedCommand(id, asked.Length > 0 ? asked : null, outcome);
        }

        Log.Unreadable(_logger, _file, "one command");
        return null;
    }
}
