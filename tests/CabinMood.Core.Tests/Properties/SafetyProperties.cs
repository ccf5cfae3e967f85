using System.Globalization;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Emotions;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using FsCheck;
using FsCheck.Fluent;

namespace CabinMood.Core.Tests.Properties;

/// <summary>
/// What must hold on every drive whatsoever. 500 random drives each, 10,000 with CABINMOOD_TEST_ALL=1; a failure prints
/// the shrunken drive and FsCheck's seed, and CABINMOOD_TEST_SEED=seed,gamma runs that seed again.
/// </summary>
public class SafetyProperties
{
    private static readonly int Cases = Environment.GetEnvironmentVariable("CABINMOOD_TEST_ALL") == "1" ? 10_000 : 500;

    private static readonly string? Seed = Environment.GetEnvironmentVariable("CABINMOOD_TEST_SEED");

    [Fact]
    public void Nothing_that_happens_in_any_order_throws()
    {
        ForAll(drive => drive.Steps.Count > 0, fromQuietRoad: false);
        ForAll(drive => drive.Steps.Count > 0);
    }

    [Fact]
    public void While_moving_or_unknown_two_mood_driven_changes_are_never_closer_than_the_interval()
    {
        var changes = 0;
        ForAll(drive =>
        {
            var last = TimeSpan.Zero;
            foreach (var step in drive.Steps.Where(step => step.IsMoodDrivenChange))
            {
                var now = step.Event.At.Elapsed;
                var stands = step.After.Vehicle.IsStanding(now, drive.Options.Vehicle);
                var least = stands ? drive.Options.Limiter.ParkedIntervalSeconds : drive.Options.Limiter.MinIntervalSeconds;
                if ((now - last).TotalSeconds < least)
                {
                    return false;
                }

                last = now;
                changes++;
            }

            return true;
        });
        // A property about changes says nothing when there are none.
        Assert.True(changes > Cases / 4, $"only {changes} changes in {Cases} drives");
    }

    [Fact]
    public void The_target_changes_only_by_the_drivers_wish_the_mood_or_the_end_of_either()
    {
        ForAll(drive => drive.Steps.All(step =>
            step.After.MoodTarget == step.Before.MoodTarget
            || step.IsMoodDrivenChange
            || step.After.MoodTarget == Mood.Neutral && (step.After.Consent != Consent.Granted || IsErasing(step))));
    }

    [Fact]
    public void A_mood_driven_change_happens_only_with_consent_an_open_camera_and_no_wish()
    {
        ForAll(drive => drive.Steps.Where(step => step.IsMoodDrivenChange).All(step =>
            step.After is { Consent: Consent.Granted, CameraAllowed: true, Override: null, SongsSilenced: false, Trip.Length: > 0 }));
    }

    [Fact]
    public void A_raised_or_stale_signal_freezes_the_target()
    {
        ForAll(drive => drive.Steps.Where(step => step.IsMoodDrivenChange).All(step =>
        {
            var (vehicle, now, options) = (step.After.Vehicle, step.Event.At.Elapsed, drive.Options.Vehicle);
            return Enum.GetValues<VehicleSignal>().All(signal =>
                signal == VehicleSignal.Ignition || vehicle.IsFresh(signal, now, options) && !Freezes(signal, vehicle[signal].Value!.Value));
        }));
    }

    [Fact]
    public void A_mood_driven_change_names_its_evidence_and_comes_with_its_song()
    {
        ForAll(drive => drive.Steps.Where(step => step.IsMoodDrivenChange).All(step =>
            step.Song is { } song
            && song.Why.Mood == step.After.MoodTarget
            && song.Why.Text.StartsWith("You looked", StringComparison.Ordinal)
            && step.After.Mood.SupportingSeconds >= drive.Options.Moods.EvidenceSeconds));
    }

    [Fact]
    public void The_song_of_a_wish_is_the_first_effect_of_its_step()
    {
        var wishes = 0;
        ForAll(drive => drive.Steps.All(step =>
        {
            if (step.Event is not CommandArrived { Command: OverrideMood wish } || step.After.Override?.CommandId != wish.Id || step.Before.Override?.CommandId == wish.Id)
            {
                return true;
            }

            wishes++;
            return step.Effects[0] is Publish { Publication: SongPublication song } && song.Why.Mood == wish.Mood;
        }));
        Assert.True(wishes > Cases / 4, $"only {wishes} wishes in {Cases} drives");
    }

