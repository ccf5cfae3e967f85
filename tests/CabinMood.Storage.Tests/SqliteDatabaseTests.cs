using CabinMood.Storage.Sqlite;

namespace CabinMood.Storage.Tests;

public sealed class SqliteDatabaseTests
{
    [Fact]
    public void An_error_says_a_plain_sentence_and_keeps_statement_reason_and_code_for_engineers()
    {
        using var database = SqliteDatabase.Open(":memory:");

        var exception = Assert.Throws<SqliteException>(() => database.Execute("SELECT * FROM nowhere"));

        Assert.Equal("the database is not as CabinMood made it", exception.Message);
        Assert.Equal(1, exception.Code);
        Assert.Equal("SELECT * FROM nowhere: no such table: nowhere (1)", exception.Detail);
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

        Assert.Equal("the database's files cannot be opened", exception.Message);
    }
}
