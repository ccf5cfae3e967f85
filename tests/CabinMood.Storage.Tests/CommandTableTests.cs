using System.Globalization;
using System.Text;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Safety;
using CabinMood.Core.Songs;
using CabinMood.Core.Songs.Learning;
using CabinMood.Storage.Sqlite;

namespace CabinMood.Storage.Tests;

/// <summary>Which commands were obeyed, as the driver's store remembers it.</summary>
public sealed class CommandTableTests : IDisposable
{
    private static readonly TripRecord Trip = new("t", new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), Consent.Withheld, CameraAllowed: true, null);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cabinmood-commands-");
    private readonly ListLogger<DriverStore> _log = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_command_is_remembered_with_whatever_it_stored_and_one_that_is_superseded_keeps_its_place()
    {
        using (var store = Open())
        {
            store.SaveTrip(Trip, Command("wish"));
            store.SaveDriver(DriverSettings.Default, Command("style"));
            store.SaveFeedback(FeedbackWriter.Row("like"), DriverMemory.None, Command("like"));
            store.SaveTrip(Trip, Command("wish") with { Outcome = ReplyStatus.Superseded }, Command("newer"));
            store.Erase();
            store.RememberErasure(Command("erase"));
        }

        using var again = Open();

        Assert.Equal(
            [
                Command("wish") with { Asked = null, Outcome = ReplyStatus.Superseded },
                Command("style") with { Asked = null },
                Command("like") with { Asked = null },
                Command("newer") with { Asked = null },
                Command("erase"),
            ],
            again.LoadCommands());
    }

    [Fact]
    public void An_erasure_that_could_not_be_remembered_is_with_the_first_thing_that_can_be_stored_again()
    {
        using (var store = Open())
        {
            using (var other = SqliteDatabase.Open(Path.Combine(_folder.FullName, DriverStore.FileName)))
            {
                other.Execute("BEGIN IMMEDIATE");
                store.RememberErasure(Command("erase"));
                Assert.Throws<SqliteException>(() => store.SaveTrip(Trip, Command("wish")));
            }

            Assert.Empty(store.LoadCommands());
            store.SaveMemory(DriverMemory.None);
            Assert.Equal([Command("erase")], store.LoadCommands());
            store.SaveTrip(Trip, Command("wish"));
        }

        using var again = Open();

        Assert.Equal([Command("erase"), Command("wish")], again.LoadCommands());
    }

    [Fact]
    public void However_many_erasures_a_full_disk_owes_the_last_thousand_are_stored_and_none_of_what_it_erased_comes_back()
    {
        using var store = Open();
        store.SaveTrip(Trip, Command("wish"));
        using (var other = SqliteDatabase.Open(Path.Combine(_folder.FullName, DriverStore.FileName)))
        {
            other.Execute("CREATE TRIGGER full BEFORE INSERT ON command BEGIN SELECT RAISE(FAIL, 'the disk is full'); END");
            store.SaveDriver(new DriverSettings(Style.Lift, Taste.None));
            store.Erase();
            for (var i = 0; i < 1500; i++)
            {
                store.RememberErasure(Erasure(i));
            }

            store.RememberErasure(Erasure(1000));
            Assert.Equal(1000, store.OwedErasures);
            other.Execute("DROP TRIGGER full");
        }

        store.SaveTrip(Trip);

        Assert.Equal(0, store.OwedErasures);
        Assert.Equal(Enumerable.Range(500, 1000).Select(Erasure), store.LoadCommands());
        Assert.Equal(DriverSettings.Default, store.LoadDriver());

        static RememberedCommand Erasure(int i) => Command(i.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_last_thousand_are_kept()
    {
        using var store = Open();
        for (var i = 0; i < 1500; i++)
        {
            store.SaveTrip(Trip, Command(i.ToString(CultureInfo.InvariantCulture)));
        }

        store.SaveTrip(Trip, Command("500"));

        var ids = store.LoadCommands().Select(command => command.Id).ToList();
        Assert.Equal(Enumerable.Range(500, 1000).Select(i => Command(i.ToString(CultureInfo.InvariantCulture)).Id), ids);
    }

    [Fact]
    public void No_word_of_a_command_nor_of_its_id_is_in_the_files()
    {
        const string secret = "Canary of the driver";
        using var store = Open();

        store.SaveTrip(Trip, new RememberedCommand(CommandDigest.OfId(secret), CommandDigest.Of(new SetTaste("t", [secret], [], [])), ReplyStatus.Ok));

        Assert.Single(store.LoadCommands());
        Assert.DoesNotContain(_folder.GetFiles(), file => File.ReadAllBytes(file.FullName).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0);
    }

    [Fact]
    public void What_was_asked_is_gone_after_erasing_down_to_the_bytes()
    {
        using var store = Open();
        var asked = Command("taste").Asked!;
        store.SaveDriver(new DriverSettings(Style.Lift, Taste.None), Command("taste"));
        Assert.True(Holds(asked));

        store.Erase();

        Assert.False(Holds(asked));
        Assert.True(Holds(Command("taste").Id));
        bool Holds(string text) => _folder.GetFiles().Any(file => File.ReadAllText(file.FullName, Encoding.Latin1).Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_command_that_cannot_be_remembered_stores_nothing_but_a_no_and_an_erasure_need_no_memory()
    {
        using (var store = Open())
        {
            store.SaveDriver(new DriverSettings(Style.Lift, Taste.None));
            store.SaveTrip(Trip);
        }

        using (var database = SqliteDatabase.Open(Path.Combine(_folder.FullName, DriverStore.FileName)))
        {
            database.Execute("CREATE TRIGGER full BEFORE INSERT ON command BEGIN SELECT RAISE(FAIL, 'the disk is full'); END");
        }

        using var again = Open();
        Assert.Throws<SqliteException>(() => again.SaveDriver(new DriverSettings(Style.Calm, Taste.None), Command("style")));
        Assert.Throws<SqliteException>(() => again.SaveTrip(Trip with { Consent = Consent.Granted }, Command("yes")));
        Assert.Throws<SqliteException>(() => again.SaveFeedback(FeedbackWriter.Row("like"), DriverMemory.None, Command("like")));
        Assert.Equal((Style.Lift, Trip), (again.LoadDriver().Style, again.LoadTrip()));
        Assert.Empty(again.LoadFeedback());

        again.SaveTrip(Trip with { Consent = Consent.Withdrawn, CameraAllowed = false });
        again.Erase();
        again.RememberErasure(Command("erase"));

        Assert.Equal((Consent.Withdrawn, false), (again.LoadTrip()!.Consent, again.LoadTrip()!.CameraAllowed));
        Assert.Equal(Style.Match, again.LoadDriver().Style);
        Assert.Empty(again.LoadCommands());
        Assert.Contains("the disk is full", _log.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_somebody_else_wrote_is_left_out_with_a_line_in_the_log()
    {
        using (var store = Open())
        {
            store.SaveTrip(Trip, Command("a"), Command("b"));
        }

        using (var database = SqliteDatabase.Open(Path.Combine(_folder.FullName, DriverStore.FileName)))
        {
            database.Execute("UPDATE command SET outcome = 'Perhaps' WHERE place = 1");
        }

        using var again = Open();

        Assert.Equal([Command("b")], again.LoadCommands());
        Assert.Single(_log.Lines);
    }

    private static RememberedCommand Command(string id) => new(CommandDigest.OfId(id), CommandDigest.Of(new EraseDriver(id)), ReplyStatus.Ok);

    private DriverStore Open() => DriverStore.Open(_folder.FullName, _log);
}
