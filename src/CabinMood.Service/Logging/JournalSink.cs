using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace CabinMood.Service.Logging;

/// <summary>
/// Writes log events to systemd's journal with their level and fields, so that <c>journalctl -p warning</c> and
/// <c>journalctl CABINMOOD_EVENT=Refused</c> find them [systemd.io, Native Journal Protocol]. Thread-safe.
/// </summary>
/// <param name="address">The journal's socket.</param>
/// <param name="otherwise">Takes what the journal does not, for example while it is started anew.</param>
internal sealed class JournalSink(string address, ILogEventSink otherwise) : ILogEventSink, IDisposable
{
    /// <summary>Where journald listens.</summary>
    internal const string Address = "/run/systemd/journal/socket";

    private const string Prefix = "CABINMOOD_";

    private readonly MessageTemplateTextFormatter _message = new("{Message:lj}", CultureInfo.InvariantCulture);
    private readonly UnixDomainSocketEndPoint _journal = new(address);
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    /// <summary>
    /// Whether standard output ends in the journal: systemd says which socket that is, and whoever redirects the output
    /// wants to have the lines there [systemd.exec(5), JOURNAL_STREAM].
    /// </summary>
    /// <param name="journalStream">The variable's value, <c>device:inode</c>.</param>
    /// <param name="standardOutput">What <c>/proc/self/fd/1</c> points to.</param>
    internal static bool Reads(string? journalStream, string? standardOutput) =>
        journalStream?.Split(':') is [_, { Length: > 0 } inode] && standardOutput == $"socket:[{inode}]";

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        try
        {
            _socket.SendTo(Fields(logEvent), _journal);
        }
        catch (SocketException)
        {
            otherwise.Emit(logEvent);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private byte[] Fields(LogEvent logEvent)
    {
        using var datagram = new MemoryStream();
        using var message = new StringWriter(CultureInfo.InvariantCulture);
        _message.Format(logEvent, message);
        Add(datagram, "MESSAGE", message.ToString());
        Add(datagram, "PRIORITY", Priority(logEvent.Level));
        Add(datagram, "SYSLOG_IDENTIFIER", "cabinmood");
        if (logEvent.Exception is { } exception)
        {
            Add(datagram, $"{Prefix}EXCEPTION", exception.ToString());
        }

        foreach (var (name, value) in logEvent.Properties)
        {
            switch (value)
            {
                // An event of this program has a name and a number.
                case StructureValue structure when name == "EventId":
                    foreach (var part in structure.Properties)
                    {
                        Add(datagram, part.Name == "Name" ? $"{Prefix}EVENT" : $"{Prefix}EVENT_ID", Text(part.Value));
                    }

                    break;
                default:
                    Add(datagram, Prefix + FieldName(name), Text(value));
                    break;
            }
        }

        return datagram.ToArray();
    }

    // With its length, so that a line break in a value cannot begin a field of its own: topics come from strangers.
    private static void Add(MemoryStream datagram, string name, string value)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        var bytes = Encoding.UTF8.GetBytes(value);
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)bytes.Length);
        datagram.Write(Encoding.ASCII.GetBytes(name));
        datagram.WriteByte((byte)'\n');
        datagram.Write(length);
        datagram.Write(bytes);
        datagram.WriteByte((byte)'\n');
    }

    // SourceContext becomes SOURCE_CONTEXT; the journal takes capital letters, digits and underscores.
    private static string FieldName(string name)
    {
        var field = new StringBuilder();
        foreach (var letter in name.Where(char.IsAsciiLetterOrDigit))
        {
            field.Append(char.IsAsciiLetterUpper(letter) && field.Length > 0 ? "_" : "").Append(char.ToUpperInvariant(letter));
        }

        return field.ToString();
    }

    private static string Text(LogEventPropertyValue value) =>
        value is ScalarValue scalar ? Convert.ToString(scalar.Value, CultureInfo.InvariantCulture) ?? "" : value.ToString(null, CultureInfo.InvariantCulture);

    // syslog(3)
    private static string Priority(LogEventLevel level) => level switch
    {
        LogEventLevel.Fatal => "2",
        LogEventLevel.Error => "3",
        LogEventLevel.Warning => "4",
        LogEventLevel.Information => "6",
        _ => "7",
    };
}
