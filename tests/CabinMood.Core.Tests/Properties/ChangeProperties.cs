using System.Globalization;
using System.Text.RegularExpressions;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using static CabinMood.Core.Tests.Properties.PropertyCheck;

namespace CabinMood.Core.Tests.Properties;

/// <summary>When, and on what grounds, a mood may change the music: on every drive whatsoever.</summary>
public partial class ChangeProperties
{
    [Fact]
    public void While_moving_or_unknown_two_mood_driven_changes_are_never_closer_than_the_interval()
    {
        var changes = 0;
        ForAll(drive =>
        {
            // As if one had just happened at the start, and at the beginning of every trip.
            var last = TimeSpan.Zero;
            foreach (var step in drive.Steps)
            {
                var now = step.After.Clock;
                if (step.IsMoodDrivenChange || step.IsEndOfWish)
                {
                    var stands = step.After.Vehicle.IsStanding(now, drive.Options.Vehicle);
                    var least = stands ? drive.Options.Limiter.ParkedIntervalSeconds : drive.Options.Limiter.MinIntervalSeconds;
                    if ((now - last).TotalSeconds < least)
                    {
                        return false;
                    }

                    changes++;
                }

                last = step.IsMoodDrivenChange || step.IsEndOfWish || step.After.Trip != step.Before.Trip ? now : last;
            }

            return true;
        });
        // A property about changes says nothing when there are none.
        Assert.True(changes > Cases / 4, $"only {changes} changes in {Cases} drives");
    }

    [Fact]
    public void A_signal_that_is_raised_stale_missing_or_absurd_freezes_the_target()
    {
        var changes = 0;
        ForAll(drive =>
        {
            var witness = new SignalWitness();
            foreach (var step in drive.Steps)
            {
                witness.See(step.Event);
                if (step.IsMoodDrivenChange || step.IsEndOfWish)
                {
                    changes++;
                    if (witness.Objection(drive.Options.Vehicle) is not null)
                    {
                        return false;
                    }
                }
            }

            return true;
        });
        Assert.True(changes > Cases / 4, $"only {changes} changes in {Cases} drives");
    }

    [Fact]
    public void The_target_changes_only_by_the_drivers_wish_the_mood_or_the_end_of_either() => InEveryStep((_, step) =>
        step.After.Target == step.Before.Target
        || step.IsMoodDrivenChange
        || step.IsEndOfWish
        || step.After.Override is { } wish && wish != step.Before.Override
        || step.After.Target == Mood.Neutral && (step.After.Consent != Consent.Granted || step.After.IsEnding || step.Event is CommandArrived { Command: EraseDriver }));

    [Fact]
    public void A_mood_driven_change_happens_only_with_consent_an_open_camera_and_no_wish() => InEveryStep((_, step) =>
        !step.IsMoodDrivenChange
        || step.After is { Consent: Consent.Granted, CameraAllowed: true, CameraRequested: true, Override: null, SongsSilenced: false, Trip.Length: > 0 });

    [Fact]
    public void Every_new_song_says_why_and_a_mood_driven_one_names_its_evidence()
    {
        var changes = 0;
        InEveryStep((drive, step) =>
        {
            if (step.NewSong is not { Why: var why })
            {
                return !step.IsMoodDrivenChange;
            }

            if (!step.IsMoodDrivenChange)
            {
                return OtherReasons().IsMatch(why.Text);
            }

            changes++;
            return Evidence().Match(why.Text) is { Success: true } match
                && double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) >= drive.Options.Moods.EvidenceSeconds
                && why.Mood == step.After.MoodTarget;
        });
        Assert.True(changes > Cases / 4, $"only {changes} changes in {Cases} drives");
    }

    [Fact]
    public void An_hour_sees_no_more_changes_than_it_allows() => ForAll(drive =>
    {
        var changes = drive.MoodChanges;
        return Enumerable.Range(0, changes.Count).All(i =>
            changes.Count(change => change >= changes[i] && change - changes[i] < TimeSpan.FromHours(1)) <= drive.Options.Limiter.MaxChangesPerHour);
    });

    [GeneratedRegex(@"^(?:You looked|Your wish is over; you looked) [a-z ]+ for (\d+) s(?:, so here is|:) something [a-z ,]+\.$")]
    private static partial Regex Evidence();

    [GeneratedRegex("^(To begin with|More of the same|From here on|Your wish is over; (more of the same|here is)|You are tired, so nothing sleepy|Still what you asked for|You asked for|You skipped the last one|Back to|CabinMood chooses again)")]
    private static partial Regex OtherReasons();
}
