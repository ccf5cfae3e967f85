using CabinMood.Storage.Songs;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Storage.Tests;

/// <summary>Imports two catalogues in turn for ever, and says each once it is stored. Somebody kills it.</summary>
internal static class CatalogueWriter
{
    internal const int Songs = 20_000;

    public static void Run(string folder)
    {
        using var store = SongCatalogueStore.Open(folder, NullLogger<SongCatalogueStore>.Instance);
        for (var i = 0; ; i++)
        {
            var name = i % 2 == 0 ? "a" : "b";
            using var csv = SongCatalogueStoreTests.Csv([.. Enumerable.Range(0, Songs).Select(song => $"{name}{song},0.5")]);
            store.Import(csv, false, DateTimeOffset.UnixEpoch, _ => { }, share => Say(share < 1 ? "." : name), default);
        }
    }

    private static void Say(string word)
    {
        Console.Out.WriteLine(word);
        Console.Out.Flush();
    }
}
