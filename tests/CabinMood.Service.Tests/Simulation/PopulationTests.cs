using System.Text.Json;
using CabinMood.Core.Conductor;
using CabinMood.Core.Emotions;
using CabinMood.Core.Moods;
using CabinMood.Core.Songs;
using CabinMood.Service.Options;
using CabinMood.Service.Simulation.Population;
using CabinMood.Storage.Songs;

namespace CabinMood.Service.Tests.Simulation;

/// <summary>The mood filters over simulated drivers: a short population always, 200 driver-hours with <c>tests/run.sh --all</c>.</summary>
public sealed class PopulationTests
{
    private static readonly NoiseModel Model = NoiseModel.Read(AppFolder.Resolve(NoiseModel.DefaultFile));
    private static readonly IReadOnlyList<Song> Songs = Catalogue();

    // Seeds that nothing was tuned on.
    private static PopulationPlan Plan => Environment.GetEnvironmentVariable("CABINMOOD_TEST_ALL") == "1"
        ? new PopulationPlan(200, 1, 42)
        : new PopulationPlan(25, 1, 42);

    [Fact]
    public void The_bayes_filter_meets_its_targets_and_beats_the_majority_vote()
    {
        var study = new PopulationStudy(Model, Songs, Plan);
        var bayes = study.Score("bayes", Options(MoodFilterKind.Bayes));
        var majority = study.Score("majority", Options(MoodFilterKind.Majority));

        Assert.InRange(bayes.FalseMedian, 0, 1);
        // A short population is a small sample: a tenth of room.
        var room = Plan.Drivers >= 200 ? 0 : 0.1;
        Assert.InRange(bayes.Found[Mood.Happy].Share, 0.95 - room, 1);
        Assert.InRange(bayes.Found[Mood.Sad].Share, 0.80 - room, 1);
        Assert.InRange(bayes.Found[Mood.Tense].Share, 0.80 - room, 1);
        Assert.True(bayes.RightShare > majority.RightShare + 0.05, $"bayes {bayes.RightShare:0.000}, majority {majority.RightShare:0.000}");
        Assert.True(bayes.Found[Mood.Sad].Share > majority.Found[Mood.Sad].Share);
        Assert.True(bayes.FalseP95 <= majority.FalseP95);
    }

    [Fact]
    public void The_resting_face_is_worth_its_while()
    {
        var study = new PopulationStudy(Model, Songs, Plan with { Drivers = 15 });
        var with = study.Score("with", Options(MoodFilterKind.Bayes));
        var without = study.Score("without", Options(MoodFilterKind.Bayes, resting: false));
        // Tails are not compared: among 15 drivers the 95th percentile is the one worst driver.
        Assert.True(with.RightShare > without.RightShare + 0.02, $"true mood {with.RightShare:0.000} against {without.RightShare:0.000} of the time");
    }

    [Fact]
    public void The_same_seed_gives_the_same_population_and_another_one_another()
    {
        var plan = new PopulationPlan(2, 0.5, 7);
        FilterScore Score(PopulationPlan which) => new PopulationStudy(Model, Songs, which).Score("bayes", Options(MoodFilterKind.Bayes)) with { MillisecondsPerHour = 0 };
        Assert.Equal(JsonSerializer.Serialize(Score(plan)), JsonSerializer.Serialize(Score(plan)));
        Assert.NotEqual(JsonSerializer.Serialize(Score(plan)), JsonSerializer.Serialize(Score(plan with { Seed = 8 })));
    }

    [Fact]
    public void Simulated_faces_are_misread_as_often_as_the_validation_pictures()
    {
        using var noise = JsonDocument.Parse(File.ReadAllText(AppFolder.Resolve(NoiseModel.DefaultFile)));
        foreach (var name in new[] { Emotion.Neutral, Emotion.Happiness, Emotion.Sadness, Emotion.Anger })
        {
            var pictures = noise.RootElement.GetProperty("classes").GetProperty(name.ToString().ToLowerInvariant());
            var expected = pictures.GetProperty("readAs")[(int)name].GetDouble();
            var right = 0;
            for (var driver = 0; driver < 4000; driver++)
            {
                // One reading each: a driver's readings repeat his bias.
                right += new SimulatedFace(Model, new GaussianRandom((ulong)driver), 1).Read(name, 0.2).Emotions.Top == name ? 1 : 0;
            }

            Assert.Equal(expected, right / 4000.0, 0.03);
        }
    }

    [Fact]
    public void What_the_core_knows_of_the_net_is_what_was_measured()
    {
        using var noise = JsonDocument.Parse(File.ReadAllText(AppFolder.Resolve(NoiseModel.DefaultFile)));
        using var card = JsonDocument.Parse(File.ReadAllText(AppFolder.Resolve("models/emotion/emotion.json")));
        Assert.Equal(card.RootElement.GetProperty("sha256").GetString(), noise.RootElement.GetProperty("netSha256").GetString());
        var prior = noise.RootElement.GetProperty("prior").EnumerateArray().Select(value => value.GetSingle()).ToArray();
        var resting = noise.RootElement.GetProperty("restingLogOdds").EnumerateArray().Select(value => value.GetSingle()).ToArray();
        for (var i = 0; i < EmotionProbabilities.Count; i++)
        {
            Assert.Equal(prior[i], EmotionCalibration.Prior[i], 0.002f);
            Assert.Equal(resting[i], EmotionCalibration.RestingFace[i], 0.02f);
        }

        Assert.Equal(EmotionCalibration.RestingArousal, noise.RootElement.GetProperty("restingArousal").GetSingle(), 0.011f);
    }

    [Fact]
    public void A_noise_model_that_is_none_is_refused_in_one_line()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "{\"labels\":[]}");
            Assert.DoesNotContain('\n', Assert.Throws<NoiseModelException>(() => NoiseModel.Read(file)).Message);
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Throws<NoiseModelException>(() => NoiseModel.Read(file));
    }

    private static ConductorOptions Options(MoodFilterKind filter, bool resting = true)
    {
        var options = new CabinMoodOptions();
        options.Moods.Filter = filter;
        if (!resting)
        {
            (options.Moods.RestingMaxLogOdds, options.Moods.RestingMaxArousal, options.Moods.RestingSharpness) = (0, 0, 0);
        }

        return options.ForConductor();
    }

    private static IReadOnlyList<Song> Catalogue()
    {
        var songs = new CabinMoodOptions().Songs;
        return SongCatalogueFile.Read(AppFolder.Resolve(songs.Catalogue), songs.UriTemplate).Songs;
    }
}
