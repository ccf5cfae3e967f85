using CabinMood.Core.Moods;

namespace CabinMood.Core.Songs;

/// <summary>Section <c>Songs</c>: where the songs come from and what music belongs to which mood.</summary>
public sealed class SongOptions
{
    /// <summary>
    /// The catalogue as long as none is imported, a CSV file. Relative paths start at the program's folder. Default: the
    /// starter catalogue.
    /// </summary>
    public string Catalogue { get; set; } = "configs/songs/starter.csv";

    /// <summary>Fills a missing uri; <c>{id}</c> stands for the song's id. Default <c>cabinmood:track:{id}</c>.</summary>
    public string UriTemplate { get; set; } = "cabinmood:track:{id}";

    /// <summary>How songs are chosen. Default <c>target</c>; the others are the ways of the papers, for comparison.</summary>
    public Strategy Strategy { get; set; } = Strategy.Target;

    /// <summary>Valence/energy targets of the style <c>match</c>, 0 to 1 each [ours].</summary>
    public MoodTargets Match { get; set; } = new();

    /// <summary>What the style <c>lift</c> adds to valence. 0 to 1, default 0.15 [ours].</summary>
    public double LiftValence { get; set; } = 0.15;

    /// <summary>What the style <c>lift</c> adds to energy, except for tense. 0 to 1, default 0.10 [ours].</summary>
    public double LiftEnergy { get; set; } = 0.10;

    /// <summary>Valence of the style <c>calm</c>. 0 to 1, default 0.50 [ours].</summary>
    public double CalmValence { get; set; } = 0.50;

    /// <summary>Energy of the style <c>calm</c>. 0 to 1, default 0.30 [ours].</summary>
    public double CalmEnergy { get; set; } = 0.30;

    /// <summary>Most energy a song may have while moving. 0.3 to 1, default 0.85 [fast, loud music raises speed: Brodsky 2002].</summary>
    public double MovingMaxEnergy { get; set; } = 0.85;

    /// <summary>Most energy times tempo (bpm) while moving. 30 to 300, default 110: energy 0.85 at 130 bpm [ours].</summary>
    public double MovingMaxEnergyTempo { get; set; } = 110;

    /// <summary>Least energy for a tired driver. 0 to 1, default 0.45 [ours].</summary>
    public double TiredMinEnergy { get; set; } = 0.45;

    /// <summary>Slowest tempo for a tired driver, bpm. 40 to 200, default 90 [medium tempo is best: Li 2019].</summary>
    public double TiredMinTempo { get; set; } = 90;

    /// <summary>Fastest tempo for a tired driver, bpm. 60 to 220, default 125.</summary>
    public double TiredMaxTempo { get; set; } = 125;

    /// <summary>How many songs must pass before one may come again; fewer in small catalogues. 0 to 1000, default 40.</summary>
    public int NoRepeatSongs { get; set; } = 40;

    /// <summary>
    /// How much a song just heard loses, in rewards (a like is 1), beyond the no-repeat rule. 0 to 2, default 0.35: as
    /// much as being 0.5 off the target [ours].
    /// </summary>
    public double Novelty { get; set; } = 0.35;

    /// <summary>After how many songs that loss has faded to a third. 1 to 1000, default 450.</summary>
    public double NoveltySongs { get; set; } = 450;

    /// <summary>Most songs of one artist within an hour. 1 to 100, default 2.</summary>
    public int ArtistSongsPerHour { get; set; } = 2;

    /// <summary>How much a song loses for sounding like the last ones [maximal marginal relevance: Carbonell, Goldstein 1998]. 0 to 1, default 0.05.</summary>
    public double Diversity { get; set; } = 0.05;

    /// <summary>What the most popular song has over the least, in rewards. 0 to 1, default 0.03: it decides between equals only.</summary>
    public double Popularity { get; set; } = 0.03;

    /// <summary>Whether the target strategy learns from feedback. Default true.</summary>
    public bool Learn { get; set; } = true;

    /// <summary>How boldly a learned taste is tried out: a share of its own doubt. 0 to 2, default 0.05.</summary>
    public double Exploration { get; set; } = 0.05;

