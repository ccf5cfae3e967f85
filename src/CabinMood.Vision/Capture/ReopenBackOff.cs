namespace CabinMood.Vision.Capture;

/// <summary>How long to wait before a failed source is opened again: 0.5 s, then twice as long each time, up to 10 s.</summary>
internal sealed class ReopenBackOff
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private TimeSpan _next = Shortest;

    /// <summary>The next pause; each one is twice the last.</summary>
    public TimeSpan Next()
    {
        var pause = _next;
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return pause;
    }

    /// <summary>Frames have come: the next failure is a new one.</summary>
    public void Reset() => _next = Shortest;
}
