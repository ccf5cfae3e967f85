using CabinMood.Core.Safety;

namespace CabinMood.Core.Tests.Safety;

public class VehicleStateTests
{
    private static readonly VehicleOptions Options = new();
    private static readonly DateTimeOffset Ten = new(2026, 6, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_car_about_which_nothing_is_known_does_not_stand()
    {
        Assert.False(VehicleState.Unknown.IsStanding(TimeSpan.Zero, Options));
    }

    [Fact]
    public void A_car_stands_with_fresh_speed_below_one_and_gear_in_park()
    {
        Assert.True(Parked().IsStanding(At(0), Options));
        Assert.False(Parked().With(VehicleSignal.Speed, Live(1), At(0), Options).IsStanding(At(0), Options));
        Assert.False(Parked().With(VehicleSignal.Gear, Live(127), At(0), Options).IsStanding(At(0), Options));
        Assert.False(Parked().With(VehicleSignal.Gear, Live(0), At(0), Options).IsStanding(At(0), Options));
    }

    [Fact]
    public void A_car_whose_speed_has_grown_old_moves()
    {
        Assert.True(Parked().IsStanding(At(2), Options));
        Assert.False(Parked().IsStanding(At(2.1), Options));
    }

    [Fact]
    public void A_car_without_a_gear_signal_never_stands()
    {
        var options = new VehicleOptions { Gear = { Kind = SignalKind.Absent } };
        Assert.False(Parked().IsStanding(At(0), options));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-1)]
    [InlineData(900)]
    [InlineData(double.MaxValue)]
    public void An_absurd_speed_is_counted_and_nothing_is_trusted_until_a_good_one(double kmh)
    {
        var state = Parked().With(VehicleSignal.Speed, Live(kmh), At(0), Options);

        Assert.Equal(1, state[VehicleSignal.Speed].Refused);
        Assert.False(state.IsStanding(At(0), Options));
        Assert.True(state.With(VehicleSignal.Speed, Live(0), At(0), Options).IsStanding(At(0), Options));
    }

    [Theory]
    [InlineData(VehicleSignal.DmsWarning, 0.5)]
    [InlineData(VehicleSignal.Call, 2)]
    [InlineData(VehicleSignal.Esc, -1)]
    [InlineData(VehicleSignal.Fatigue, 101)]
    [InlineData(VehicleSignal.Fatigue, double.NaN)]
    [InlineData(VehicleSignal.Gear, 1.5)]
    [InlineData(VehicleSignal.Gear, 200)]
    [InlineData(VehicleSignal.Ignition, 6)]
    public void An_absurd_value_of_any_signal_is_not_fresh(VehicleSignal signal, double value)
    {
        var state = Parked().WithSource(signal, true).With(signal, Live(value), At(0), Options);

        Assert.Equal(1, state[signal].Refused);
        Assert.False(state.IsFresh(signal, At(0), Options));
    }

    [Fact]
    public void A_unit_is_converted_before_anything_else()
    {
        var options = new VehicleOptions { Speed = { Unit = SignalUnit.MetresPerSecond } };
        Assert.Equal(36, VehicleState.Unknown.With(VehicleSignal.Speed, Live(10), At(0), options)[VehicleSignal.Speed].Value!.Value, 9);
    }

    [Fact]
    public void An_on_change_signal_is_fresh_for_ever_while_its_source_is_online()
    {
        var state = VehicleState.Unknown.WithSource(VehicleSignal.Call, true).With(VehicleSignal.Call, Live(0), At(0), Options);

        Assert.True(state.IsFresh(VehicleSignal.Call, TimeSpan.FromDays(49), Options));
        Assert.False(state.WithSource(VehicleSignal.Call, false).IsFresh(VehicleSignal.Call, At(0), Options));
    }

    [Fact]
    public void A_source_that_comes_back_must_speak_before_it_is_believed_again()
    {
        var state = Parked().WithSource(VehicleSignal.Gear, false).WithSource(VehicleSignal.Gear, true);

        Assert.False(state.IsStanding(At(0), Options));
        Assert.True(state.With(VehicleSignal.Gear, Live(126), At(0), Options).IsStanding(At(0), Options));
    }

    [Fact]
    public void A_source_that_says_online_twice_loses_nothing()
    {
        Assert.True(Parked().WithSource(VehicleSignal.Gear, true).IsStanding(At(0), Options));
    }