    [Fact]
    public void A_closed_camera_opens_only_with_consent_for_the_current_trip_and_when_it_is_allowed()
    {
        ForAll(drive => drive.Steps.All(step =>
            (!step.Effects.Any(effect => effect is OpenCamera) || step.After is { Consent: Consent.Granted, CameraAllowed: true, Trip.Length: > 0 })
            && (step.Before.Consent == Consent.Granted || step.After.Consent != Consent.Granted || IsGrant(step))
            && (step.Before.CameraAllowed || !step.After.CameraAllowed || IsOpening(step))));
    }

    [Fact]
    public void Withdrawing_or_closing_closes_the_camera_before_anything_else()
    {
        ForAll(drive => drive.Steps.All(step =>
            step.Event is not CommandArrived { Command: SetConsent { Granted: false } or SetCamera { On: false } }
            || !step.After.CameraRequested && (!step.Before.CameraRequested || step.Effects[0] is CloseCamera)));
    }

    [Fact]
    public void However_it_comes_to_close_the_camera_closes_in_the_step_in_which_it_may_no_longer_look()
    {
        ForAll(drive => drive.Steps.All(step => step.After.CameraRequested == step.After.MayLook));
    }

    [Fact]
    public void Without_consent_nothing_is_known_about_the_driver_and_no_song_follows_a_face()
    {
        ForAll(drive => drive.Steps.All(step =>
        {
            if (step.After.MayLook)
            {
                return true;
            }

            var isBlind = step.After.Mood.Mood == Mood.Unknown && step.After.Mood.ReadAt is null && step.After.Face == FacePresence.Absent;
            // A song that is only told again, to a broker that came back, was chosen while there was consent.
            var follows = step.After.Consent != Consent.Granted && step.Event is not BrokerConnected && step.Song is { } song && song.Why.Mood != (step.After.Override?.Mood ?? Mood.Neutral);
            return isBlind && !follows;
        }));
    }

    [Fact]
    public void What_was_told_of_mood_and_privacy_is_true()
    {
        ForAll(drive => drive.Steps.All(step => step.Effects.All(effect => effect switch
        {
            Publish { Publication: MoodPublication told } => told.Mood == step.After.Mood.Mood && (step.After.MayLook || told.Face == FacePresence.Absent),
            Publish { Publication: PrivacyPublication told } => told.Consent == step.After.Consent && told.CameraOn == step.After.CameraOn && told.Trip == step.After.Trip,
            _ => true,
        })));
    }

    [Fact]
    public void A_retained_signal_never_releases()
    {
        ForAll(drive => drive.Steps.All(step =>
        {
            if (step.Event is not SignalArrived { Sample.Retained: true } arrived)
            {
                return true;
            }

            var now = step.Event.At.Elapsed;
            var options = drive.Options.Vehicle;
            var (before, after) = (step.Before.Vehicle, step.After.Vehicle);
            var graver = before[arrived.Signal].Value is not { } known || !Freezes(arrived.Signal, known) || Freezes(arrived.Signal, after[arrived.Signal].Value!.Value);
            return !after.IsFresh(arrived.Signal, now, options)
                && graver
                && !step.IsMoodDrivenChange
                && !step.Effects.Any(effect => effect is OpenCamera)
                && (step.After.Trip == step.Before.Trip || step.After.Trip.Length == 0 || EndsByTime(step));
        }));
    }

    [Fact]
    public void While_the_driver_plays_something_else_nothing_goes_to_the_song_topic()
    {
        ForAll(drive => drive.Steps.All(step => !step.After.SongsSilenced || step.Song is null));
    }

    [Fact]
    public void Every_command_is_answered_once_it_is_committed_and_songs_do_not_rush()
    {
        ForAll(drive =>
        {
            drive.HoldsCommits = false;
            drive.CommitError = null;
            drive.Commits();
            var answered = drive.Told<ReplyPublication>().Select(reply => reply.Id).ToHashSet();
            var isAnswered = drive.Steps.Select(step => step.Event).OfType<CommandArrived>().All(arrived => answered.Contains(arrived.Command.Id));
            // A choice that is told again, to a broker that came back or in other words, is no new song.
            var unasked = drive.Steps.Where(step => step.Song is { } song && song.ChoiceId != step.Before.Playing?.Publication.ChoiceId && step.Event is not CommandArrived)
                .Select(step => step.Event.At.Elapsed);
            return isAnswered && unasked.Zip(unasked.Skip(1)).All(pair => (pair.Second - pair.First).TotalSeconds >= 2);
        });
    }

