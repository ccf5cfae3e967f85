using System.Globalization;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using CabinMood.Messaging;

namespace CabinMood.Service.Simulation.Decisions;

/// <summary>
/// Reads off one step of the conductor what it decided. Publications that only repeat what was told before are no
/// decisions. The only source of decision lines: the live service's log and the simulation both use it.
/// </summary>
internal static class DecisionReader
{
    /// <summary>The decisions of one step, in order.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="before">The state before; null at a start.</param>
    /// <param name="transition">What followed.</param>
    public static IEnumerable<Decision> Of(ConductorEvent happened, ConductorState? before, Transition transition)
    {
        foreach (var effect in transition.Effects)
        {
            switch (effect)
            {
                case OpenCamera:
                    yield return New(DecisionKind.Camera, "Consent was given and the camera may look.") with { State = "opened" };
                    break;
                case CloseCamera:
                    yield return New(DecisionKind.Camera, "Nobody may be looked at any more.") with { State = "closed" };
                    break;
                // After a broker's absence the choice is only told again, in the same words.
                case Publish { Publication: SongPublication song } when song.ChoiceId != Choice()?.ChoiceId || song.Why.Text != Choice()?.Why.Text:
                    yield return Song(song);
                    break;
                case Publish { Publication: ReplyPublication reply }:
                    yield return New(DecisionKind.Reply, reply.Error is null ? "The command was obeyed, or superseded by a newer one." : "The command changed nothing.") with
                    {
                        State = WireNames<ReplyStatus>.Of(reply.Status),
                        Reason = reply.Error,
                        Id = reply.Id,
                    };
                    break;
                case Publish { Publication: PrivacyPublication privacy }:
                    foreach (var decision in Privacy(privacy, before?.Published.Privacy))
                    {
                        yield return decision;
                    }

                    break;
                case Publish { Publication: LimiterPublication limiter } when before?.Published.Limiter is not { } last || last.Reason != limiter.Reason:
                    yield return Limiter(limiter);
                    break;
                case Publish { Publication: MoodPublication mood }:
                    foreach (var decision in Mood(mood, before?.Published.Mood))
                    {
                        yield return decision;
                    }

                    break;
            }
        }

        // The conductor's own clock: a closing that has overtaken what waited may bear an earlier time than what it overtook.
        Decision New(DecisionKind kind, string why) => new(transition.State.Clock, kind, why);

        SongPublication? Choice() => before?.Playing?.Publication;

        Decision Song(SongPublication song) => New(DecisionKind.Song, song.Why.Text) with
        {
            Mood = WireNames<Mood>.Of(song.Why.Mood),
            Reason = SongReason(song),
            Song = song.Song.Id,
            Id = song.ChoiceId,
        };

        string SongReason(SongPublication song)
        {
            var isMoodDriven = before is not null && transition.State.Changes.LastHour != before.Changes.LastHour;
            return happened switch
            {
                ServiceStarted => "start",
                _ when before?.Trip.Length == 0 => "start",
                _ when song.ChoiceId == Choice()?.ChoiceId => "forgotten",
                _ when isMoodDriven => "mood",
                CommandArrived { Command: OverrideMood or OverrideButton or GiveFeedback } => "driver",
                _ => "next-track",
            };
        }

        IEnumerable<Decision> Privacy(PrivacyPublication now, PrivacyPublication? last)
        {
            var isOtherTrip = now.Trip != (last?.Trip ?? "");
            if (isOtherTrip)
            {
                var begins = now.Trip.Length > 0;
                yield return New(DecisionKind.Trip, begins ? "A trip begins; consent is asked for anew." : "The trip is over; consent lapses.") with
                {
                    State = begins ? "began" : "ended",
                    Id = begins ? now.Trip : last?.Trip,
                };
            }

            if (last is null || now.Consent != last.Consent)
            {
                yield return New(DecisionKind.Consent, now.Consent == Consent.Granted ? "The driver may be looked at in this trip." : "Nobody may be looked at.") with
                {
                    State = WireNames<Consent>.Of(now.Consent),
                    Reason = ConsentReason(isOtherTrip),
                };
            }
        }

        string ConsentReason(bool isOtherTrip) => happened switch
        {
            ServiceStarted => "start",
            CommandArrived => "driver",
            CommandCommitted => "not-stored",
            _ => isOtherTrip ? "trip" : "new-driver",
        };

        Decision Limiter(LimiterPublication now) => New(DecisionKind.Limiter, now.Text) with
        {
            State = now.Reason is null ? "open" : "holding",
            Reason = now.Reason is { } reason ? WireNames<HoldReason>.Of(reason) : null,
            Until = now.Until is { } until ? transition.State.Clock + (until - now.Utc) : null,
        };

        IEnumerable<Decision> Mood(MoodPublication now, MoodPublication? last)
        {
            var name = WireNames<Mood>.Of(now.Mood);
            if (last is null || last.Face != now.Face)
            {
                yield return New(DecisionKind.Face, FaceWords(now.Face)) with { State = WireNames<FacePresence>.Of(now.Face) };
            }

            if (last is null || last.Mood != now.Mood)
            {
                var seconds = Math.Round(transition.State.Mood.SupportingSeconds);
                yield return now.Mood == Core.Moods.Mood.Unknown
                    ? New(DecisionKind.Mood, "No mood has enough evidence.") with { Mood = name }
                    : New(DecisionKind.Mood, string.Create(CultureInfo.InvariantCulture, $"Readings agreed on {name} for {seconds} s.")) with { Mood = name, Confidence = now.Confidence };
            }
        }
    }

    private static string FaceWords(FacePresence face) => face switch
    {
        FacePresence.Present => "The driver's face can be seen.",
        FacePresence.Obscured => "The camera's view is blocked.",
        _ => "Nobody is to be seen, or nobody is looked at.",
    };
}
