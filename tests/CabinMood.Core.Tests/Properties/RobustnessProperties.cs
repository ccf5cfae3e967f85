using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Safety;
using static CabinMood.Core.Tests.Properties.PropertyCheck;

namespace CabinMood.Core.Tests.Properties;

/// <summary>No order of events, duplicate, clock jump or missing signal breaks anything: on every drive whatsoever.</summary>
public class RobustnessProperties
{
    // A step can close the camera, tell four topics, answer two commands and store a row or two.
    private const int MostEffects = 12;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_that_happens_in_any_order_throws_or_floods(bool fromQuietRoad) =>
        ForAll(drive => drive.Steps.All(step => step.Effects.Count <= MostEffects && (step.IsStart || step.After.Clock >= step.Before.Clock)), fromQuietRoad);

    [Fact]
    public void A_retained_signal_never_releases() => InEveryStep((drive, step) =>
    {
        if (step.Event is not SignalArrived { Sample.Retained: true } arrived)
        {
            return true;
        }

        var options = drive.Options.Vehicle;
        var (before, after) = (step.Before.Vehicle, step.After.Vehicle);
        var staysRaised = !before.IsRaised(arrived.Signal, options) || after.IsRaised(arrived.Signal, options)
            || arrived.Signal is VehicleSignal.Speed or VehicleSignal.Ignition;
        return !after.IsFresh(arrived.Signal, step.After.Clock, options)
            && staysRaised
            && !step.IsMoodDrivenChange
            && !step.Effects.Any(effect => effect is OpenCamera)
            && (step.After.Trip == step.Before.Trip || step.After.Trip.Length == 0 || EndsByTime(step));
    });

    [Fact]
    public void The_limiter_tells_within_a_second_what_holds() => ForAll(drive =>
    {
        // A clock that was just set back by a second is waited out first.
        drive.Send(new ClockTicked(drive.At)).Passes(1.5).Send(new ClockTicked(drive.At)).Passes(1.5).Send(new ClockTicked(drive.At));
        var told = drive.Limiter;
        drive.Send(new BrokerConnected(drive.At));
        return told.Reason == drive.Limiter.Reason && told.Text == drive.Limiter.Text && told.ChangesLastHour == drive.Limiter.ChangesLastHour;
    });

    [Fact]
    public void The_limiter_never_tells_more_than_a_few_times_a_second_what_nobody_asked_for() => ForAll(drive =>
    {
        var told = drive.Steps.Where(step => step.Event is not (CommandArrived or BrokerConnected or CommandCommitted or ServiceStarted)
                && step.Effects.Any(effect => effect is Publish { Publication: LimiterPublication }))
            .Select(step => step.Time).ToList();
        return told.All(first => told.Count(other => other >= first && other - first < TimeSpan.FromSeconds(1)) <= 2 * Enum.GetValues<HoldReason>().Length);
    });

    [Fact]
    public void The_same_plan_gives_the_same_decisions() => ForAll((drive, random) => Told.Of(drive) == Told.Of(random.Run(true)));

    [Fact]
    public void The_same_log_gives_the_same_decisions() => ForAll((drive, random) =>
    {
        var conductor = new Core.Conductor.Conductor(drive.Options, random.Rules.Songs);
        var steps = new List<Drive.Step>();
        foreach (var logged in drive.Steps)
        {
            var (state, effects) = logged.Event is ServiceStarted started ? conductor.Start(started) : conductor.Step(steps[^1].After, logged.Event);
            steps.Add(logged with { After = state, Effects = effects });
        }

        return Told.Of(steps) == Told.Of(drive.Steps);
    });

    [Fact]
    public void A_property_that_does_not_hold_is_told_with_few_acts_and_its_seed()
    {
        var failure = Assert.ThrowsAny<Exception>(() => ForAll(drive => drive.Steps.All(step => step.After.Override is null)));

        Assert.Matches(@"\(\d+,\d+\)", failure.Message);
        var shrunk = failure.Message[failure.Message.IndexOf("Shrunk", StringComparison.Ordinal)..];
        Assert.Matches(@"seed \d+, [^:]+: [^;]+\n", shrunk);
    }

    // Standing for long without a face ends a trip by itself, whatever event the clock brings along.
    private static bool EndsByTime(Drive.Step step) => step.Before.DesertedSince is not null;
}
