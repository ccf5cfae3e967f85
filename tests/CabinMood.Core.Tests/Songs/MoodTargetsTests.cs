using CabinMood.Core.Moods;
using CabinMood.Core.Songs;

namespace CabinMood.Core.Tests.Songs;

public class MoodTargetsTests
{
    [Theory]
    [InlineData(Mood.Happy, Style.Match, 0.70, 0.65)]
    [InlineData(Mood.Energetic, Style.Match, 0.60, 0.75)]
    [InlineData(Mood.Calm, Style.Match, 0.50, 0.35)]
    [InlineData(Mood.Neutral, Style.Match, 0.55, 0.50)]
    [InlineData(Mood.Sad, Style.Match, 0.40, 0.40)]
    [InlineData(Mood.Tense, Style.Match, 0.60, 0.40)]
    [InlineData(Mood.Unknown, Style.Match, 0.55, 0.50)]
    [InlineData(Mood.Sad, Style.Lift, 0.55, 0.50)]
    [InlineData(Mood.Tense, Style.Lift, 0.75, 0.40)]
    [InlineData(Mood.Happy, Style.Calm, 0.50, 0.30)]
    public void Targets_are_those_of_the_policy(Mood mood, Style style, double valence, double energy)
    {
        var target = new SongOptions().TargetFor(mood, style);
        Assert.Equal(valence, target.Valence, 5);
        Assert.Equal(energy, target.Energy, 5);
    }
}
