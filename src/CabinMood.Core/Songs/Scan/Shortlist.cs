namespace CabinMood.Core.Songs.Scan;

/// <summary>Keeps the best few of many songs: a heap whose top is the worst of them.</summary>
internal sealed class Shortlist(int capacity)
{
    private readonly (float Score, int Song)[] _heap = new (float, int)[capacity];

    internal int Count { get; private set; }

    /// <summary>A song that scores no more than this need not be offered.</summary>
    internal float Threshold => Count < _heap.Length ? float.NegativeInfinity : _heap[0].Score;

    /// <summary>Takes a song in if it is among the best so far.</summary>
    internal void Offer(int song, float score)
    {
        if (Count < _heap.Length)
        {
            _heap[Count] = (score, song);
            Rise(Count++);
        }
        else if (IsWorse(_heap[0], (score, song)))
        {
            _heap[0] = (score, song);
            Sink();
        }
    }

    /// <summary>The songs kept, best first.</summary>
    internal (float Score, int Song)[] Ordered()
    {
        var ordered = _heap[..Count];
        Array.Sort(ordered, (a, b) => IsWorse(a, b) ? 1 : IsWorse(b, a) ? -1 : 0);
        return ordered;
    }

    // Equal scores: the song that comes later in the catalogue counts as the worse, so that the order is always the same.
    private static bool IsWorse((float Score, int Song) a, (float Score, int Song) b) =>
        a.Score < b.Score || (a.Score == b.Score && a.Song > b.Song);

    private void Rise(int place)
    {
        while (place > 0 && IsWorse(_heap[place], _heap[(place - 1) / 2]))
        {
            (_heap[place], _heap[(place - 1) / 2]) = (_heap[(place - 1) / 2], _heap[place]);
            place = (place - 1) / 2;
        }
    }

    private void Sink()
    {
        var place = 0;
        while (true)
        {
            var worst = place;
            for (var child = 2 * place + 1; child <= 2 * place + 2 && child < Count; child++)
            {
                worst = IsWorse(_heap[child], _heap[worst]) ? child : worst;
            }

            if (worst == place)
            {
                return;
            }

            (_heap[place], _heap[worst]) = (_heap[worst], _heap[place]);
            place = worst;
        }
    }
}
