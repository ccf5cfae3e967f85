using System.Runtime.Versioning;

namespace CabinMood.Service.Tests.Support;

/// <summary>A folder that ends with its test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cabinmood-test-");

    internal string Path => _folder.FullName;

    internal string File(string name) => System.IO.Path.Combine(_folder.FullName, name);

    internal string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    [SupportedOSPlatform("linux")]
    internal string Write(string name, string text, UnixFileMode mode)
    {
        System.IO.File.SetUnixFileMode(Write(name, text), mode);
        return File(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
