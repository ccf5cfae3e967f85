using CabinMood.Service.Health;
using CabinMood.Service.Logging;
using CabinMood.Storage;
using CabinMood.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Hosting;

/// <summary>
/// Forgets the driver on disk. Every part for itself goes as far as the disk lets it, files first, because that makes
/// room for the rest; what is left is tried again until it is done, over restarts too: a mark in the state folder says
/// that something is left. Until then nothing new is stored about the driver, so that nothing new is erased. Thread-safe.
/// </summary>
public sealed class Erasure
{
    /// <summary>The mark's name in the state folder.</summary>
    internal const string MarkName = "erase.pending";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly string _mark;
    private readonly StorageWatch _watch;
    private readonly ILogger _logger;
    private readonly Part[] _parts;
    private Part[] _left;
    private volatile bool _isPending;

    /// <summary>An erasure of one state folder. One that an earlier run has left is pending from the start.</summary>
    /// <param name="folder">The state folder.</param>
    /// <param name="store">Its database.</param>
    /// <param name="eraseEventLogs">Ends what is being recorded for diagnosis, and deletes it.</param>
    /// <param name="watch">Told what is left.</param>
    /// <param name="logger">Told too, when that changes.</param>
    public Erasure(string folder, DriverStore store, Action eraseEventLogs, StorageWatch watch, ILogger<Erasure> logger)
    {
        ArgumentNullException.ThrowIfNull(store);
        _mark = Path.Combine(folder, MarkName);
        _watch = watch;
        _logger = logger;
        _parts = [new("event logs", eraseEventLogs), new("databases set aside", store.DeleteAside), new("feedback, style, taste and what was learned", store.Erase)];
        _left = _parts;
        _isPending = File.Exists(_mark);
    }

    /// <summary>Whether something is left.</summary>
    public bool IsPending => _isPending;

    /// <summary>Erases everything.</summary>
    /// <exception cref="ErasureException">Something is left, and will be tried again.</exception>
    public void Begin()
    {
        lock (_gate)
        {
            (_left, _isPending) = (_parts, true);
            // Before anything else: whatever ends this process now, the next one goes on.
            Mark();
            TryAgain();
            ThrowIfPending();
        }
    }

    /// <summary>Erases what is left, then stores something new about the driver.</summary>
    /// <exception cref="ErasureException">Something is left; nothing was stored.</exception>
    public void Before(Action store)
    {
        ArgumentNullException.ThrowIfNull(store);
        lock (_gate)
        {
            TryAgain();
            ThrowIfPending();
            store();
        }
    }

    /// <summary>Erases what is left, if anything.</summary>
    public void TryAgain()
    {
        lock (_gate)
        {
            if (!_isPending)
            {
                return;
            }

            List<string> problems = [];
            _left = [.. _left.Where(part => !IsDone(part.Erase, part.What, problems))];
            _isPending = _left.Length > 0 || !IsDone(() => File.Delete(_mark), "the mark that something is left", problems);
            if (_left.Length > 0 && !File.Exists(_mark))
            {
                Mark();
            }

            Tell(_isPending ? $"not erased yet: {string.Join("; ", problems)}" : null);
        }
    }

    /// <summary>Tries again every ten seconds until cancelled.</summary>
    public async Task RunAsync(TimeProvider time, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.NextAsync(cancellation).ConfigureAwait(false))
        {
            TryAgain();
        }
    }

    private static bool IsDone(Action erase, string what, List<string> problems)
    {
        try
        {
            erase();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            problems.Add($"{what} ({DiskTrouble.Of(e)})");
            return false;
        }
    }

    private void Mark()
    {
        try
        {
            File.WriteAllBytes(_mark, []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then this process alone remembers it, as long as it runs.
        }
    }

    private void Tell(string? notErased)
    {
        if (notErased is not null && notErased != _watch.NotErased)
        {
            ServiceLog.NotErased(_logger, notErased);
        }

        _watch.NotErased = notErased;
    }

    private void ThrowIfPending()
    {
        if (_isPending)
        {
            throw new ErasureException($"{_watch.NotErased}; it is tried again until it is done");
        }
    }

    private sealed record Part(string What, Action Erase);
}
