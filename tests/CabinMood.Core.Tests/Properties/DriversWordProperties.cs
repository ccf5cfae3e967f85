using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using static CabinMood.Core.Tests.Properties.PropertyCheck;

namespace CabinMood.Core.Tests.Properties;

/// <summary>The driver's own word wins, at once, and is answered: on every drive whatsoever.</summary>
public class DriversWordProperties
{
    [Fact]
    public void The_song_of_a_wish_is_the_first_thing_that_its_step_tells()
    {
        var wishes = 0;
        InEveryStep((_, step) =>
        {
            var wish = step.Event is CommandArrived { Command: OverrideMood or OverrideButton { Action: OverrideAction.PreviousTarget } } arrived ? arrived.Command : null;
            var isRefused = step.After.Override?.CommandId != wish?.Id || step.Before.Override?.CommandId == wish?.Id;
            if (wish is null || isRefused)
            {
                return true;
            }

            wishes++;
            return step.Effects.OfType<Publish>().First().Publication is SongPublication song
                && song.Why.Mood == step.After.Override!.Mood
                && (wish is not OverrideMood { Mood: var mood } || mood == song.Why.Mood);
        });
        Assert.True(wishes > Cases / 4, $"only {wishes} wishes in {Cases} drives");
    }

    [Fact]
    public void While_a_wish_holds_every_song_follows_it() => InEveryStep((_, step) =>
        step.After.Override is not { } wish || step.NewSong is not { } song || song.Why.Mood == wish.Mood);

    [Fact]
    public void A_superseded_wish_hears_of_it_exactly_once_after_its_ok() => ForAll(drive =>
    {
        drive.HoldsCommits = false;
        drive.CommitError = null;
        drive.Commits();
        var restarts = drive.Steps.Skip(1).Count(step => step.IsStart);
        var asked = drive.Steps.Select(step => step.Event).OfType<CommandArrived>().Select(arrived => arrived.Command.Id).ToLookup(id => id);
        return drive.Told<ReplyPublication>().GroupBy(reply => reply.Id).All(replies =>
            replies.Count(reply => reply.Status == ReplyStatus.Superseded) <= asked[replies.Key].Count() + restarts
            && (replies.All(reply => reply.Status != ReplyStatus.Superseded) || replies.First().Status != ReplyStatus.Superseded));
    });

    [Fact]
    public void While_the_driver_plays_something_else_nothing_goes_to_the_song_topic() =>
        InEveryStep((_, step) => !step.After.SongsSilenced || step.Song is null);

    [Fact]
    public void Between_trips_nothing_goes_to_the_song_topic() =>
        InEveryStep((_, step) => step.After.Trip.Length > 0 || step.Song is null);

    [Fact]
    public void What_the_limiter_waits_for_is_never_in_the_past() => InEveryStep((_, step) => step.Effects
        .OfType<Publish>().Select(told => told.Publication).OfType<LimiterPublication>().All(told => told.Until is not { } until || until >= told.Utc));

    [Fact]
    public void Every_command_is_answered_once_it_is_committed() => ForAll(drive =>
    {
        drive.HoldsCommits = false;
        drive.CommitError = null;
        drive.Commits();
        var answered = drive.Told<ReplyPublication>().Select(reply => reply.Id).ToHashSet();
        // What had not reached the disk before the service died is lost, as if the service had been away: whoever asked asks again.
        var lastStart = drive.Steps.ToList().FindLastIndex(step => step.IsStart);
        return drive.Steps.Skip(lastStart).Select(step => step.Event).OfType<CommandArrived>().All(arrived => answered.Contains(arrived.Command.Id));
    });

    [Fact]
    public void Songs_do_not_rush() => ForAll(drive =>
    {
        var unasked = drive.Steps.Where(step => step.NewSong is not null && step.Event is not (CommandArrived or ServiceStarted)).Select(step => step.Time).ToList();
        return unasked.Zip(unasked.Skip(1)).All(pair => (pair.Second - pair.First).TotalSeconds >= 2);
    });

    [Fact]
    public void A_style_or_taste_that_was_refused_is_not_in_force() => InEveryStep((_, step) =>
        step.After.Driver == step.Before.Driver
        || step.Event is CommandCommitted { Error: null }
        || step.Event is CommandArrived { Command: EraseDriver } or ServiceStarted);
}
