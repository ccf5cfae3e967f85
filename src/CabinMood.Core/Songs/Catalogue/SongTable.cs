namespace CabinMood.Core.Songs.Catalogue;

/// <summary>The growing columns behind a catalogue.</summary>
internal sealed class SongTable(int songs)
{
    private const int TextsPerSong = 4;

    internal int Count;
    internal float[] Valence = new float[songs];
    internal float[] Energy = new float[songs];
    internal float[] Tempo = new float[songs];
    internal float[] LoudnessDb = new float[songs];
    internal float[] Popularity = new float[songs];
    internal AudioFeatures[] Audio = new AudioFeatures[songs];
    internal int[] LengthMs = new int[songs];
    internal int[] Artist = new int[songs];
    internal ushort[] Language = new ushort[songs];
    internal byte[] MoodLabel = new byte[songs];

    /// <summary>Filled when the catalogue is complete.</summary>
    internal byte[][] Sounds = [];

    /// <summary>The same.</summary>
    internal ushort[] Cells = [];

    internal List<string> Artists { get; } = [];

    internal List<string> Languages { get; } = [];

    /// <summary>Of every song id, name, album and uri.</summary>
    internal Utf8Texts Texts { get; } = new(songs * TextsPerSong);

    internal static int IdOf(int song) => song * TextsPerSong;

    internal static int NameOf(int song) => song * TextsPerSong + 1;

    internal static int AlbumOf(int song) => song * TextsPerSong + 2;

    internal static int UriOf(int song) => song * TextsPerSong + 3;

    internal SongNumbers NumbersOf(int song) =>
        new(LengthMs[song], Valence[song], Energy[song], Tempo[song], LoudnessDb[song], Popularity[song], Audio[song]);

    /// <summary>Adds one song's numbers; its texts, in their order, are added by the caller.</summary>
    internal void Add(in SongNumbers numbers, int artist, ushort language, byte moodLabel)
    {
        if (Count == Valence.Length)
        {
            Grow(Math.Max(16, Count * 2));
        }

        Valence[Count] = numbers.Valence;
        Energy[Count] = numbers.Energy;
        Tempo[Count] = numbers.Tempo;
        LoudnessDb[Count] = numbers.LoudnessDb;
        Popularity[Count] = numbers.Popularity;
        Audio[Count] = numbers.Audio;
        LengthMs[Count] = numbers.LengthMs;
        Artist[Count] = artist;
        Language[Count] = language;
        MoodLabel[Count] = moodLabel;
        Count++;
    }

    /// <summary>Makes the columns that a scan reads.</summary>
    internal void Complete()
    {
        Sounds = new byte[SoundColumns.Count][];
        for (var column = 0; column < Sounds.Length; column++)
        {
            var sounds = new byte[Count];
            for (var i = 0; i < Count; i++)
            {
                sounds[i] = SoundColumns.Quantised(NumbersOf(i), (SoundColumn)column);
            }

            Sounds[column] = sounds;
        }

        Cells = new ushort[Count];
        for (var i = 0; i < Count; i++)
        {
            Cells[i] = PlaneCells.Of(Valence[i], Energy[i]);
        }

        Texts.Trim();
    }

    private void Grow(int songs)
    {
        Array.Resize(ref Valence, songs);
        Array.Resize(ref Energy, songs);
        Array.Resize(ref Tempo, songs);
        Array.Resize(ref LoudnessDb, songs);
        Array.Resize(ref Popularity, songs);
        Array.Resize(ref Audio, songs);
        Array.Resize(ref LengthMs, songs);
        Array.Resize(ref Artist, songs);
        Array.Resize(ref Language, songs);
        Array.Resize(ref MoodLabel, songs);
    }
}
