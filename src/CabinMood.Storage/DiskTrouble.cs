using CabinMood.Storage.Sqlite;

namespace CabinMood.Storage;

/// <summary>
/// What went wrong with a disk, or with the database on it, in one plain sentence for a head unit's screen: no statement,
/// no path, no number. Every reply, every line of health and of the doctor takes it from here.
/// </summary>
public static class DiskTrouble
{
    private const string Full = "the disk is full";
    private const string ReadOnly = "the disk is read-only, or the database's files are";
    private const string Broken = "the disk has an I/O error";
    private const string NoRight = "the service has no right to the files";
    private const string Locked = "another program has locked the database";
    private const string CannotOpen = "the database's files cannot be opened";
    private const string Missing = "the file or folder is not there";

    private const int NotThere = 2;

    /// <summary>The sentence; of an exception that has nothing to do with a disk its own message.</summary>
    public static string Of(Exception exception) => exception switch
    {
        SqliteException sqlite => sqlite.Message,
        UnauthorizedAccessException => NoRight,
        FileNotFoundException or DirectoryNotFoundException => Missing,
        // .NET hands on the system's own number where it has no exception of its own for it.
        IOException { HResult: var error } when OfSystem(error) is { } sentence => sentence,
        { Message: var message } => message,
    };

    /// <summary>The sentence, and behind it what an engineer wants to know; for logs.</summary>
    public static string Detailed(Exception exception) => exception switch
    {
        SqliteException { Detail: { } detail } => $"{exception.Message} ({detail})",
        IOException or UnauthorizedAccessException when Of(exception) is var sentence && sentence != exception.Message => $"{sentence} ({exception.Message})",
        { Message: var message } => message,
    };

    /// <summary>Whether only room is missing.</summary>
    public static bool IsFull(Exception exception) => Of(exception) == Full;

    /// <summary>Whether nothing can be written because the disk is mounted so, or the files are protected.</summary>
    public static bool IsReadOnly(Exception exception) => Of(exception) == ReadOnly;

    /// <summary>Whether another program stands in the way.</summary>
    public static bool IsLocked(Exception exception) => Of(exception) == Locked;

    /// <summary>The sentence for a result of SQLite [sqlite.org/rescode.html].</summary>
    /// <param name="code">The extended result code.</param>
    /// <param name="systemError">What the system answered at last; 0 where it was not asked.</param>
    internal static string OfSqlite(int code, int systemError) => (code & 0xFF) switch
    {
        SqliteNative.Full => Full,
        SqliteNative.ReadOnly => ReadOnly,
        // The index beside the log is given its size at opening: on a full disk that is what fails, without an errno.
        SqliteNative.IoError when code == SqliteNative.IoErrorShmSize => Full,
        SqliteNative.IoError => OfSystem(systemError) ?? Broken,
        // Not there is only what SQLite looked for last, after it was not let create it.
        SqliteNative.CannotOpen when systemError != NotThere => OfSystem(systemError) ?? CannotOpen,
        SqliteNative.CannotOpen => CannotOpen,
        SqliteNative.Busy or SqliteNative.Locked => Locked,
        SqliteNative.Corrupt or SqliteNative.NotADatabase => "the database is damaged",
        SqliteNative.NoPermission or SqliteNative.NotAuthorized => NoRight,
        SqliteNative.NoMemory => "there is no memory left",
        _ => "the database is not as CabinMood made it",
    };

    // [errno(3), numbers of Linux on x86 and ARM]
    private static string? OfSystem(int error) => error switch
    {
        1 or 13 => NoRight,
        NotThere => Missing,
        5 => Broken,
        20 => "a file lies where a folder should be",
        24 or 23 => "too many files are open",
        28 => Full,
        30 => ReadOnly,
        122 => "the user's share of the disk is used up",
        _ => null,
    };
}
