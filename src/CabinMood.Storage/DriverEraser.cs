using CabinMood.Storage.Sqlite;

namespace CabinMood.Storage;

/// <summary>Removes what is known of the driver from the database, so that the bytes are gone too. Its owner locks.</summary>
internal sealed class DriverEraser(SqliteDatabase database, CommandTable commands, ReservedRoom reserve)
{
    // A row lies in one page of the table and one of its index, each with a few above it.
    private const int RowsPerPiece = 32;

    /// <summary>Removes all of it; on a full disk with the <see cref="ReservedRoom"/>, and piece by piece.</summary>
    /// <exception cref="SqliteException">Not everything could be removed; try again.</exception>
    internal void Erase()
    {
        try
        {
            // Emptying a table gives all of its pages back, and secure_delete overwrites each with zeros; rewriting
            // the whole file instead would take seconds where a large catalogue lies in it too.
            database.InTransaction(() =>
            {
                database.Execute("DELETE FROM feedback", "DELETE FROM driver", "DELETE FROM memory");
                commands.ForgetContent();
            });
            WriteBack();
        }
        catch (SqliteException e) when (DiskTrouble.IsFull(e))
        {
            reserve.GiveUp();
            EraseInPieces();
        }
        finally
        {
            reserve.Keep();
        }
    }

    // Each piece is written back before the next, so that the log never needs more room than one of them.
    private void EraseInPieces()
    {
        WriteBack();
        database.InTransaction(() =>
        {
            database.Execute("DELETE FROM driver", "DELETE FROM memory");
            commands.ForgetContent();
        });
        WriteBack();
        using var count = database.Prepare("SELECT count(*) FROM feedback");
        while (count.Query(static row => row.Number(0))[0] > 0)
        {
            database.Execute($"DELETE FROM feedback WHERE rowid IN (SELECT rowid FROM feedback LIMIT {RowsPerPiece})");
            WriteBack();
        }
    }

    // Until the log is written back and cut off, the old bytes are still in it.
    private void WriteBack()
    {
        using var checkpoint = database.Prepare("PRAGMA wal_checkpoint(TRUNCATE)");
        if (checkpoint.Query(static row => row.Number(0))[0] != 0)
        {
            throw new SqliteException("wal_checkpoint", SqliteNative.Busy, "another program reads the database");
        }
    }
}
