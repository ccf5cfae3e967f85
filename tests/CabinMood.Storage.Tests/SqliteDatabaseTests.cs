using CabinMood.Storage.Sqlite;

namespace CabinMood.Storage.Tests;

public sealed class SqliteDatabaseTests
{
    [Fact]
    public void An_error_names_the_statement_the_code_and_the_reason()
    {
        using var database = SqliteDatabase.Open(":memory:");

        var exception = Assert.Throws<SqliteException>(() => database.Execute("SELECT * FROM nowhere"));

        Assert.Equal("SELECT * FROM nowhere", exception.Call);
        Assert.Equal(1, exception.Code);
        Assert.Contains("no such table: nowhere", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transaction_that_fails_leaves_nothing()
    {
        using var database = SqliteDatabase.Open(":memory:");
        database.Execute("CREATE TABLE t (x TEXT)");

        Assert.Throws<SqliteException>(() => database.InTransaction(() => database.Execute("INSERT INTO t VALUES (1)", "rubbish")));

        using var count = database.Prepare("SELECT count(*) FROM t");
        Assert.Equal(0, count.Query(row => row.Number(0))[0]);
    }

    [Fact]
    public void Texts_of_any_length_and_script_come_back_as_they_went_in()
    {
        using var database = SqliteDatabase.Open(":memory:");
        database.Execute("CREATE TABLE t (x TEXT)");
        string[] texts = ["", "☂ с дождём", "quote ' and \0 inside", new string('x', 100_000)];
        using var insert = database.Prepare("INSERT INTO t VALUES (?)");
        foreach (var text in texts)
        {
            insert.Run(text);
        }

        using var select = database.Prepare("SELECT x FROM t ORDER BY rowid");

        Assert.Equal(texts, select.Query(row => row.Text(0)));
    }

    [Fact]
    public void A_folder_is_not_a_database()
    {
        var exception = Assert.Throws<SqliteException>(() => SqliteDatabase.Open(Path.GetTempPath()));

        Assert.Contains("unable to open database file", exception.Message, StringComparison.Ordinal);
    }
}
