namespace CabinMood.Service.Hosting;

/// <summary>
/// Notices a broker that takes our two connections for one client, as mosquitto with <c>use_username_as_clientid</c> does,
/// and so throws out each of them when the other comes. Thread-safe.
/// </summary>
/// <param name="clock">Tells which events go together.</param>
internal sealed class OneClientWatch(ServiceClock clock)
{
    /// <summary>
    /// The one that is thrown out hears it before the other one has its subscriptions. Shorter than a link's first pause, with
    /// which both come back from a broker that was restarted.
    /// </summary>
    internal static readonly TimeSpan Together = TimeSpan.FromSeconds(0.5);

    // Once is a coincidence.
    private const int Enough = 2;

    private readonly Lock _gate = new();
    private TimeSpan? _lostAt;
    private TimeSpan? _connectedAt;
    private TimeSpan _togetherAt;
    private int _together;

    /// <summary>The urgent connection stood and is gone.</summary>
    /// <returns>True when it has become sure.</returns>
    internal bool UrgentLost()
    {
        lock (_gate)
        {
            if (_lostAt is not null)
            {
                // The loss before had another cause.
                _together = 0;
            }

            _lostAt = clock.Elapsed;
            return IsSure();
        }
    }

    /// <summary>The main connection stands.</summary>
    /// <inheritdoc cref="UrgentLost" path="/returns"/>
    internal bool MainConnected()
    {
        lock (_gate)
        {
            _connectedAt = clock.Elapsed;
            return IsSure();
        }
    }

    /// <summary>The main connection is gone too: a broker that went away ends both, and has thrown out neither.</summary>
    internal void MainLost()
    {
        lock (_gate)
        {
            if (_together > 0 && clock.Elapsed - _togetherAt < Together)
            {
                _together--;
            }

            _connectedAt = null;
        }
    }

    private bool IsSure()
    {
        if (_lostAt is not { } lost || _connectedAt is not { } connected || (lost - connected).Duration() >= Together)
        {
            return false;
        }

        (_lostAt, _connectedAt) = (null, null);
        _togetherAt = clock.Elapsed;
        _together++;
        return _together == Enough;
    }
}
