using CabinMood.Vision.OnnxRuntime;
using CabinMood.Vision.Tests.Support;

namespace CabinMood.Vision.Tests.OnnxRuntime;

public sealed class OnnxRuntimeLibraryTests
{
    [Fact]
    public void The_version_is_known() => Assert.Matches(@"^1\.\d+\.\d+", OnnxRuntimeLibrary.Version);

    [Fact]
    public void A_missing_library_says_where_it_was_looked_for_and_how_to_get_it()
    {
        using var folder = new TempFolder();

        var exception = Assert.Throws<OnnxRuntimeException>(
            () => OnnxRuntimeLibrary.Load(named: null, folder.Path, searchSystem: false));

        Assert.Contains(folder.File("libonnxruntime.so.1"), exception.Message, StringComparison.Ordinal);
        Assert.Contains("deploy/native/fetch.sh", exception.Message, StringComparison.Ordinal);
        Assert.Contains("CABINMOOD_ONNXRUNTIME", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_was_named_is_the_only_one()
    {
        using var folder = new TempFolder();

        var exception = Assert.Throws<OnnxRuntimeException>(
            () => OnnxRuntimeLibrary.Load(folder.File("elsewhere.so"), AppContext.BaseDirectory));

        Assert.Contains("elsewhere.so", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("the system's libraries", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_differs_from_its_checksum_is_never_loaded()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("libonnxruntime.so.1"), "half a library");
        File.WriteAllText(folder.File("libonnxruntime.so.1.sha256"), $"{new string('0', 64)}  libonnxruntime.so.1\n");

        var exception = Assert.Throws<OnnxRuntimeException>(() => OnnxRuntimeLibrary.Load(folder.Path, folder.Path));

        Assert.Contains("is damaged", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_library_for_this_processor_says_so()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("libonnxruntime.so.1"), "no library");

        var exception = Assert.Throws<OnnxRuntimeException>(() => OnnxRuntimeLibrary.Load(named: null, folder.Path));

        Assert.Contains("cannot be loaded", exception.Message, StringComparison.Ordinal);
    }
}
