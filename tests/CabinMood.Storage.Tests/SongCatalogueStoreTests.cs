using System.Globalization;
using System.Text;
using CabinMood.Storage.Songs;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Storage.Tests;

public sealed class SongCatalogueStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cabinmood-songs-");
    private readonly List<BadRow> _bad = [];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void An_imported_catalogue_is_the_file_song_by_song()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "starter.csv");
        using (var store = Open())
        using (var csv = File.OpenRead(path))
        {
            var result = Import(store, csv);
            Assert.Equal((324, 0, 0), (result.Imported, result.Skipped, result.Merged));
            Assert.Empty(result.MissingFeatures);
        }

        using var again = Open();
        var loaded = again.Load("t:{id}");

        Assert.NotNull(loaded);
        Assert.Equal(SongCatalogueFile.Read(path, "").Songs.OrderBy(song => song.Id, StringComparer.Ordinal), loaded);
        Assert.Equal(Noon, again.ImportedUtc());
        Assert.Equal(5, loaded.IndexOf(loaded[5].Id));
        Assert.Equal(-1, loaded.IndexOf("nothing"));
    }

    [Fact]
    public void Without_an_import_there_is_no_catalogue()
    {
        using var store = Open();
        Assert.Null(store.Load(""));
    }

    [Fact]
    public void Bad_rows_are_told_and_skipped_and_ids_that_come_again_are_merged()
    {
        using var store = Open();
        var result = Import(store, Csv("a,0.1", "b,loud", "a,0.3", "雨,0.4"));

        Assert.Equal((2, 1, 1), (result.Imported, result.Skipped, result.Merged));
        Assert.Equal(3, Assert.Single(_bad).Line);
        Assert.Equal(["danceability", "acousticness", "instrumentalness", "liveness", "speechiness"], result.MissingFeatures);
        var songs = store.Load("spotify:track:{id}")!;
        Assert.Equal(0.3f, songs[songs.IndexOf("a")].Energy);
        Assert.Equal("spotify:track:雨", songs[songs.IndexOf("雨")].Uri);
    }

    [Fact]
    public void A_strict_import_of_a_bad_row_leaves_the_old_catalogue()
    {
        using var store = Open();
        Import(store, Csv("old,0.5"));

        Assert.Throws<SongCatalogueException>(() => store.Import(Csv("new,0.1", "bad,x"), true, Noon, _bad.Add, _ => { }, default));
        Assert.Throws<SongCatalogueException>(() => Import(store, Csv("bad,x")));

        Assert.Equal("old", Assert.Single(store.Load("")!).Id);
    }

    [Fact]
    public void A_cancelled_import_leaves_the_old_catalogue_and_the_store_usable()
    {
        using var store = Open();
        Import(store, Csv("old,0.5"));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => store.Import(
            Csv([.. Enumerable.Range(0, 2000).Select(i => $"n{i},0.5")]), false, Noon, _bad.Add, _ => { }, cancelled.Token));

        Assert.Single(store.Load("")!);
        Assert.Equal(2, Import(store, Csv("one,0.1", "two,0.2")).Imported);
    }

    internal static MemoryStream Csv(params string[] idAndEnergy)
    {
        var csv = new StringBuilder("id,energy,name,artist,album,popularity,length,valence,loudness,tempo,mood\n");
        foreach (var row in idAndEnergy)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{row},Name,Artist,Album,50,200000,0.5,-9,100,Calm\n");
        }

        return new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString()));
    }

    private SongCatalogueStore Open() => SongCatalogueStore.Open(_folder.FullName, NullLogger<SongCatalogueStore>.Instance);

    private ImportResult Import(SongCatalogueStore store, Stream csv) => store.Import(csv, false, Noon, _bad.Add, _ => { }, default);
}
