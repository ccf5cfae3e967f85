namespace CabinMood.Core.Songs.Strategies;

/// <summary>Draws a few of any number of songs, each as likely as the other, in one pass [Vitter 1985, algorithm R].</summary>
internal sealed class RandomSample(int size)
{
    private readonly List<int> _drawn = new(size);
    private int _offered;

    internal void Offer(int song, ref ulong seed)
    {
        _offered++;
        if (_drawn.Count < size)
        {
            _drawn.Add(song);
        }
        else if ((int)(SplitMix64.NextFraction(ref seed) * _offered) is var place && place < size)
        {
            _drawn[place] = song;
        }
    }

    /// <summary>What was drawn, in random order: the first is as random as all of them.</summary>
    internal IReadOnlyList<int> Shuffled(ref ulong seed)
    {
        for (var i = _drawn.Count - 1; i > 0; i--)
        {
            var other = (int)(SplitMix64.NextFraction(ref seed) * (i + 1));
            (_drawn[i], _drawn[other]) = (_drawn[other], _drawn[i]);
        }

        return _drawn;
    }
}
