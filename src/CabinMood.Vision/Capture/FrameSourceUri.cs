using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace CabinMood.Vision.Capture;

/// <summary>
/// Where frames come from, as written in the configuration or on the command line: <c>/dev/video0</c>, <c>clip.webm</c>,
/// <c>face.png</c>, <c>folder/</c>, <c>rtsp://host/stream</c>, <c>test:</c> (or <c>test:PATTERN</c>, a pattern of
/// videotestsrc), or a GStreamer launch line, recognised by its <c>!</c>.
/// </summary>
/// <param name="Kind">What sort of source it is.</param>
/// <param name="Location">Path, address, pattern or launch line.</param>
public sealed partial record FrameSourceUri(FrameSourceKind Kind, string Location)
{
    private static readonly FrozenSet<string> ImageExtensions = FrozenSet.ToFrozenSet(
        [".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp", ".pgm", ".ppm"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> WholePictureExtensions = FrozenSet.ToFrozenSet(
        [".bmp", ".tif", ".tiff", ".pgm", ".ppm"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>True for sources that never end by themselves: their end is a failure.</summary>
    public bool IsLive => Kind is FrameSourceKind.Device or FrameSourceKind.Rtsp or FrameSourceKind.Test or FrameSourceKind.Launch;

    /// <summary>The source for logs and people: an address's user name and password are left out.</summary>
    public string Display
    {
        get
        {
            switch (Kind)
            {
                case FrameSourceKind.Launch:
                    return "launch line";
                case FrameSourceKind.Test:
                    return $"test:{Location}";
                case FrameSourceKind.Rtsp:
                    return WithoutSecrets(Location);
                default:
                    return Location;
            }
        }
    }

    /// <summary>
    /// A text about this source without the secrets of any address in it: elements repeat the address that they cannot
    /// open, those of a launch line too.
    /// </summary>
    internal string WithoutPassword(string text) => WithoutSecrets(Kind == FrameSourceKind.Rtsp ? text.Replace(Location, Display, StringComparison.Ordinal) : text);

    /// <summary>True for pictures whose decoders need the whole file at once.</summary>
    internal bool IsWholePicture => Kind == FrameSourceKind.Image && WholePictureExtensions.Contains(Path.GetExtension(Location));

    /// <summary>Reads a source. Whether it exists is found out when it is opened, except for folders, which must exist.</summary>
    /// <exception cref="FormatException">The text names no known sort of source.</exception>
    public static FrameSourceUri Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var source = text.Trim();
        if (source.Length == 0)
        {
            throw new FormatException("The source is empty: give a device (/dev/video0), a file, a folder, rtsp://..., or test:");
        }

        if (source.Contains('!'))
        {
            return new FrameSourceUri(FrameSourceKind.Launch, source);
        }

        if (source.StartsWith("test:", StringComparison.OrdinalIgnoreCase))
        {
            var pattern = source["test:".Length..];
            return pattern.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
                ? new FrameSourceUri(FrameSourceKind.Test, pattern)
                : throw new FormatException($"{source}: a test pattern's name has only letters, digits and hyphens");
        }

        if (source.StartsWith("rtsp://", StringComparison.OrdinalIgnoreCase) || source.StartsWith("rtsps://", StringComparison.OrdinalIgnoreCase))
        {
            return new FrameSourceUri(FrameSourceKind.Rtsp, source);
        }

        var path = source.StartsWith("file://", StringComparison.OrdinalIgnoreCase) ? new Uri(source).LocalPath : source;
        if (path.Contains("://", StringComparison.Ordinal))
        {
            throw new FormatException($"{WithoutSecrets(source)}: unknown kind of address; known are rtsp://, rtsps:// and file://");
        }

        return new FrameSourceUri(KindOfPath(path), path);
    }

    /// <summary>The folder's pictures, ordered by name.</summary>
    /// <exception cref="CaptureException">It is no readable folder or holds no picture.</exception>
    internal static string[] Pictures(string folder)
    {
        try
        {
            var pictures = Directory.EnumerateFiles(folder)
                .Where(path => ImageExtensions.Contains(Path.GetExtension(path)))
                .Order(StringComparer.Ordinal)
                .ToArray();
            return pictures.Length > 0
                ? pictures
                : throw new CaptureException($"{folder}: no pictures in this folder (known are {string.Join(' ', ImageExtensions.Order())})");
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new CaptureException($"{folder}: no such folder", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CaptureException($"{folder}: cannot be read: {exception.Message}", exception);
        }
    }

    private static string WithoutSecrets(string text) => Secrets().Replace(text, "$1");

    // User and password up to the last @ of an address, for a password may hold an @ or / of its own; and the query, in
    // which some cameras take them.
    [GeneratedRegex("""(\b[a-z]+://)[^\s"'@]*@(?:[^\s"'@]*@)*|\?[^\s"'?]*=[^\s"']*""", RegexOptions.IgnoreCase)]
    private static partial Regex Secrets();

    private static FrameSourceKind KindOfPath(string path)
    {
        if (path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            return FrameSourceKind.Device;
        }

        if (path.EndsWith('/') || Directory.Exists(path))
        {
            return FrameSourceKind.Folder;
        }

        return ImageExtensions.Contains(Path.GetExtension(path)) ? FrameSourceKind.Image : FrameSourceKind.File;
    }
}
