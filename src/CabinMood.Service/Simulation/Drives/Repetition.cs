namespace CabinMood.Service.Simulation.Drives;

/// <summary>When a line happens: once, or again and again from a time to a time.</summary>
/// <param name="From">First time, monotonic.</param>
/// <param name="Count">How often; at least once.</param>
/// <param name="Hz">How often a second; without meaning when it happens once.</param>
internal readonly record struct Repetition(TimeSpan From, int Count, double Hz)
{
    // A day of readings at 100 Hz; more is a slip of the pen.
    private const double Most = 10_000_000;

    private const double MaxHz = 1000;

    /// <summary>The time of one occurrence, counted from 0.</summary>
    public TimeSpan At(int number) => Count == 1 ? From : From + TimeSpan.FromSeconds(number / Hz);

    /// <summary>Reads <c>at</c>, or <c>from</c>, <c>to</c> and <c>hz</c>. The end is not part of the span.</summary>
    public static Repetition Read(DriveLine line)
    {
        if (line.Has("at"))
        {
            return new Repetition(line.Seconds("at"), 1, 1);
        }

        if (!line.Has("from"))
        {
            throw line.Error("\"at\" is missing (or \"from\", \"to\" and \"hz\")");
        }

        var (from, to) = (line.Seconds("from"), line.Seconds("to"));
        var hz = line.Within("hz", 1e-6, MaxHz);
        // Half a millionth less, so that 40 s at 10 Hz are 400 occurrences however the product rounds.
        var count = Math.Ceiling(((to - from).TotalSeconds * hz) - 1e-6);
        if (to <= from || count > Most)
        {
            throw line.Error(to <= from ? "\"to\" must lie after \"from\"" : "that are more than ten million events");
        }

        return new Repetition(from, (int)Math.Max(1, count), hz);
    }
}
