namespace CabinMood.Storage.Sqlite;

/// <summary>A call into SQLite failed.</summary>
public sealed class SqliteException : Exception
{
    /// <summary>Names the call, its code, and what it means.</summary>
    /// <param name="call">The native function or the statement.</param>
    /// <param name="code">SQLite's extended result code.</param>
    /// <param name="message">One line for a person.</param>
    public SqliteException(string call, int code, string message)
        : base($"{call}: {message} ({code})")
    {
        Call = call;
        Code = code;
    }

    /// <summary>The native function or the statement.</summary>
    public string Call { get; }

    /// <summary>SQLite's extended result code.</summary>
    public int Code { get; }

    /// <summary>The result code without its extension.</summary>
    internal int PrimaryCode => Code & 0xFF;
}
