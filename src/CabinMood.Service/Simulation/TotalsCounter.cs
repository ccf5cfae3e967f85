using CabinMood.Core.Conductor;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using CabinMood.Messaging;
using CabinMood.Service.Simulation.Decisions;
using CabinMood.Service.Simulation.Drives;

namespace CabinMood.Service.Simulation;

/// <summary>Sums up a drive while it is played.</summary>
internal sealed class TotalsCounter(IReadOnlyList<Truth> truths)
{
    private const string Open = "open";

    // By reason; the first is for an open limiter.
    private readonly double[] _limiterSeconds = new double[Enum.GetValues<HoldReason>().Length + 1];
    private readonly List<double> _toDetect = [];
    private TimeSpan? _first;
    private TimeSpan _last;
    private HoldReason? _hold;
    private bool _isWatched;
    private Mood _mood;
    private Mood _lastKnown;
    private double _watched;
    private double _unknown;
    private int _moodChanges;
    private int _falseChanges;
    private int _songs;
    private int _musicChanges;
    private int _missed;
    private int _nextTruth;
    private Truth _truth;
    private bool _isSought;

    /// <summary>Adds one step.</summary>
    /// <param name="at">When.</param>
    /// <param name="state">The state after it.</param>
    /// <param name="decisions">All decisions so far.</param>
    /// <param name="first">Where this step's decisions begin.</param>
    public void Add(TimeSpan at, ConductorState state, List<Decision> decisions, int first)
    {
        _first ??= at;
        Pass(at);
        TakeTruths(at);
        for (var i = first; i < decisions.Count; i++)
        {
            Count(decisions[i]);
        }

        _hold = state.Published.Limiter?.Reason;
        _isWatched = state.CameraOn;
        Find(at, state.Published.Mood?.Mood ?? Mood.Unknown);
    }

    /// <summary>The sum.</summary>
    public Totals Sum() => new()
    {
        Length = _last - (_first ?? _last),
        MoodChanges = _moodChanges,
        FalseChanges = truths.Count > 0 ? _falseChanges : null,
        SecondsToDetect = _toDetect,
        MissedMoods = _missed + (_isSought ? 1 : 0),
        Songs = _songs,
        MusicChanges = _musicChanges,
        SecondsWatched = _watched,
        SecondsUnknown = _unknown,
        LimiterSeconds = new SortedDictionary<string, double>(LimiterSeconds(), StringComparer.Ordinal),
    };

    private Dictionary<string, double> LimiterSeconds()
    {
        var seconds = Enum.GetValues<HoldReason>().ToDictionary(WireNames<HoldReason>.Of, reason => _limiterSeconds[(int)reason + 1]);
        seconds[Open] = _limiterSeconds[0];
        return seconds.Where(held => held.Value > 0).ToDictionary();
    }

    private void Pass(TimeSpan at)
    {
        // In a recording over a restart the clock begins anew: no time has passed then.
        var seconds = Math.Max(0, (at - _last).TotalSeconds);
        _last = at;
        _limiterSeconds[_hold is { } reason ? (int)reason + 1 : 0] += seconds;
        _watched += _isWatched ? seconds : 0;
        _unknown += _isWatched && _mood == Mood.Unknown ? seconds : 0;
    }

    private void TakeTruths(TimeSpan at)
    {
        for (; _nextTruth < truths.Count && truths[_nextTruth].At <= at; _nextTruth++)
        {
            _missed += _isSought ? 1 : 0;
            _truth = truths[_nextTruth];
            // What is known already need not be found.
            _isSought = _truth.Mood != Mood.Unknown && _truth.Mood != _mood;
        }
    }

    private void Count(Decision decision)
    {
        _songs += decision.Kind == DecisionKind.Song ? 1 : 0;
        _musicChanges += decision is { Kind: DecisionKind.Song, Reason: "mood" } ? 1 : 0;
    }

    private void Find(TimeSpan at, Mood mood)
    {
        if (mood == _mood)
        {
            return;
        }

        _mood = mood;
        if (mood == Mood.Unknown)
        {
            return;
        }

        _moodChanges += mood != _lastKnown ? 1 : 0;
        _falseChanges += mood != _lastKnown && _truth.Mood != Mood.Unknown && mood != _truth.Mood ? 1 : 0;
        _lastKnown = mood;
        if (_isSought && mood == _truth.Mood)
        {
            _toDetect.Add(Math.Round((at - _truth.At).TotalSeconds, 3));
            _isSought = false;
        }
    }
}