    [Theory]
    [InlineData(VehicleSignal.DmsWarning)]
    [InlineData(VehicleSignal.Call)]
    [InlineData(VehicleSignal.Abs)]
    public void A_retained_value_can_freeze_and_never_release(VehicleSignal signal)
    {
        var state = VehicleState.Unknown.WithSource(signal, true);

        var frozen = state.With(signal, Retained(1), At(0), Options);
        Assert.True(frozen.IsRaised(signal, Options));

        var raised = state.With(signal, Live(1), At(0), Options).With(signal, Retained(0), At(1), Options);
        Assert.True(raised.IsRaised(signal, Options));
        Assert.False(raised.IsFresh(signal, At(1), Options));
        Assert.False(raised.With(signal, Live(0), At(2), Options).IsRaised(signal, Options));
    }

    [Fact]
    public void A_retained_park_does_not_make_the_car_stand()
    {
        Assert.False(Parked().With(VehicleSignal.Gear, Retained(126), At(0), Options).IsStanding(At(0), Options));
        Assert.False(Parked().With(VehicleSignal.Speed, Retained(0), At(0), Options).IsStanding(At(0), Options));
    }

    [Fact]
    public void A_retained_value_does_not_wake_a_tired_driver()
    {
        var tired = VehicleState.Unknown.WithSource(VehicleSignal.Fatigue, true).With(VehicleSignal.Fatigue, Live(80), At(0), Options);
        Assert.Equal(80, tired.With(VehicleSignal.Fatigue, Retained(5), At(1), Options)[VehicleSignal.Fatigue].Value);
        Assert.Equal(90, tired.With(VehicleSignal.Fatigue, Retained(90), At(1), Options)[VehicleSignal.Fatigue].Value);
    }

    [Fact]
    public void What_was_raised_stays_raised_when_its_source_dies_or_talks_nonsense()
    {
        var raised = VehicleState.Unknown.WithSource(VehicleSignal.EyesClosed, true).With(VehicleSignal.EyesClosed, Live(1), At(0), Options);
        var options = new VehicleOptions { EyesClosed = { Kind = SignalKind.OnChange } };

        Assert.True(raised.WithSource(VehicleSignal.EyesClosed, false).IsRaised(VehicleSignal.EyesClosed, options));
        Assert.True(raised.WithoutSources().IsRaised(VehicleSignal.EyesClosed, options));
        Assert.True(raised.Without(VehicleSignal.EyesClosed).IsRaised(VehicleSignal.EyesClosed, options));
        Assert.True(raised.With(VehicleSignal.EyesClosed, Live(double.NaN), At(1), options).IsRaised(VehicleSignal.EyesClosed, options));
    }

    [Fact]
    public void Reverse_stays_engaged_whatever_a_retained_value_says()
    {
        var reversing = VehicleState.Unknown.WithSource(VehicleSignal.Gear, true).With(VehicleSignal.Gear, Live(-1), At(0), Options);
        Assert.True(reversing.With(VehicleSignal.Gear, Retained(127), At(1), Options).IsRaised(VehicleSignal.Gear, Options));
        Assert.False(reversing.With(VehicleSignal.Gear, Live(127), At(1), Options).IsRaised(VehicleSignal.Gear, Options));
    }

    [Fact]
    public void A_value_that_was_sent_before_the_last_one_is_counted_and_releases_nothing()
    {
        var raised = VehicleState.Unknown.WithSource(VehicleSignal.Call, true).With(VehicleSignal.Call, Sent(1, 10), At(0), Options);

        var late = raised.With(VehicleSignal.Call, Sent(0, 5), At(1), Options);
        var later = late.With(VehicleSignal.Call, Sent(0, 6), At(1), Options);

        Assert.Equal(2, later[VehicleSignal.Call].Refused);
        Assert.True(later.IsRaised(VehicleSignal.Call, Options));
        Assert.False(later.IsFresh(VehicleSignal.Call, At(1), Options));
        Assert.False(later.With(VehicleSignal.Call, Sent(0, 11), At(1), Options).IsRaised(VehicleSignal.Call, Options));
    }

    [Fact]
    public void A_warning_from_a_sender_whose_clock_was_set_back_is_heard_at_once()
    {
        var quiet = VehicleState.Unknown.WithSource(VehicleSignal.DmsWarning, true).With(VehicleSignal.DmsWarning, Sent(0, 10), At(0), Options);
        Assert.True(quiet.With(VehicleSignal.DmsWarning, Sent(1, -3000), At(1), Options).IsRaised(VehicleSignal.DmsWarning, Options));
    }

