using CabinMood.Core.Moods;

namespace CabinMood.Service.Simulation.Population;

/// <summary>What one simulated drive came to.</summary>
public sealed class HourTally
{
    /// <summary>A change counts as right when its mood was the true one at some time in the last this many seconds.</summary>
    public const double LagSeconds = 30;

    /// <summary>A change must be found within this many seconds.</summary>
    public const double FoundWithinSeconds = 30;

    private readonly HiddenMoods _truth;
    private readonly List<(double Seconds, Mood Mood)> _published = [(0, Mood.Unknown)];

    /// <summary>An empty tally.</summary>
    public HourTally(HiddenMoods truth, double seconds) => (_truth, Seconds) = (truth, seconds);

    /// <summary>Length of the drive.</summary>
    public double Seconds { get; }

    /// <summary>Changes from one known mood to another, whatever lay between.</summary>
    public int Changes { get; private set; }

    /// <summary>Those to a mood that the driver was not in.</summary>
    public int FalseChanges { get; private set; }

    /// <summary>Changes of what the music follows.</summary>
    public int MusicChanges { get; private set; }

    /// <summary>Seconds without a known mood.</summary>
    public double UnknownSeconds { get; private set; }

    /// <summary>Seconds with a known mood that was the true one.</summary>
    public double RightSeconds { get; private set; }

    /// <summary>Times that a known mood was told.</summary>
    public int Told { get; private set; }

    /// <summary>The sum of the confidence that each was told with.</summary>
    public double ToldConfidence { get; private set; }

    /// <summary>Those whose mood was the true one just then.</summary>
    public int ToldRight { get; private set; }

    /// <summary>True moods that began while another was published: which, and after how many seconds it was found, null when it was not in time.</summary>
    public List<(Mood Mood, double? FoundAfter)> Begun { get; } = [];

    /// <summary>Notes a published mood.</summary>
    public void Publish(double at, Mood mood, double confidence)
    {
        if (mood != Mood.Unknown)
        {
            Told++;
            ToldConfidence += confidence;
            ToldRight += _truth.Moods.Any(truth => truth.Mood == mood && truth.FromSeconds <= at && truth.ToSeconds > at) ? 1 : 0;
        }

        if (mood == _published[^1].Mood)
        {
            return;
        }

        var lastKnown = _published.FindLast(told => told.Mood != Mood.Unknown).Mood;
        _published.Add((at, mood));
        if (mood == Mood.Unknown || mood == lastKnown || lastKnown == Mood.Unknown && mood == Mood.Neutral)
        {
            // That the driver is neutral to begin with is no news: so does the music.
            return;
        }

        Changes++;
        FalseChanges += _truth.Moods.Any(truth => truth.Mood == mood && truth.FromSeconds <= at && truth.ToSeconds >= at - LagSeconds) ? 0 : 1;
    }

    /// <summary>Notes that the music follows another mood from now on.</summary>
    public void TurnMusic() => MusicChanges++;

    /// <summary>Holds what was published against the truth.</summary>
    public void Close()
    {
        for (var i = 0; i < _published.Count; i++)
        {
            var (from, mood) = _published[i];
            var to = i + 1 < _published.Count ? _published[i + 1].Seconds : Seconds;
            UnknownSeconds += mood == Mood.Unknown ? to - from : 0;
            RightSeconds += _truth.Moods.Where(truth => truth.Mood == mood)
                .Sum(truth => Math.Max(0, Math.Min(to, truth.ToSeconds) - Math.Max(from, truth.FromSeconds)));
        }

        foreach (var truth in _truth.Moods)
        {
            var hasTime = truth.FromSeconds + FoundWithinSeconds <= Seconds;
            if (truth.FromSeconds > 0 && hasTime && At(truth.FromSeconds) != truth.Mood)
            {
                var found = _published.FindIndex(told => told.Mood == truth.Mood && told.Seconds > truth.FromSeconds && told.Seconds <= truth.FromSeconds + FoundWithinSeconds);
                Begun.Add((truth.Mood, found < 0 ? null : _published[found].Seconds - truth.FromSeconds));
            }
        }
    }

    private Mood At(double seconds) => _published.FindLast(told => told.Seconds <= seconds).Mood;
}
