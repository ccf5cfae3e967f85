using System.Text;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Learning;
using CabinMood.Storage.Songs;
using CabinMood.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Storage.Tests;

public sealed class DriverStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, 123, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cabinmood-store-");
    private readonly ListLogger<DriverStore> _log = new();

    private string File => Path.Combine(_folder.FullName, DriverStore.FileName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Feedback_is_there_after_a_restart_in_the_order_it_was_given()
    {
        FeedbackRow[] rows =
        [
            new("b", Noon, CommandSource.Voice, FeedbackKind.Skip, "c1", "s1"),
            new("a", Noon.AddSeconds(1), CommandSource.Wheel, FeedbackKind.Dislike, "c2", "s☂2"),
        ];
        using (var store = Open())
        {
            Array.ForEach(rows, row => store.SaveFeedback(row, DriverMemory.None));
        }

        using var again = Open();

        Assert.Equal(rows, again.LoadFeedback());
    }

    [Fact]
    public void Feedback_that_arrives_twice_is_stored_once()
    {
        using var store = Open();
        var row = new FeedbackRow("a", Noon, CommandSource.Voice, FeedbackKind.Like, "c", "s");

        store.SaveFeedback(row, DriverMemory.None);
        store.SaveFeedback(row with { Kind = FeedbackKind.Dislike }, DriverMemory.None);

        Assert.Equal([row], store.LoadFeedback());
    }

    [Fact]
    public void What_was_learned_is_there_after_a_restart_and_gone_after_erasing()
    {
        var song = new Song("s1", "Name", "Artist", "", "x:", 200_000, "", 0.5f, 0.5f, 100, -9, 50, "");
        var context = new ListeningContext(Mood.Calm, Style.Match, Daypart.Evening, new TargetPoint(0.5f, 0.35f));
        var learned = Preferences.None.With(Preferences.None.Learn(song, context, Reaction.Like, 1));
        using (var store = Open())
        {
            store.SaveFeedback(new("a", Noon, CommandSource.Voice, FeedbackKind.Like, "c", "s1"), new DriverMemory(learned, ["s0", "s1"]));
        }

        using var again = Open();
        var memory = again.LoadMemory();

        Assert.Equal([.. learned.Precision], memory.Preferences.Precision.ToArray());
        Assert.Equal([.. learned.Moments], memory.Preferences.Moments.ToArray());
        Assert.Equal(learned.OfArtist("Artist"), memory.Preferences.OfArtist("Artist"));
        Assert.Equal(["s0", "s1"], memory.Played);
        again.Erase();
        Assert.Equal(0, again.LoadMemory().Preferences.Reactions);
        Assert.Empty(again.LoadMemory().Played);
    }

    [Fact]
    public void Many_rows_that_came_and_went_leave_no_bytes_when_erased()
    {
        const string secret = "Canary of the driver";
        using var store = Open();
        for (var i = 0; i < 1000; i++)
        {
            var padding = new string('x', i * 37 % 500);
            store.SaveFeedback(new($"{i * 7919 % 1000}-{secret}", Noon, CommandSource.Voice, FeedbackKind.Like, padding, secret), new DriverMemory(Preferences.None, [secret, padding]));
        }

        store.Erase();

        Assert.False(Holds(secret));
    }

    [Fact]
    public void Style_and_taste_are_there_after_a_restart()
    {
        var settings = new DriverSettings(Style.Calm, new Taste(["Зонт"], ["ru", "de"], []));
        using (var store = Open())
        {
            store.SaveDriver(settings);
        }

        using var again = Open();

        var loaded = again.LoadDriver();
        Assert.Equal(Style.Calm, loaded.Style);
        Assert.Equal(["Зонт"], loaded.Taste.Artists);
        Assert.Equal(["ru", "de"], loaded.Taste.Languages);
        Assert.Empty(loaded.Taste.ExcludedArtists);
    }

    [Fact]
    public void A_trip_is_there_after_a_restart()
    {
        var record = new TripRecord("t-7", Noon, Consent.Granted, CameraAllowed: false, new StoredOverride("a1", Mood.Calm, Noon.AddMinutes(10)));
        using (var store = Open())
        {
            store.SaveTrip(record with { Trip = "t-6" });
            store.SaveTrip(record);
        }

        using var again = Open();

        Assert.Equal(record, again.LoadTrip());
    }

    [Fact]
    public void The_changes_of_the_hour_are_there_after_a_restart()
    {
        using (var store = Open())
        {
            store.SaveTrip(new TripRecord("t-7", Noon, Consent.Granted, true, null) { ChangesUtc = [Noon.AddMinutes(-50), Noon.AddMinutes(-10)] });
        }

        using var again = Open();

        Assert.Equal([Noon.AddMinutes(-50), Noon.AddMinutes(-10)], again.LoadTrip()!.ChangesUtc!);
    }

    [Fact]
    public void A_new_store_is_empty()
    {
        using var store = Open();

        Assert.Null(store.LoadTrip());
        Assert.Empty(store.LoadFeedback());
        Assert.Equal(Style.Match, store.LoadDriver().Style);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void Only_its_owner_may_read_the_files()
    {
        using var store = Open();
        store.SaveFeedback(new("a", Noon, CommandSource.Voice, FeedbackKind.Like, "c", "s"), DriverMemory.None);

        Assert.All(
            _folder.GetFiles(),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode));
    }

    [Fact]
    public void Erasing_removes_the_bytes_too_and_keeps_the_camera_closed()
    {
        const string secret = "Canary of the driver";
        System.IO.File.WriteAllText(File, $"not a database, but {secret}");
        using var store = Open();
        store.SaveFeedback(new("a", Noon, CommandSource.Voice, FeedbackKind.Like, "c", secret), DriverMemory.None);
        store.SaveDriver(new DriverSettings(Style.Lift, new Taste([secret], [], [])));
        var trip = new TripRecord("t", Noon, Consent.Withdrawn, CameraAllowed: false, null);
        store.SaveTrip(trip);
        Assert.True(Holds(secret));

        store.Erase();

        Assert.False(Holds(secret));
        Assert.Empty(store.LoadFeedback());
        Assert.Equal(Style.Match, store.LoadDriver().Style);
        Assert.Equal(trip, store.LoadTrip());
    }

    [Theory]
    [InlineData("not a database at all, and longer than a header would be, so that SQLite looks at it and says no, thank you")]
    [InlineData("SQLite format 3\0 and then nothing that would make sense to it: pages of rubbish, cut off in the middle")]
    public void A_corrupt_file_is_set_aside_and_the_store_goes_on(string content)
    {
        System.IO.File.WriteAllText(File, content);

        using (var store = Open())
        {
            store.SaveFeedback(new("a", Noon, CommandSource.Voice, FeedbackKind.Like, "c", "s"), DriverMemory.None);
            Assert.Single(store.LoadFeedback());
        }

        Assert.Equal(content, System.IO.File.ReadAllText($"{File}.corrupt-1"));
        Assert.StartsWith("Error: ", Assert.Single(_log.Lines), StringComparison.Ordinal);
        Assert.Contains(".corrupt-1", _log.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_in_the_middle_of_a_file_is_noticed()
    {
        using (var store = Open())
        {
            for (var i = 0; i < 500; i++)
            {
                store.SaveFeedback(new($"id-{i}", Noon, CommandSource.Voice, FeedbackKind.Like, "c", new string('s', 100)), DriverMemory.None);
            }
        }

        using (var file = System.IO.File.OpenWrite(File))
        {
            file.Position = 4 * 4096;
            file.Write(Enumerable.Repeat((byte)0xA5, 3 * 4096).ToArray());
        }

        using var again = Open();

        Assert.Empty(again.LoadFeedback());
        Assert.True(System.IO.File.Exists($"{File}.corrupt-1"));
    }

    [Fact]
    public void A_second_corrupt_file_does_not_overwrite_the_first()
    {
        foreach (var content in new[] { "first rubbish", "second rubbish" })
        {
            System.IO.File.WriteAllText(File, content);
            Open().Dispose();
        }

        Assert.Equal("first rubbish", System.IO.File.ReadAllText($"{File}.corrupt-1"));
        Assert.Equal("second rubbish", System.IO.File.ReadAllText($"{File}.corrupt-2"));
    }

    [Fact]
    public void A_file_of_the_first_version_keeps_what_is_in_it_and_learns_from_now_on()
    {
        using (var database = SqliteDatabase.Open(Path.Combine(_folder.FullName, DriverStore.FileName)))
        {
            database.Execute(
                "CREATE TABLE feedback (id TEXT PRIMARY KEY NOT NULL, utc TEXT NOT NULL, source TEXT NOT NULL, kind TEXT NOT NULL, choice_id TEXT NOT NULL, song_id TEXT NOT NULL)",
                "CREATE TABLE driver (one INTEGER PRIMARY KEY CHECK (one = 1), settings TEXT NOT NULL)",
                "CREATE TABLE trip_state (one INTEGER PRIMARY KEY CHECK (one = 1), record TEXT NOT NULL)",
                "INSERT INTO feedback VALUES ('old', '2026-11-20T12:00:00.0000000+00:00', 'Voice', 'Like', 'c', 's')",
                """INSERT INTO driver VALUES (1, '{"style":"Lift","taste":{"artists":["Kept"],"languages":[],"excludedArtists":[]}}')""",
                "PRAGMA user_version = 1");
        }

        using var store = Open();
        store.SaveFeedback(new("new", Noon, CommandSource.Voice, FeedbackKind.Like, "c", "s"), new DriverMemory(Preferences.None, ["s"]));

        Assert.Equal(["old", "new"], store.LoadFeedback().Select(row => row.CommandId));
        Assert.Equal((Style.Lift, "Kept"), (store.LoadDriver().Style, Assert.Single(store.LoadDriver().Taste.Artists)));
        Assert.Equal(["s"], store.LoadMemory().Played);
        Assert.Empty(store.LoadCommands());
        Assert.Empty(_folder.GetFiles("*.corrupt-*"));
        using var songs = SongCatalogueStore.Open(_folder.FullName, NullLogger<SongCatalogueStore>.Instance);
        Assert.Null(songs.Load(""));
    }

    [Fact]
    public void A_commit_waits_for_the_disk()
    {
        using var database = DriverDatabase.Open(_folder.FullName, NullLogger.Instance);
        using var journal = database.Prepare("PRAGMA journal_mode");
        using var synchronous = database.Prepare("PRAGMA synchronous");

        Assert.Equal("wal", journal.Query(row => row.Text(0))[0]);
        Assert.Equal(2, synchronous.Query(row => row.Number(0))[0]);
    }

    [Fact]
    public void A_file_of_a_newer_version_is_set_aside()
    {
        using (var database = SqliteDatabase.Open(File))
        {
            database.Execute("PRAGMA user_version = 1000");
        }

        using var store = Open();

        Assert.Contains("newer version", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_whose_tables_are_not_ours_is_set_aside()
    {
        using (var database = SqliteDatabase.Open(File))
        {
            database.Execute("CREATE TABLE feedback (x)", "PRAGMA user_version = 1");
        }

        using var store = Open();

        Assert.Single(_log.Lines);
    }

    [Fact]
    public void Unreadable_settings_are_ignored_with_a_line_in_the_log()
    {
        using (var store = Open())
        {
            store.SaveTrip(new TripRecord("t", Noon, Consent.Granted, true, null));
        }

        using (var database = SqliteDatabase.Open(File))
        {
            database.Execute("UPDATE trip_state SET record = '{\"consent\":\"perhaps\"}'");
        }

        using var again = Open();

        Assert.Null(again.LoadTrip());
        Assert.Contains("the trip", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unreadable_feedback_is_left_out_with_a_line_in_the_log()
    {
        using (var store = Open())
        {
            store.SaveFeedback(new("a", Noon, CommandSource.Voice, FeedbackKind.Like, "c", "s"), DriverMemory.None);
            store.SaveFeedback(new("b", Noon, CommandSource.Voice, FeedbackKind.Like, "c", "s"), DriverMemory.None);
        }

        using (var database = SqliteDatabase.Open(File))
        {
            database.Execute("UPDATE feedback SET kind = 'Adored' WHERE id = 'a'");
        }

        using var again = Open();

        Assert.Equal("b", Assert.Single(again.LoadFeedback()).CommandId);
        Assert.Single(_log.Lines);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_an_error_and_not_a_corrupt_file()
    {
        var folder = Path.Combine(_folder.FullName, "a-file");
        System.IO.File.WriteAllText(folder, "");

        Assert.ThrowsAny<IOException>(() => DriverStore.Open(Path.Combine(folder, "state"), _log));
    }

    private DriverStore Open() => DriverStore.Open(_folder.FullName, _log);

    private bool Holds(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return _folder.GetFiles().Any(file => System.IO.File.ReadAllBytes(file.FullName).AsSpan().IndexOf(bytes) >= 0);
    }
}
