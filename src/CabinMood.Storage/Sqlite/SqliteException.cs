namespace CabinMood.Storage.Sqlite;

/// <summary>A call into SQLite failed. The message is one plain sentence for a person, without the statement.</summary>
public sealed class SqliteException : Exception
{
    /// <summary>A call with its code.</summary>
    /// <param name="call">The native function or the statement.</param>
    /// <param name="code">SQLite's extended result code.</param>
    /// <param name="reason">What SQLite says of it.</param>
    /// <param name="systemError">What the system answered at last; 0 where it was not asked.</param>
    internal SqliteException(string call, int code, string reason, int systemError = 0)
        : base(DiskTrouble.OfSqlite(code, systemError))
    {
        Code = code;
        Detail = systemError == 0 ? $"{call}: {reason} ({code})" : $"{call}: {reason} ({code}, errno {systemError})";
    }

    /// <summary>Something that no result code tells.</summary>
    /// <param name="sentence">For a person.</param>
    internal SqliteException(string sentence)
        : base(sentence)
    {
    }

    /// <summary>SQLite's extended result code; 0 where there is none.</summary>
    public int Code { get; }

    /// <summary>Call, reason and code, for an engineer; null where there is no more to say.</summary>
    public string? Detail { get; }

    /// <summary>The result code without its extension.</summary>
    internal int PrimaryCode => Code & 0xFF;
}