    /// <summary>Loudness that gainDb evens out to, in dB; louder songs are turned down, quiet ones never up. -40 to 0, default -12.</summary>
    public double LoudnessDb { get; set; } = -12;

    /// <summary>Adds what is wrong with these options.</summary>
    public void Validate(ICollection<ConfigurationError> errors)
    {
        if (Catalogue.Length == 0)
        {
            errors.Add(new ConfigurationError("Songs:Catalogue", "is empty; it must name a CSV file."));
        }

        if (!UriTemplate.Contains("{id}", StringComparison.Ordinal))
        {
            errors.Add(new ConfigurationError("Songs:UriTemplate", "must contain {id}."));
        }

        Match.Validate(errors, "Songs:Match");
        ConfigurationError.CheckRange(errors, "Songs:LiftValence", LiftValence, 0, 1);
        ConfigurationError.CheckRange(errors, "Songs:LiftEnergy", LiftEnergy, 0, 1);
        ConfigurationError.CheckRange(errors, "Songs:CalmValence", CalmValence, 0, 1);
        ConfigurationError.CheckRange(errors, "Songs:CalmEnergy", CalmEnergy, 0, 1);
        ConfigurationError.CheckRange(errors, "Songs:MovingMaxEnergy", MovingMaxEnergy, 0.3, 1);
        ConfigurationError.CheckRange(errors, "Songs:MovingMaxEnergyTempo", MovingMaxEnergyTempo, 30, 300);
        ConfigurationError.CheckRange(errors, "Songs:TiredMinEnergy", TiredMinEnergy, 0, 1);
        ConfigurationError.CheckRange(errors, "Songs:TiredMinTempo", TiredMinTempo, 40, 200, "bpm");
        ConfigurationError.CheckRange(errors, "Songs:TiredMaxTempo", TiredMaxTempo, 60, 220, "bpm");
        ConfigurationError.CheckRange(errors, "Songs:NoRepeatSongs", NoRepeatSongs, 0, 1000, "songs");
        ConfigurationError.CheckRange(errors, "Songs:Novelty", Novelty, 0, 2);
        ConfigurationError.CheckRange(errors, "Songs:NoveltySongs", NoveltySongs, 1, 1000, "songs");
        ConfigurationError.CheckRange(errors, "Songs:ArtistSongsPerHour", ArtistSongsPerHour, 1, 100, "songs");
        ConfigurationError.CheckRange(errors, "Songs:Diversity", Diversity, 0, 1);
        ConfigurationError.CheckRange(errors, "Songs:Popularity", Popularity, 0, 1);
        ConfigurationError.CheckRange(errors, "Songs:Exploration", Exploration, 0, 2);
        ConfigurationError.CheckRange(errors, "Songs:LoudnessDb", LoudnessDb, -40, 0, "dB");
        if (TiredMinTempo >= TiredMaxTempo)
        {
            errors.Add(new ConfigurationError("Songs:TiredMinTempo", "must lie below Songs:TiredMaxTempo."));
        }

        if (TiredMinEnergy > MovingMaxEnergy)
        {
            errors.Add(new ConfigurationError("Songs:TiredMinEnergy", "must not exceed Songs:MovingMaxEnergy."));
        }
    }

    /// <summary>The same options with another way of choosing.</summary>
    public SongOptions Choosing(Strategy strategy, bool learn)
    {
        var copy = (SongOptions)MemberwiseClone();
        (copy.Strategy, copy.Learn) = (strategy, learn);
        return copy;
    }

    /// <summary>The target for a mood in a style, before safety caps.</summary>
    public TargetPoint TargetFor(Mood mood, Style style)
    {
        if (style == Style.Calm)
        {
            return new TargetPoint((float)CalmValence, (float)CalmEnergy);
        }

        var (valence, energy) = Match.For(mood);
        if (style == Style.Lift)
        {
            valence += LiftValence;
            // More energy is what an angry driver needs least [van der Zwaag & Fairclough].
            energy += mood == Mood.Tense ? 0 : LiftEnergy;
        }

        return new TargetPoint((float)Math.Clamp(valence, 0, 1), (float)Math.Clamp(energy, 0, 1));
    }
}
