using System.Globalization;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Songs.Learning;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Storage.Tests;

/// <summary>
/// The test assembly's own program: stores feedback, or with "songs" catalogues, for ever in the folder it is given, and
/// says each id once it is stored. Somebody kills it.
/// </summary>
internal static class FeedbackWriter
{
    public static int Main(string[] arguments)
    {
        if (arguments is [_, "songs"])
        {
            CatalogueWriter.Run(arguments[0]);
        }

        using var store = DriverStore.Open(arguments[0], NullLogger<DriverStore>.Instance);
        var first = store.LoadFeedback().Count;
        for (var i = first; ; i++)
        {
            var id = i.ToString(CultureInfo.InvariantCulture);
            store.SaveFeedback(Row(id), DriverMemory.None, Remembered(id));
            Console.Out.WriteLine(id);
            Console.Out.Flush();
        }
    }

    internal static RememberedCommand Remembered(string id) =>
        new(CommandDigest.OfId(id), CommandDigest.Of(new GiveFeedback(id, CommandSource.Touch, FeedbackKind.Like, "choice")), ReplyStatus.Ok);

    internal static FeedbackRow Row(string id) =>
        new(id, new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), CommandSource.Touch, FeedbackKind.Like, "choice", "song");
}
