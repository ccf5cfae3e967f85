using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Moods;
using CabinMood.Core.Songs;

namespace CabinMood.Core.Tests.Conductor;

public class CommandDigestTests
{
    [Fact]
    public void Every_word_of_a_command_counts()
    {
        Command[] commands =
        [
            new OverrideMood("a", CommandSource.Voice, "t", Mood.Calm, OverrideSpan.Trip),
            new OverrideMood("b", CommandSource.Voice, "t", Mood.Calm, OverrideSpan.Trip),
            new OverrideMood("a", CommandSource.Touch, "t", Mood.Calm, OverrideSpan.Trip),
            new OverrideMood("a", CommandSource.Voice, "u", Mood.Calm, OverrideSpan.Trip),
            new OverrideMood("a", CommandSource.Voice, "t", Mood.Sad, OverrideSpan.Trip),
            new OverrideMood("a", CommandSource.Voice, "t", Mood.Calm, OverrideSpan.Song),
            new OverrideMood("a", CommandSource.Voice, "t", Mood.Calm, OverrideSpan.For(TimeSpan.FromSeconds(1))),
            new OverrideMood("a", CommandSource.Voice, "t", Mood.Calm, OverrideSpan.For(TimeSpan.FromSeconds(2))),
            new OverrideButton("a", CommandSource.Voice, "t", OverrideAction.Next),
            new OverrideButton("a", CommandSource.Voice, "t", OverrideAction.Stop),
            new OverrideButton("a", CommandSource.Voice, "u", OverrideAction.Next),
            new OverrideButton("a", CommandSource.Wheel, "t", OverrideAction.Next),
            new ClearOverride("a", CommandSource.Voice),
            new ClearOverride("a", CommandSource.Wheel),
            new GiveFeedback("a", CommandSource.Voice, FeedbackKind.Like, "c"),
            new GiveFeedback("a", CommandSource.Touch, FeedbackKind.Like, "c"),
            new GiveFeedback("a", CommandSource.Voice, FeedbackKind.Skip, "c"),
            new GiveFeedback("a", CommandSource.Voice, FeedbackKind.Like, "d"),
            new SetStyle("a", Style.Lift),
            new SetStyle("a", Style.Calm),
            new SetTaste("a", [], [], []),
            new SetTaste("a", ["x"], [], []),
            new SetTaste("a", [], ["x"], []),
            new SetTaste("a", [], [], ["x"]),
            new SetTaste("a", ["x", "y"], [], []),
            new SetTaste("a", ["xy"], [], []),
            new SetTaste("a", ["x"], ["y"], []),
            new SetConsent("a", true, "t"),
            new SetConsent("a", false, "t"),
            new SetConsent("a", true, "u"),
            new SetCamera("a", true, "t"),
            new SetCamera("a", false, "t"),
            new EraseDriver("a"),
            new EraseDriver("b"),
        ];

        var digests = commands.Select(CommandDigest.Of).ToList();

        Assert.Equal(commands.Length, digests.Distinct().Count());
        Assert.All(digests, digest => Assert.Matches("^[0-9a-f]{32}$", digest));
    }

    [Fact]
    public void The_same_command_read_anew_has_the_same_digest() => Assert.Equal(
        CommandDigest.Of(new SetTaste("t", ["Las Muestras", "Зонт"], ["es"], [])),
        CommandDigest.Of(new SetTaste("t", ["Las Muestras", "Зонт"], ["es"], [])));

    // printf '\001\000\000\000a' | sha256sum, and the same of the words a, button, Wheel, t, Next, each after its length.
    [Fact]
    public void Digests_are_those_of_every_other_version()
    {
        Assert.Equal("f9f2eff042fb3ba78744d4688e6cd19f", CommandDigest.OfId("a"));
        Assert.Equal("3f93a9126c177c5cad744508c521a4eb", CommandDigest.Of(new OverrideButton("a", CommandSource.Wheel, "t", OverrideAction.Next)));
    }
}