    [Fact]
    public void The_same_events_give_the_same_decisions()
    {
        ForAll((drive, random) => Told.Of(drive) == Told.Of(random.Run(true)));
    }

    [Fact]
    public void Five_and_thirty_hertz_settle_on_the_same_mood_at_the_same_time()
    {
        // At one arousal throughout: where arousal crosses into calm or energetic, a whole emotion changes its mood at
        // once, and a slow camera may not see a dip that a fast one does.
        Emotion[] emotions = [Emotion.Neutral, Emotion.Happiness, Emotion.Sadness, Emotion.Anger];
        var faces =
            from first in Gen.Elements(emotions)
            from second in Gen.Elements(emotions)
            from certainty in Gen.Choose(60, 99)
            from quality in Gen.Choose(50, 100)
            select (First: first, Second: second, Certainty: certainty / 100f, Quality: quality / 100f);
        Check(Prop.ForAll(Arb.From(faces), face =>
        {
            var (slow, fast) = (SettledAfter(5, face), SettledAfter(30, face));
            return (Math.Abs(slow - fast) <= 1 / 5.0 + 1 / 30.0 + 1e-6).Label(string.Create(CultureInfo.InvariantCulture, $"5 Hz after {slow} s, 30 Hz after {fast} s"));
        }));
    }

    private static double SettledAfter(double hertz, (Emotion First, Emotion Second, float Certainty, float Quality) face)
    {
        var estimator = new MoodEstimator(new MoodOptions());
        var settled = estimator.Table.Map(EmotionProbabilities.Certain(face.Second), 0).Leader().Top;
        var estimate = MoodEstimate.None;
        var readings = 0;
        for (var i = 0; i < 120 * hertz; i++)
        {
            var emotion = i < 30 * hertz ? face.First : face.Second;
            var reading = Readings.Of(emotion, 0, 0, face.Quality, face.Certainty);
            estimate = estimator.Read(estimate, reading, TimeSpan.FromSeconds(i / hertz));
            if (i >= 30 * hertz && estimate.Mood == settled)
            {
                return readings / hertz;
            }

            readings++;
        }

        return 120;
    }

    private static bool IsErasing(Drive.Step step) => step.Event is CommandArrived { Command: EraseDriver };

    private static bool Freezes(VehicleSignal signal, double value) => signal switch
    {
        VehicleSignal.Gear => value < 0,
        VehicleSignal.Speed or VehicleSignal.Ignition or VehicleSignal.Fatigue or VehicleSignal.EyesClosed => false,
        _ => value > 0,
    };

    // Standing for long without a face ends a trip by itself, whatever event the clock brings along.
    private static bool EndsByTime(Drive.Step step) => step.Before.DesertedSince is not null;

    private static bool IsGrant(Drive.Step step) =>
        step.Event is CommandArrived { Command: SetConsent { Granted: true } grant } && grant.Trip == step.After.Trip;

    private static bool IsOpening(Drive.Step step) =>
        step.Event is CommandArrived { Command: SetCamera { On: true } opening } && opening.Trip == step.After.Trip;

    private static void ForAll(Func<Drive, bool> holds, bool fromQuietRoad = true) => ForAll((drive, _) => holds(drive), fromQuietRoad);

    private static void ForAll(Func<Drive, RandomDrive, bool> holds, bool fromQuietRoad = true) =>
        Check(Prop.ForAll(RandomDrives.Any, random => holds(random.Run(fromQuietRoad), random)));

    private static void Check(Property property)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Cases).WithQuietOnSuccess(true);
        if (Seed?.Split(',') is [var seed, var gamma])
        {
            config = config.WithReplay(new Replay(
                new Rnd(ulong.Parse(seed, CultureInfo.InvariantCulture), ulong.Parse(gamma, CultureInfo.InvariantCulture)),
                Microsoft.FSharp.Core.FSharpOption<int>.None));
        }

        property.Check(config);
    }
}
