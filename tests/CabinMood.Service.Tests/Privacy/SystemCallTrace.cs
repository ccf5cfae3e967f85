using System.Globalization;
using System.Text.RegularExpressions;

namespace CabinMood.Service.Tests.Privacy;

/// <summary>What strace saw a process write, and where to.</summary>
internal sealed partial class SystemCallTrace
{
    private static readonly string[] Watched =
    [
        "open", "openat", "openat2", "creat", "write", "pwrite64", "writev", "pwritev", "pwritev2", "send", "sendto", "sendmsg", "sendmmsg",
        "sendfile", "copy_file_range", "splice", "vmsplice", "process_vm_writev", "io_uring_setup",
    ];

    private SystemCallTrace(HashSet<string> files, List<byte[]> writes, HashSet<string> calls)
    {
        (OpenedForWriting, Writes, Calls) = (files, writes, calls);
    }

    /// <summary>Every file that was opened so that it could be written.</summary>
    internal IReadOnlySet<string> OpenedForWriting { get; }

    /// <summary>Everything that was handed to the system for writing or sending.</summary>
    internal IReadOnlyList<byte[]> Writes { get; }

    /// <summary>The system calls that were seen.</summary>
    internal IReadOnlySet<string> Calls { get; }

    internal static bool IsInstalled => File.Exists("/usr/bin/strace");

    /// <summary>The command under which a process is watched. It stays the same process: strace runs beside it.</summary>
    internal static string[] Under(string file) =>
        ["strace", "-D", "-f", "--seccomp-bpf", "-qq", "-xx", "-s", "1000000", "-e", "signal=none", "-e", $"trace={string.Join(',', Watched)}", "-o", file];

    internal static SystemCallTrace Read(string file)
    {
        HashSet<string> files = [];
        HashSet<string> calls = [];
        List<byte[]> writes = [];
        foreach (var line in File.ReadLines(file))
        {
            var call = Call().Match(line);
            if (!call.Success)
            {
                continue;
            }

            var name = call.Groups["name"].Value;
            calls.Add(name);
            var texts = Text().Matches(line).Select(match => Bytes(match.ValueSpan)).ToArray();
            if (!name.StartsWith("open", StringComparison.Ordinal) && name != "creat")
            {
                writes.AddRange(texts);
            }
            else if (texts.Length > 0 && (name == "creat" || ForWriting().IsMatch(line)))
            {
                files.Add(System.Text.Encoding.UTF8.GetString(texts[0]));
            }
        }

        return new SystemCallTrace(files, writes, calls);
    }

    private static byte[] Bytes(ReadOnlySpan<char> quoted)
    {
        // "\x41\x42": four characters a byte between the quotes.
        var bytes = new byte[(quoted.Length - 2) / 4];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = byte.Parse(quoted.Slice(3 + (i * 4), 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        return bytes;
    }

    [GeneratedRegex(@"^\d+ +(?<name>[a-z0-9_]+)\(")]
    private static partial Regex Call();

    [GeneratedRegex("\"(?:\\\\x[0-9a-f]{2})+\"")]
    private static partial Regex Text();

    [GeneratedRegex(@"\bO_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)\b")]
    private static partial Regex ForWriting();
}
