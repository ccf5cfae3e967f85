namespace CabinMood.Storage;

/// <summary>
/// Room that is kept in the state folder for the one moment in which a full disk must not stand in the way: SQLite
/// cannot even delete a row, nor open its database, without a little room for its log, and the driver's wish to be
/// forgotten cannot wait until somebody has tidied up. What is kept is a file of zeros, given up when the room is needed.
/// </summary>
internal sealed class ReservedRoom(string folder)
{
    /// <summary>The file's name in the state folder.</summary>
    internal const string FileName = "reserved-room";

    /// <summary>
    /// Twice what SQLite may need at once: what its log holds at most before it is written back
    /// (<see cref="DriverDatabase.LogPages"/> pages of 4 KiB), and as much again for what a piece of erasing adds.
    /// </summary>
    internal const int Bytes = 1024 * 1024;

    private readonly string _file = Path.Combine(folder, FileName);

    /// <summary>Keeps as much of the room as there is. That it cannot is no failure: it is tried again at the next occasion.</summary>
    internal void Keep()
    {
        try
        {
            var missing = File.Exists(_file) ? Bytes - new FileInfo(_file).Length : Bytes;
            if (missing <= 0)
            {
                return;
            }

            DriverFiles.CreatePrivate(_file);
            using var stream = new FileStream(_file, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            var zeros = new byte[4096];
            for (; missing > 0; missing -= zeros.Length)
            {
                // Really written: a file with a hole in it keeps no room.
                stream.Write(zeros);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk: what was written until here is kept.
        }
    }

    /// <summary>Gives the room up.</summary>
    /// <returns>Whether there was any.</returns>
    internal bool GiveUp()
    {
        try
        {
            var kept = File.Exists(_file) && new FileInfo(_file).Length > 0;
            File.Delete(_file);
            return kept;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
