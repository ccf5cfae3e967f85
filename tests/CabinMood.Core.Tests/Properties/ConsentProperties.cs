using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using static CabinMood.Core.Tests.Properties.PropertyCheck;

namespace CabinMood.Core.Tests.Properties;

/// <summary>Nothing is looked at, known or followed that the driver did not agree to: on every drive whatsoever.</summary>
public class ConsentProperties
{
    [Fact]
    public void A_closed_camera_opens_only_with_consent_for_the_current_trip_and_when_it_is_allowed() => InEveryStep((_, step) =>
        (!step.Effects.Any(effect => effect is OpenCamera) || step.After is { Consent: Consent.Granted, CameraAllowed: true, Trip.Length: > 0, IsEnding: false })
        && (step.Before.Consent == Consent.Granted || step.After.Consent != Consent.Granted || IsGrant(step) || step.IsStart)
        && (step.Before.CameraAllowed || !step.After.CameraAllowed || IsOpening(step) || step.IsStart));

    [Fact]
    public void After_a_no_the_camera_stays_closed_until_the_driver_says_yes_for_the_current_trip() => ForAll(drive =>
    {
        // By the commands and effects alone, with none of the conductor's memory.
        var (consent, camera) = (false, true);
        var disk = new DiskWitness();
        foreach (var step in drive.Steps)
        {
            consent &= step.After.Trip == step.Before.Trip;
            if (disk.OlderRecord(step) is { } older)
            {
                // The disk refused what was said and what ended since: that cannot be known after a restart, as a reply told.
                (consent, camera) = (older.Consent == Consent.Granted && older.Trip == step.After.Trip, older.CameraAllowed);
            }

            switch (step.Event)
            {
                case CommandArrived { Command: SetConsent set }:
                    consent = set.Granted && (consent || set.Trip?.Length > 0 && set.Trip == step.After.Trip);
                    break;
                case CommandArrived { Command: SetCamera set }:
                    camera = set.On && (camera || set.Trip?.Length > 0 && set.Trip == step.After.Trip);
                    break;
            }

            if (step.Effects.Any(effect => effect is OpenCamera) && !(consent && camera))
            {
                return false;
            }
        }

        return true;
    });

    [Fact]
    public void Withdrawing_or_closing_closes_the_camera_before_anything_else() => InEveryStep((_, step) =>
        step.Event is not CommandArrived { Command: SetConsent { Granted: false } or SetCamera { On: false } }
        || !step.After.CameraRequested && (!step.Before.CameraRequested || step.Effects[0] is CloseCamera));

    [Fact]
    public void However_it_comes_to_close_the_camera_closes_in_the_step_in_which_it_may_no_longer_look() =>
        InEveryStep((_, step) => step.After.CameraRequested == step.After.MayLook);

    [Fact]
    public void Without_consent_nothing_is_known_about_the_driver_and_no_song_follows_a_face() => InEveryStep((_, step) =>
    {
        if (step.After.MayLook)
        {
            return true;
        }

        var isBlind = step.After.Mood.Mood == Mood.Unknown && step.After.Mood.ReadAt is null && step.After.Face == FacePresence.Absent;
        // Neutral comes from no face, and so does what a wish asked for, also once it is over.
        var mayBeWished = step.After is not { Override: null, WishIsOver: false };
        var follows = step.After.Consent != Consent.Granted && step.NewSong is { Why.Mood: not Mood.Neutral and var mood }
            && !(mayBeWished && mood == step.After.Target);
        return isBlind && !follows && step.Effects.All(effect => effect is not Publish { Publication: MoodPublication told } || IsEmpty(told));
    });

    [Fact]
    public void Without_consent_the_retained_song_tells_nothing_of_a_face()
    {
        var forgotten = 0;
        ForAll(drive =>
        {
            // What a broker would keep, and whether it was chosen because of a face.
            SongPublication? kept = null;
            var followsFace = false;
            // What a wish asked for may play on when it is over; that came from no face.
            var wished = Mood.Neutral;
            foreach (var step in drive.Steps)
            {
                wished = step.After.Override?.Mood ?? wished;
                foreach (var publication in step.Effects.OfType<Publish>().Select(publish => publish.Publication))
                {
                    var before = followsFace;
                    (kept, followsFace) = publication switch
                    {
                        SongPublication song when song == step.NewSong => (song, step.After.Override is null && song.Why.Mood != Mood.Neutral && !(step.After.WishIsOver && song.Why.Mood == wished)),
                        SongPublication song => (song, followsFace && song.Why.Text == kept?.Why.Text),
                        SongForgotten => (null, false),
                        _ => (kept, followsFace),
                    };
                    forgotten += before && !followsFace && step.After.Consent != Consent.Granted ? 1 : 0;
                }

                if (followsFace && step.After.Consent != Consent.Granted)
                {
                    return false;
                }
            }

            return true;
        });
        Assert.True(forgotten > 0, "no song that followed a face was ever forgotten");
    }

    [Fact]
    public void What_was_told_of_mood_and_privacy_is_true() => InEveryStep((_, step) => step.Effects.All(effect => effect switch
    {
        Publish { Publication: MoodPublication told } => told.Mood == step.After.Mood.Mood && (step.After.MayLook || told.Face == FacePresence.Absent),
        Publish { Publication: PrivacyPublication told } => told.Consent == step.After.Consent && told.CameraOn == step.After.CameraOn && told.Trip == step.After.Trip,
        _ => true,
    }));

    private static bool IsEmpty(MoodPublication told) =>
        told is { Mood: Mood.Unknown, Valence: 0, Arousal: 0, Confidence: 0, Emotions: null, Face: FacePresence.Absent };

    private static bool IsGrant(Drive.Step step) =>
        step.Event is CommandArrived { Command: SetConsent { Granted: true } grant } && grant.Trip == step.After.Trip;

    private static bool IsOpening(Drive.Step step) =>
        step.Event is CommandArrived { Command: SetCamera { On: true } opening } && opening.Trip == step.After.Trip;
}
