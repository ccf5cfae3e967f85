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
            if (time.GetElapsedTime(_minuteStart) >= TimeSpan.FromMinutes(1))
            {
                (_minuteStart, _lines) = (time.GetTimestamp(), 0);
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
}
