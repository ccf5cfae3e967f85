namespace CabinMood.Service.Logging;

/// <summary>
/// Says whether one more line of a kind may be logged: so many a minute, so that a flood of bad messages cannot fill the
/// flash memory that logs end on. Thread-safe.
/// </summary>
public sealed class LogBudget(TimeProvider time)
{
    private const int LinesPerMinute = 10;

    private readonly Lock _gate = new();
    private long _minuteStart = time.GetTimestamp();
    private int _lines;
    private long _withheld;

    /// <summary>Takes a line.</summary>
    /// <param name="withheld">How many lines were withheld since the last one that was not.</param>
    /// <returns>False when it must be withheld.</returns>
    public bool TryTake(out long withheld)
    {
        lock (_gate)
        {
            if (IsMinuteOver)
            {
                BeginMinute();
            }

            withheld = _withheld;
            if (_lines >= LinesPerMinute)
            {
                _withheld++;
                return false;
            }

            _lines++;
            _withheld = 0;
            return true;
        }
    }

    /// <summary>
    /// Asks for what is still to be told of a minute that is over, so that the end of a flood is told too when no line of
    /// its kind follows. What it gives is not asked for, nor told with the next line, again.
    /// </summary>
    /// <param name="withheld">How many lines were withheld.</param>
    /// <returns>False when there is nothing to tell, or not yet.</returns>
    public bool TryEndMinute(out long withheld)
    {
        lock (_gate)
        {
            withheld = _withheld;
            if (withheld == 0 || !IsMinuteOver)
            {
                return false;
            }

            _withheld = 0;
            BeginMinute();
            return true;
        }
    }

    private bool IsMinuteOver => time.GetElapsedTime(_minuteStart) >= TimeSpan.FromMinutes(1);

    private void BeginMinute() => (_minuteStart, _lines) = (time.GetTimestamp(), 0);
}
