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
                var now = step.Time;
                if (step.IsMoodDrivenChange || step.IsEndOfWish)
                {
                    var stands = step.After.Vehicle.IsStanding(step.After.Clock, drive.Options.Vehicle);
                    var least = stands ? drive.Options.Limiter.ParkedIntervalSeconds : drive.Options.Limiter.MinIntervalSeconds;
                    if ((now - last).TotalSeconds < least)
                    {
                        return false;
                    }

                    changes++;
                }

                last = step.IsMoodDrivenChange || step.IsEndOfWish || step.IsStart || step.After.Trip != step.Before.Trip ? now : last;
            }

            return true;
        });
        // A property about changes says nothing when there are none.
        Assert.True(changes > Cases / 4, $"only {changes} changes in {Cases} drives");
    }

    [Fact]
    public void A_signal_that_is_raised_stale_missing_or_absurd_freezes_the_target()
    {
        var (changes, outOfOrder) = (0, 0);
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

            outOfOrder += witness.OutOfOrder;
            return true;
        });
        Assert.True(changes > Cases / 4, $"only {changes} changes in {Cases} drives");
        Assert.True(outOfOrder > Cases, $"only {outOfOrder} samples out of order in {Cases} drives");
    }

    [Fact]
    public void The_target_changes_only_by_the_drivers_wish_the_mood_or_the_end_of_either() => InEveryStep((_, step) =>
        step.After.Target == step.Before.Target
        || step.IsMoodDrivenChange
        || step.IsEndOfWish
        || step.After.Override is { } wish && wish != step.Before.Override
        || step.After.Target == Mood.Neutral && (step.IsStart || step.After.Consent != Consent.Granted || step.After.IsEnding || step.Event is CommandArrived { Command: EraseDriver }));

    [Fact]
    public void A_mood_driven_change_happens_only_with_consent_an_open_camera_and_no_wish() => InEveryStep((_, step) =>
        !step.IsMoodDrivenChange
        || step.After is { Consent: Consent.Granted, CameraAllowed: true, CameraRequested: true, Override: null, SongsSilenced: false, Trip.Length: > 0 });

    [Fact]
    public void Every_new_song_says_why_in_one_short_line_and_a_mood_driven_one_names_its_evidence()
    {
        var changes = 0;
        InEveryStep((drive, step) =>
        {
            if (step.NewSong is not { Why: var why })
            {
                return !step.IsMoodDrivenChange;
            }

            if (why.Text.Length > ShortLine.MaxLength)
            {
                return false;
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
    public void An_hour_sees_no_more_changes_than_it_allows_also_over_a_restart_within_the_trip()
    {
        var held = 0;
        ForAll(drive =>
        {
            var limiter = drive.Options.Limiter;
            var changes = new List<TimeSpan>();
            var disk = new DiskWitness();
            foreach (var step in drive.Steps)
            {
                var isForgotten = disk.OlderRecord(step) is not null || step.IsStart && step.After.Trip != step.Before.Trip;
                changes = isForgotten ? [] : changes;
                var stands = step.After.Vehicle.IsStanding(step.After.Clock, drive.Options.Vehicle);
                var used = changes.Count(change => step.Time - change < TimeSpan.FromHours(1));
                var isUsedUp = used >= (stands ? limiter.ParkedMaxChangesPerHour : limiter.MaxChangesPerHour);
                if (step.IsMoodDrivenChange)
                {
                    if (isUsedUp)
                    {
                        return false;
                    }

                    changes.Add(step.Time);
                }

                // A track has ended, another mood is there, and nothing but the budget stands in its way.
                var isWanted = step.After.Mood.Mood != Mood.Unknown && step.After.Mood.Mood != step.After.Target;
                held += used > 0 && isWanted && step.NewSong is not null && step.After.Published.Limiter?.Reason == HoldReason.DriverChangeBudget ? 1 : 0;
            }

            return true;
        });
        Assert.True(held > Cases / 50, $"the budget held back only {held} changes in {Cases} drives");
    }

    [Fact]
    public void A_song_is_cut_off_only_for_a_tense_driver_at_most_once_a_trip_and_only_where_that_is_switched_on()
    {
        var cuts = 0;
        ForAll(drive =>
        {
            var hasCalmed = false;
            var disk = new DiskWitness();
            foreach (var step in drive.Steps)
            {
                hasCalmed &= disk.OlderRecord(step) is null && step.After.Trip == step.Before.Trip;
                // The next choice is told a second before a track ends, or once the player says that it has.
                var isCut = step is { IsMoodDrivenChange: true, Event: not PlayerReported } && step.Before.Playing?.EndsAt - step.After.Clock > TimeSpan.FromSeconds(1);
                if (!isCut)
                {
                    continue;
                }

                cuts++;
                if (hasCalmed || !drive.Options.Limiter.AbruptCalming || step.After.Target != Mood.Tense)
                {
                    return false;
                }

                hasCalmed = true;
            }

            return true;
        });
        Assert.True(cuts > Cases / 50, $"only {cuts} songs were cut off in {Cases} drives");
    }

    [Fact]
    public void The_commercial_profile_changes_nothing_by_a_mood_and_the_profile_parked_only_in_park()
    {
        var inPark = 0;
        InEveryStep((drive, step) =>
        {
            if (!step.IsMoodDrivenChange)
            {
                return true;
            }

            var stands = step.After.Vehicle.IsStanding(step.After.Clock, drive.Options.Vehicle);
            inPark += drive.Options.Limiter.Profile == LimiterProfile.Parked ? 1 : 0;
            return drive.Options.Limiter.Profile switch
            {
                LimiterProfile.Commercial => false,
                LimiterProfile.Parked => stands,
                _ => true,
            };
        });
        Assert.True(inPark > Cases / 500, $"only {inPark} changes with the profile parked in {Cases} drives");
    }

    [GeneratedRegex(@"^(?:You looked|Your wish is over; you looked) [a-z ]+ for (\d+) s(?:, so here is|:) something [a-z ,]+\.$")]
    private static partial Regex Evidence();

    [GeneratedRegex("^(To begin with|More of the same|From here on|Your wish is over; (more of the same|here is)|You are tired, so nothing sleepy|Still what you asked for|You asked for|You skipped the last one|Back to|CabinMood chooses again)")]
    private static partial Regex OtherReasons();
}
