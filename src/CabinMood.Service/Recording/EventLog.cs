using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Channels;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Songs;
using CabinMood.Service.Health;
using CabinMood.Service.Logging;
using CabinMood.Service.Options;
using CabinMood.Service.Simulation.Decisions;
using CabinMood.Service.Simulation.Drives;
using CabinMood.Storage;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Recording;

/// <summary>
/// Records every event and what was decided, as numbers, so that <c>cabinmood simulate</c> can play them again. Never
/// keeps the conductor waiting: what the disk cannot follow is dropped, counted and told. Readings only reach the log
/// while the driver agrees.
/// </summary>
public sealed class EventLog : IAsyncDisposable
{
    // Some minutes of ticks and readings: a disk that hangs longer loses events, and says so.
    private const int Capacity = 8192;

    // Written in pieces, not line by line.
    private const int PieceBytes = 64 * 1024;

    private const int BytesPerMegabyte = 1_000_000;

    private static readonly byte[] NewLine = "\n"u8.ToArray();
    private static readonly byte[] FullLine = "{\"full\":true}\n"u8.ToArray();

    private readonly Channel<EventLogEntry> _entries = Channel.CreateBounded<EventLogEntry>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });

    private readonly ArrayBufferWriter<byte> _piece = new();
    private readonly Utf8JsonWriter _json;
    private readonly Lock _gate = new();
    private readonly CabinMoodOptions _options;
    private readonly CatalogueIdentity _catalogue;
    private readonly ILogger<EventLog> _logger;
    private readonly LogBudget _budget;
    private readonly Action _ended;
    private readonly Task _writing;
    private Stream? _file;
    private long _written;
    private long _lost;

    /// <summary>A log that begins at once.</summary>
    /// <param name="file">Where to; belongs to the log from now on.</param>
    /// <param name="options">The size limit, and what the start line tells.</param>
    /// <param name="catalogue">The songs.</param>
    /// <param name="time">Limits how often gaps are told.</param>
    /// <param name="logger">Told of gaps and ends.</param>
    /// <param name="ended">Called when the recording ends by itself, at its size or for the disk. Must not block or throw.</param>
    internal EventLog(Stream file, CabinMoodOptions options, CatalogueIdentity catalogue, TimeProvider time, ILogger<EventLog> logger, Action ended)
    {
        _file = file;
        _options = options;
        _catalogue = catalogue;
        _logger = logger;
        _ended = ended;
        _budget = new LogBudget(time);
        _json = new Utf8JsonWriter(_piece, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Steps that are not composed yet.</summary>
    internal int Waiting => _entries.Reader.Count;

    /// <summary>Begins a log where the configuration asks for one; null where it does not.</summary>
    /// <param name="options">Where, how much, and what the start line tells.</param>
    /// <param name="songs">The catalogue; its identity is only worked out where a log is written.</param>
    /// <param name="time">Limits how often gaps are told.</param>
    /// <param name="logger">Told of gaps and ends.</param>
    /// <param name="ended">Called when the recording ends by itself, at its size or for the disk. Must not block or throw.</param>
    /// <exception cref="ConfigurationException">The file cannot be created.</exception>
    public static EventLog? Open(CabinMoodOptions options, IReadOnlyList<Song> songs, TimeProvider time, ILogger<EventLog> logger, Action ended)
    {
        if (options.Diagnostics.ResolveFile(options.Storage.ResolveFolder()) is not { } path)
        {
            return null;
        }

        try
        {
            var log = new EventLog(EventLogFiles.Create(path), options, CatalogueIdentity.Of(songs), time, logger, ended);
            ServiceLog.EventLogOpen(logger, path, options.Diagnostics.EventLogMaxMegabytes);
            return log;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Diagnostics:EventLog {path} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Takes one step of the conductor; returns at once. Called by the conductor's loop alone.</summary>
    public void Take(ConductorEvent happened, ConductorState? before, Transition transition)
    {
        if (_entries.Writer.TryWrite(new EventLogEntry(happened, before, transition, _lost)))
        {
            _lost = 0;
        }
        else
        {
            _lost++;
        }
    }

    /// <summary>Ends the recording for this run; the files are for <see cref="EventLogFiles"/> to delete.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    /// <summary>Tells the log of gaps in a minute that is over that it was not told of one by one. To be called every few seconds.</summary>
    public void TellWithheld()
    {
        if (_budget.TryEndMinute(out var withheld))
        {
            ServiceLog.Withheld(_logger, withheld, "gaps in the event log");
        }
    }

    /// <summary>Writes what still waits, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
        Stop();
        await _json.DisposeAsync().ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        while (await _entries.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_entries.Reader.TryRead(out var entry))
            {
                Compose(entry);
                if (_piece.WrittenCount >= PieceBytes)
                {
                    Save();
                }
            }

            Save();
        }
    }

    private void Compose(in EventLogEntry entry)
    {
        if (entry.LostBefore > 0)
        {
            Append(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"lost\":{entry.LostBefore}}}\n")));
            if (_budget.TryTake(out var withheld))
            {
                ServiceLog.EventLogLost(_logger, entry.LostBefore, withheld);
            }
        }

        if (entry.Event is ServiceStarted started)
        {
            StartWriter.Write(_json, started, _options, _catalogue, HealthReporter.Version);
        }
        else
        {
            EventWriter.Write(_json, entry.Event, entry.Transition.State);
        }

        _json.Flush();
        _json.Reset();
        Append(NewLine);
        foreach (var decision in DecisionReader.Of(entry.Event, entry.Before, entry.Transition))
        {
            Append(Encoding.UTF8.GetBytes(decision.ToLine()));
            Append(NewLine);
        }
    }

    private void Append(ReadOnlySpan<byte> bytes) => _piece.Write(bytes);

    private void Save()
    {
        lock (_gate)
        {
            if (_file is not null)
            {
                TrySave(_file);
            }

            _piece.ResetWrittenCount();
        }
    }

    private void TrySave(Stream file)
    {
        try
        {
            var room = ((long)_options.Diagnostics.EventLogMaxMegabytes * BytesPerMegabyte) - FullLine.Length - _written;
            var fits = _piece.WrittenCount <= room;
            // Whole lines only: what comes after is cut off, and the log says so.
            var piece = fits ? _piece.WrittenSpan : _piece.WrittenSpan[..(_piece.WrittenSpan[..(int)Math.Max(0, room)].LastIndexOf((byte)'\n') + 1)];
            file.Write(piece);
            _written += piece.Length;
            if (!fits)
            {
                file.Write(FullLine);
                ServiceLog.EventLogFull(_logger, _options.Diagnostics.EventLogMaxMegabytes);
            }

            file.Flush();
            if (!fits)
            {
                End();
            }
        }
        catch (IOException e)
        {
            // Diagnosis is never worth the service.
            ServiceLog.EventLogFailed(_logger, DiskTrouble.Detailed(e));
            End();
        }
    }

    private void End()
    {
        Stop();
        _ended();
    }
}
