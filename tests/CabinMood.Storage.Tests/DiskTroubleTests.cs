using CabinMood.Core.Songs.Learning;
using CabinMood.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Storage.Tests;

/// <summary>What a person is told when a disk or the database on it fails: real failures, as far as a test can have them.</summary>
public sealed class DiskTroubleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cabinmood-trouble-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_full_disk_is_said_to_be_full()
    {
        var exception = Assert.Throws<IOException>(() => File.WriteAllText("/dev/full", "anything"));

        Assert.Equal("the disk is full", DiskTrouble.Of(exception));
        Assert.True(DiskTrouble.IsFull(exception));
    }

    [Fact]
    public void A_disk_that_cannot_be_read_is_said_to_have_an_error()
    {
        // Nothing lies at a process' address 0: the kernel answers EIO, as it does for a broken sector.
        var exception = Assert.Throws<IOException>(() =>
        {
            using var memory = new FileStream("/proc/self/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            _ = memory.ReadByte();
        });

        Assert.Equal("the disk has an I/O error", DiskTrouble.Of(exception));
    }

    [Fact]
    public void A_database_that_another_program_writes_is_said_to_be_locked_and_one_that_it_reads_too()
    {
        using var store = DriverStore.Open(_folder.FullName, NullLogger<DriverStore>.Instance);
        using var other = SqliteDatabase.Open(Path.Combine(_folder.FullName, DriverStore.FileName));
        other.Execute("BEGIN IMMEDIATE");

        var exception = Assert.Throws<SqliteException>(() => store.SaveMemory(DriverMemory.None));

        Assert.Equal("another program has locked the database", exception.Message);
        Assert.Throws<SqliteException>(() => DriverStore.TryWriting(_folder.FullName, NullLogger<DriverStore>.Instance));
        Assert.True(DiskTrouble.IsLocked(exception));
        Assert.Contains("database is locked (5)", DiskTrouble.Detailed(exception), StringComparison.Ordinal);
    }

    [Fact]
    public void Trying_to_write_leaves_nothing_behind()
    {
        using var store = DriverStore.Open(_folder.FullName, NullLogger<DriverStore>.Instance);
        var before = _folder.GetFiles().Select(file => file.Name).Order().ToArray();

        DriverStore.TryWriting(_folder.FullName, NullLogger<DriverStore>.Instance);

        Assert.Equal(before, _folder.GetFiles().Select(file => file.Name).Order());
        Assert.Empty(store.LoadFeedback());
    }

    // sqlite.org/rescode.html; 28, 30 and 5 are Linux's ENOSPC, EROFS and EIO.
    [Theory]
    [InlineData(SqliteNative.Full, 0, "the disk is full")]
    [InlineData(SqliteNative.IoErrorShmSize, 0, "the disk is full")]
    [InlineData(SqliteNative.IoError, 28, "the disk is full")]
    [InlineData(SqliteNative.IoError, 5, "the disk has an I/O error")]
    [InlineData(SqliteNative.IoError, 0, "the disk has an I/O error")]
    [InlineData(SqliteNative.ReadOnly | (6 << 8), 0, "the disk is read-only, or the database's files are")]
    [InlineData(SqliteNative.CannotOpen, 30, "the disk is read-only, or the database's files are")]
    [InlineData(SqliteNative.CannotOpen, 13, "the service has no right to the files")]
    [InlineData(SqliteNative.CannotOpen, 2, "the database's files cannot be opened")]
    [InlineData(SqliteNative.Locked, 0, "another program has locked the database")]
    [InlineData(SqliteNative.Corrupt, 0, "the database is damaged")]
    public void Every_result_of_SQLite_that_a_disk_can_give_has_a_sentence_without_SQL(int code, int systemError, string sentence)
    {
        var exception = new SqliteException("INSERT INTO t VALUES (1)", code, "reason", systemError);

        Assert.Equal(sentence, DiskTrouble.Of(exception));
        Assert.Contains("INSERT INTO t VALUES (1): reason", DiskTrouble.Detailed(exception), StringComparison.Ordinal);
    }
}