    [Fact]
    public void A_burst_of_old_values_releases_nothing_however_many_there_are_and_each_is_counted()
    {
        var state = VehicleState.Unknown.WithSource(VehicleSignal.Call, true).With(VehicleSignal.Call, Sent(1, 150), At(0), Options);
        for (var i = 0; i < 20; i++)
        {
            state = state.With(VehicleSignal.Call, Sent(0, 30 + i), At(1 + i / 10.0), Options);
            Assert.True(state.IsRaised(VehicleSignal.Call, Options));
            Assert.False(state.IsFresh(VehicleSignal.Call, At(1 + i / 10.0), Options));
        }

        Assert.Equal(20, state[VehicleSignal.Call].Refused);
        Assert.False(state.With(VehicleSignal.Call, Sent(0, 151), At(4), Options).IsRaised(VehicleSignal.Call, Options));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    [InlineData(3)]
    [InlineData(-1)]
    public void Old_values_that_do_not_keep_the_pace_of_time_release_nothing_however_long_they_come(double pace)
    {
        var state = VehicleState.Unknown.WithSource(VehicleSignal.Call, true).With(VehicleSignal.Call, Sent(1, 5000), At(0), Options);
        for (var second = 1; second <= 60; second++)
        {
            state = state.With(VehicleSignal.Call, Sent(0, 2000 + pace * second), At(second), Options);
            Assert.True(state.IsRaised(VehicleSignal.Call, Options));
        }

        Assert.Equal(60, state[VehicleSignal.Call].Refused);
    }

    [Fact]
    public void A_sender_whose_clock_was_set_back_is_believed_when_it_has_kept_pace_for_five_seconds()
    {
        var state = VehicleState.Unknown.WithSource(VehicleSignal.DmsWarning, true).With(VehicleSignal.DmsWarning, Sent(1, 10), At(0), Options);
        for (var second = 1; second <= 5; second++)
        {
            state = state.With(VehicleSignal.DmsWarning, Sent(0, -3000 + second), At(second), Options);
            Assert.True(state.IsRaised(VehicleSignal.DmsWarning, Options));
        }

        state = state.With(VehicleSignal.DmsWarning, Sent(0, -2994), At(6), Options);
        Assert.False(state.IsRaised(VehicleSignal.DmsWarning, Options));
        Assert.True(state.IsFresh(VehicleSignal.DmsWarning, At(6), Options));
        Assert.Equal(5, state[VehicleSignal.DmsWarning].Refused);
        Assert.True(state.With(VehicleSignal.DmsWarning, Sent(0, -2993), At(7), Options).IsFresh(VehicleSignal.DmsWarning, At(7), Options));
    }

    [Fact]
    public void Old_values_that_the_broker_kept_say_nothing_about_the_senders_clock()
    {
        var state = VehicleState.Unknown.WithSource(VehicleSignal.Call, true).With(VehicleSignal.Call, Sent(1, 150), At(0), Options);
        for (var second = 1; second <= 10; second++)
        {
            state = state.With(VehicleSignal.Call, Sent(0, second) with { Retained = true }, At(second), Options);
        }

        Assert.True(state.With(VehicleSignal.Call, Sent(0, 11), At(11), Options).IsRaised(VehicleSignal.Call, Options));
    }

    [Fact]
    public void While_a_clock_is_on_trial_a_warning_is_heard_at_once_and_begins_no_new_trial()
    {
        var state = VehicleState.Unknown.WithSource(VehicleSignal.Call, true).With(VehicleSignal.Call, Sent(0, 150), At(0), Options)
            .With(VehicleSignal.Call, Sent(0, 1), At(1), Options)
            .With(VehicleSignal.Call, Sent(1, 2), At(2), Options);
        Assert.True(state.IsRaised(VehicleSignal.Call, Options));
        Assert.True(state.With(VehicleSignal.Call, Sent(0, 3), At(3), Options).IsRaised(VehicleSignal.Call, Options));
        Assert.False(state.With(VehicleSignal.Call, Sent(0, 6), At(6), Options).IsRaised(VehicleSignal.Call, Options));
    }

    [Fact]
    public void A_signal_that_is_not_fitted_has_no_effect()
    {
        var options = new VehicleOptions { Call = { Kind = SignalKind.Absent } };
        Assert.False(VehicleState.Unknown.With(VehicleSignal.Call, Live(1), At(0), options).IsRaised(VehicleSignal.Call, options));
    }

    [Fact]
    public void Snapshots_can_be_compared()
    {
        Assert.Equal(Parked(), Parked());
        Assert.Equal(Parked().GetHashCode(), Parked().GetHashCode());
        Assert.NotEqual(Parked(), Parked().Without(VehicleSignal.Speed));
        Assert.NotEqual(Parked(), Parked().WithSource(VehicleSignal.Call, true));
    }

    private static VehicleState Parked() => VehicleState.Unknown
        .WithSource(VehicleSignal.Speed, true)
        .WithSource(VehicleSignal.Gear, true)
        .With(VehicleSignal.Speed, Live(0), At(0), Options)
        .With(VehicleSignal.Gear, Live(126), At(0), Options);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static SignalSample Live(double value) => new(value, null, false);

    private static SignalSample Retained(double value) => new(value, null, true);

    private static SignalSample Sent(double value, double second) => new(value, Ten.AddSeconds(second), false);

    [Theory]
    [InlineData(SignalUnit.KilometresPerHour, 36, 36)]
    [InlineData(SignalUnit.MetresPerSecond, 10, 36)]
    [InlineData(SignalUnit.MilesPerHour, 60, 96.56064)]
    public void A_speed_in_any_unit_is_kept_in_kilometres_per_hour(string unit, double value, double kmh)
    {
        var options = new VehicleOptions { Speed = { Unit = unit } };
        Assert.Equal(kmh, VehicleState.Unknown.With(VehicleSignal.Speed, Live(value), At(0), options)[VehicleSignal.Speed].Value!.Value, 6);
    }

    [Fact]
    public void What_is_absurd_is_so_in_its_own_unit()
    {
        var options = new VehicleOptions { Speed = { Unit = SignalUnit.MilesPerHour }, Fatigue = { Unit = SignalUnit.Fraction } };
        Assert.Equal(1, VehicleState.Unknown.With(VehicleSignal.Speed, Live(300), At(0), options)[VehicleSignal.Speed].Refused);
        Assert.Equal(1, VehicleState.Unknown.With(VehicleSignal.Fatigue, Live(60), At(0), options)[VehicleSignal.Fatigue].Refused);
        Assert.Equal(60, VehicleState.Unknown.With(VehicleSignal.Fatigue, Live(0.6), At(0), options)[VehicleSignal.Fatigue].Value);
    }

    [Fact]
    public void Every_signal_counts_its_own_refusals()
    {
        var state = Parked().With(VehicleSignal.Speed, Live(900), At(0), Options).With(VehicleSignal.Speed, Live(-1), At(0), Options)
            .Without(VehicleSignal.Call);
        Assert.Equal((2, 1, 0), (state[VehicleSignal.Speed].Refused, state[VehicleSignal.Call].Refused, state[VehicleSignal.Gear].Refused));
    }

    [Fact]
    public void The_stale_signals_are_named_and_an_ignition_that_never_came_is_one_of_them_though_no_limit_rests_on_it()
    {
        var options = new VehicleOptions { Call = { Kind = SignalKind.Absent } };
        Assert.Equal(
            [VehicleSignal.DmsWarning, VehicleSignal.Esc, VehicleSignal.Abs, VehicleSignal.Fatigue, VehicleSignal.Navigation],
            Parked().AllHolding(At(0), options));
        Assert.Equal([VehicleSignal.Ignition, .. Parked().AllHolding(At(0), options)], Parked().AllStale(At(0), options));
        Assert.Empty(Parked().AllStale(At(0), new VehicleOptions { Ignition = { Kind = SignalKind.Absent } }).Intersect([VehicleSignal.Ignition]));
        Assert.Equal(VehicleSignal.Speed, Parked().AllStale(At(5), options)[0]);
    }

    [Fact]
    public void Values_in_reversed_order_are_believed_no_more_than_the_first()
    {
        var state = VehicleState.Unknown.WithSource(VehicleSignal.Call, true).With(VehicleSignal.Call, Sent(1, 10), At(0), Options);
        for (var second = 9; second >= 0; second--)
        {
            state = state.With(VehicleSignal.Call, Sent(0, second), At(1), Options);
            Assert.True(state.IsRaised(VehicleSignal.Call, Options));
            Assert.False(state.IsFresh(VehicleSignal.Call, At(1), Options));
        }

        Assert.Equal(10, state[VehicleSignal.Call].Refused);
    }

    [Fact]
    public void The_same_value_delivered_twice_changes_nothing()
    {
        var once = VehicleState.Unknown.WithSource(VehicleSignal.Call, true).With(VehicleSignal.Call, Sent(0, 10), At(0), Options);
        Assert.Equal(once, once.With(VehicleSignal.Call, Sent(0, 10), At(0), Options));
    }
}
