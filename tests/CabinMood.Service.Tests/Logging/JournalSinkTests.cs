using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using CabinMood.Service.Logging;
using CabinMood.Service.Tests.Support;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace CabinMood.Service.Tests.Logging;

/// <summary>What arrives on the journal's socket.</summary>
public sealed class JournalSinkTests : IDisposable, ILogEventSink
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _journal = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly List<string> _otherwise = [];

    public void Dispose()
    {
        _journal.Dispose();
        _folder.Dispose();
    }

    void ILogEventSink.Emit(LogEvent logEvent) => _otherwise.Add(logEvent.RenderMessage());

    [Fact]
    public void A_line_arrives_with_its_level_its_event_and_its_fields()
    {
        _journal.Bind(new UnixDomainSocketEndPoint(_folder.File("journal")));

        Write(logger => ServiceLog.MessageRefused(logger, "cabinmood/car/set/style", "not JSON", 3));

        var fields = Receive();
        Assert.Equal("Refused a message on cabinmood/car/set/style: not JSON (3 more since the last such line)", fields["MESSAGE"]);
        Assert.Equal("4", fields["PRIORITY"]);
        Assert.Equal("cabinmood", fields["SYSLOG_IDENTIFIER"]);
        Assert.Equal("MessageRefused", fields["CABINMOOD_EVENT"]);
        Assert.Equal("6", fields["CABINMOOD_EVENT_ID"]);
        Assert.Equal("CabinMood.Test", fields["CABINMOOD_SOURCE_CONTEXT"]);
        Assert.Equal("cabinmood/car/set/style", fields["CABINMOOD_TOPIC"]);
        Assert.Equal("3", fields["CABINMOOD_WITHHELD"]);
        Assert.Empty(_otherwise);
    }

    [Fact]
    public void A_line_break_from_a_stranger_begins_no_field()
    {
        _journal.Bind(new UnixDomainSocketEndPoint(_folder.File("journal")));

        Write(logger => ServiceLog.CameraTrouble(logger, "gone\nPRIORITY=0\nFORGED=yes"));

        var fields = Receive();
        Assert.Equal("4", fields["PRIORITY"]);
        Assert.Equal("gone\nPRIORITY=0\nFORGED=yes", fields["CABINMOOD_PROBLEM"]);
        Assert.DoesNotContain("FORGED", fields.Keys);
    }

    [Fact]
    public void Without_a_journal_the_line_goes_where_it_would_have_gone()
    {
        Write(ServiceLog.Stopping);

        Assert.Equal(["CabinMood is stopping"], _otherwise);
    }

    [Theory]
    [InlineData("8:123", "socket:[123]", true)]
    [InlineData("8:123", "socket:[124]", false)]
    [InlineData("8:123", "/dev/pts/0", false)]
    [InlineData(null, "socket:[123]", false)]
    [InlineData("", null, false)]
    [InlineData("123", "socket:[123]", false)]
    public void Only_output_that_ends_in_the_journal_is_written_there(string? journalStream, string? standardOutput, bool expected) =>
        Assert.Equal(expected, JournalSink.Reads(journalStream, standardOutput));

    private void Write(Action<Microsoft.Extensions.Logging.ILogger> write)
    {
        using var sink = new JournalSink(_folder.File("journal"), this);
        using var serilog = new LoggerConfiguration().WriteTo.Sink(sink).CreateLogger();
        using var loggers = new SerilogLoggerFactory(serilog);
        write(loggers.CreateLogger("CabinMood.Test"));
    }

    private Dictionary<string, string> Receive()
    {
        var buffer = new byte[65536];
        var rest = buffer.AsSpan(0, _journal.Receive(buffer));
        Dictionary<string, string> fields = [];
        while (rest.Length > 0)
        {
            var end = rest.IndexOf((byte)'\n');
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(rest[(end + 1)..]);
            fields.Add(Encoding.ASCII.GetString(rest[..end]), Encoding.UTF8.GetString(rest.Slice(end + 9, length)));
            rest = rest[(end + 10 + length)..];
        }

        return fields;
    }
}
