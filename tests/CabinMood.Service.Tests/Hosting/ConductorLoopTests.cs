using System.Collections.Concurrent;
using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using CabinMood.Core.Songs;
using CabinMood.Service.Hosting;
using CabinMood.Service.Observability;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Tests.Hosting;

public sealed class ConductorLoopTests
{
    private static readonly Song[] Songs =
        [.. Enumerable.Range(0, 30).Select(i => new Song($"s{i}", $"Song {i}", $"Artist {i}", "", "x:", 200_000, "Happy", i / 30f, 0.5f, 100, -10, 50, ""))];

    private readonly ConcurrentQueue<Effect> _carriedOut = new();
    private readonly ServiceClock _clock = new(TimeProvider.System);
    private readonly ConductorLoop _loop;
    private Func<Effect, bool> _fails = _ => false;
    private Action<Effect> _onEffect = _ => { };

    public ConductorLoopTests() => _loop = new ConductorLoop(new Conductor(ConductorOptions.Default, Songs), Run, _clock, new ServiceMeter(), NullLogger<ConductorLoop>.Instance);

    [Fact]
    public async Task A_full_queue_refuses_ordinary_commands_and_never_a_withdrawal_or_a_closing()
    {
        var taken = 0;
        while (_loop.TryPost(Command(new SetStyle($"style-{taken}", Style.Calm))))
        {
            taken++;
        }

        Assert.False(_loop.TryPost(Command(new SetStyle("one-more", Style.Calm))));
        Assert.True(_loop.TryPost(Command(new SetConsent("withdraw", false, null))));
        Assert.True(_loop.TryPost(Command(new SetCamera("close", false, null))));
        Assert.True(_loop.TryPost(new BrokerConnected(_clock.Now())));
        await RunToEndAsync();

        Assert.InRange(taken, 100, 10_000);
        Assert.Contains(Replies(), reply => reply is { Id: "withdraw", Status: ReplyStatus.Ok });
        Assert.Contains(Replies(), reply => reply is { Id: "close", Status: ReplyStatus.Ok });
        Assert.Equal(Consent.Withdrawn, Effects.OfType<SaveTrip>().Last().Record.Consent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_no_overtakes_what_waits_and_no_yes_from_before_it_opens_the_camera(bool isConsent)
    {
        // All of it waits when the conductor turns for the first time.
        AtTheFirstTrip(trip =>
        {
            _loop.TryPost(Command(new SetConsent("granted", true, trip)));
            for (var i = 0; i < 10; i++)
            {
                _loop.TryPost(Command(new SetStyle($"style-{i}", Style.Calm)));
            }

            _loop.TryPost(Command(isConsent ? new SetConsent("yes", true, trip) : new SetCamera("yes", true, trip)));
            _loop.TryPost(Command(isConsent ? new SetConsent("no", false, null) : new SetCamera("no", false, null)));
        });

        await RunToEndAsync();

        Assert.DoesNotContain(Effects, effect => effect is OpenCamera);
        Assert.Equal(("no", ReplyStatus.Ok), (Replies().First().Id, Replies().First().Status));
        Assert.Equal(ReplyStatus.Error, Assert.Single(Replies(), reply => reply.Id == "yes").Status);
        Assert.Equal(13, Replies().Count());
    }

    [Fact]
    public async Task A_yes_that_comes_after_a_no_is_obeyed()
    {
        AtTheFirstTrip(trip =>
        {
            _loop.TryPost(Command(new SetConsent("no", false, null)));
            _loop.TryPost(Command(new SetConsent("yes", true, trip)));
        });

        await RunToEndAsync();

        Assert.Contains(Effects, effect => effect is OpenCamera);
        Assert.All(Replies(), reply => Assert.Equal(ReplyStatus.Ok, reply.Status));
    }

    [Fact]
    public async Task A_flood_of_withdrawals_is_answered_and_a_yes_in_its_midst_opens_nothing()
    {
        var refused = 0;
        AtTheFirstTrip(trip =>
        {
            for (var i = 0; i < 1000; i++)
            {
                refused += _loop.TryPost(Command(new SetConsent($"no-{i}", false, null))) ? 0 : 1;
                if (i == 500)
                {
                    _loop.TryPost(Command(new SetConsent("yes", true, trip)));
                }
            }
        });

        await RunToEndAsync();

        Assert.DoesNotContain(Effects, effect => effect is OpenCamera);
        Assert.InRange(refused, 1, 999);
        Assert.Equal(1000 - refused, Replies().Count(reply => reply.Status == ReplyStatus.Ok));
        Assert.Equal(ReplyStatus.Error, Assert.Single(Replies(), reply => reply.Id == "yes").Status);
    }

    [Fact]
    public async Task A_slow_disk_does_not_keep_the_camera_open()
    {
        var opened = 0;
        AtTheFirstTrip(trip => _loop.TryPost(Command(new SetConsent("yes", true, trip))));
        _onEffect += effect =>
        {
            if (effect is OpenCamera && opened++ == 0)
            {
                for (var i = 0; i < 500; i++)
                {
                    _loop.TryPost(Command(new GiveFeedback($"like-{i}", CommandSource.Touch, FeedbackKind.Like, "never")));
                }

                _loop.TryPost(Command(new SetCamera("no", false, null)));
            }
        };

        await RunToEndAsync();

        // Closed before any of what waited was worked off.
        var closed = Effects.FindIndex(effect => effect is CloseCamera);
        Assert.True(closed >= 0);
        Assert.True(closed < Effects.FindIndex(effect => effect is Publish { Publication: ReplyPublication { Id: "like-0" } }));
    }

    [Fact]
    public async Task That_the_camera_has_closed_is_told_before_what_waited_is_worked_off()
    {
        AtTheFirstTrip(trip => _loop.TryPost(Command(new SetConsent("yes", true, trip))));
        _onEffect += effect =>
        {
            switch (effect)
            {
                case OpenCamera:
                    for (var i = 0; i < 500; i++)
                    {
                        _loop.TryPost(Command(new GiveFeedback($"like-{i}", CommandSource.Touch, FeedbackKind.Like, "never")));
                    }

                    _loop.TryPost(Command(new SetCamera("no", false, null)));
                    break;
                case CloseCamera:
                    ReportClosed();
                    break;
            }
        };

        await RunToEndAsync();

        var told = Effects.FindLastIndex(effect => effect is Publish { Publication: PrivacyPublication { CameraOn: false, Trip.Length: > 0 } });
        Assert.True(told > Effects.FindIndex(effect => effect is CloseCamera));
        Assert.True(told < Effects.FindIndex(effect => effect is Publish { Publication: ReplyPublication { Id: "like-0" } }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_disk_that_hangs_holds_up_neither_a_closing_nor_telling_of_it(bool isConsent)
    {
        using var told = new ManualResetEventSlim();
        var isFreed = false;
        AtTheFirstTrip(trip =>
        {
            _loop.TryPost(Command(new SetConsent("yes", true, trip)));
            _loop.TryPost(Command(new SetStyle("style", Style.Lift)));
        });
        _onEffect += effect =>
        {
            switch (effect)
            {
                case SaveDriver:
                    // Before the style is on disk, however long that takes.
                    _loop.TryPost(Command(isConsent ? new SetConsent("no", false, null) : new SetCamera("no", false, null)));
                    isFreed = told.Wait(TimeSpan.FromSeconds(20));
                    break;
                case CloseCamera:
                    ReportClosed();
                    break;
                case Publish { Publication: PrivacyPublication { CameraOn: false } } when Effects.Any(earlier => earlier is CloseCamera):
                    told.Set();
                    break;
            }
        };

        await RunToEndAsync();

        Assert.True(isFreed);
        // Answered in the order in which the disk had them.
        Assert.Equal([("yes", ReplyStatus.Ok), ("style", ReplyStatus.Ok), ("no", ReplyStatus.Ok)], Replies().Select(reply => (reply.Id, reply.Status)));
    }

    [Fact]
    public async Task The_song_and_the_replies_that_follow_from_a_command_wait_for_its_commit_and_the_kill_switch_does_not()
    {
        using var told = new ManualResetEventSlim();
        var isFreed = false;
        List<Effect> meanwhile = [];
        AtTheFirstTrip(trip =>
        {
            _loop.TryPost(Command(new SetConsent("yes", true, trip)));
            _loop.TryPost(Command(new OverrideMood("first", CommandSource.Voice, trip, Mood.Calm, OverrideSpan.Trip)));
            _loop.TryPost(Command(new OverrideMood("second", CommandSource.Voice, trip, Mood.Happy, OverrideSpan.Trip)));
        });
        _onEffect += effect =>
        {
            switch (effect)
            {
                case SaveTrip { CommandId: "second" }:
                    var before = Effects.Count;
                    _loop.TryPost(Command(new SetCamera("no", false, null)));
                    isFreed = told.Wait(TimeSpan.FromSeconds(20));
                    meanwhile = Effects[before..];
                    break;
                case CloseCamera:
                    ReportClosed();
                    break;
                case Publish { Publication: PrivacyPublication { CameraOn: false } } when Effects.Any(earlier => earlier is CloseCamera):
                    told.Set();
                    break;
            }
        };

        await RunToEndAsync();

        Assert.True(isFreed);
        Assert.Contains(meanwhile, effect => effect is CloseCamera);
        Assert.All(meanwhile, effect => Assert.True(effect is CloseCamera or Publish { Publication: PrivacyPublication }, $"{effect} did not wait"));
        var heard = Effects.SkipWhile(effect => effect is not SaveTrip { CommandId: "second" }).OfType<Publish>().Select(publish => publish.Publication)
            .Where(publication => publication is SongPublication or ReplyPublication).ToList();
        Assert.IsType<SongPublication>(heard[0]);
        Assert.Equal(
            [("first", ReplyStatus.Superseded), ("second", ReplyStatus.Ok), ("no", ReplyStatus.Ok)],
            heard.OfType<ReplyPublication>().Select(reply => (reply.Id, reply.Status)));
    }

    [Fact]
    public async Task A_yes_that_could_not_be_stored_opens_nothing()
    {
        _fails = effect => effect is SaveTrip { CommandId: "yes" };
        _onEffect += effect =>
        {
            if (effect is CloseCamera)
            {
                ReportClosed();
            }
        };
        AtTheFirstTrip(trip => _loop.TryPost(Command(new SetConsent("yes", true, trip))));

        await RunToEndAsync();

        Assert.DoesNotContain(Effects, effect => effect is OpenCamera);
        Assert.Equal(ReplyStatus.Error, Assert.Single(Replies()).Status);
        Assert.False(Effects.OfType<Publish>().Select(publish => publish.Publication).OfType<PrivacyPublication>().Last().CameraOn);
    }

    [Fact]
    public async Task A_signal_that_finds_the_queue_full_counts_as_lost()
    {
        while (_loop.TryPost(new SignalArrived(_clock.Now(), VehicleSignal.Speed, new SignalSample(0, null, false))))
        {
        }

        await RunToEndAsync();

        var last = Effects.OfType<Publish>().Select(publish => publish.Publication).OfType<LimiterPublication>().Last();
        Assert.NotNull(last.Reason);
    }

    [Fact]
    public async Task What_cannot_be_stored_is_answered_with_the_error()
    {
        _fails = effect => effect is SaveDriver;
        _loop.TryPost(Command(new SetStyle("style", Style.Lift)));
        await RunToEndAsync();

        var reply = Assert.Single(Replies());
        Assert.Equal(("style", ReplyStatus.Error, "the disk is full"), (reply.Id, reply.Status, reply.Error));
    }

    [Fact]
    public async Task A_yes_that_cannot_be_stored_ends_with_the_camera_closed_and_the_cabin_told_so()
    {
        _fails = effect => effect is SaveTrip { CommandId: "yes" };
        AtTheFirstTrip(trip => _loop.TryPost(Command(new SetConsent("yes", true, trip))));
        await RunToEndAsync();

        Assert.Equal(ReplyStatus.Error, Assert.Single(Replies()).Status);
        Assert.IsType<CloseCamera>(Effects.Last(effect => effect is OpenCamera or CloseCamera));
        var privacy = Effects.OfType<Publish>().Select(publish => publish.Publication).OfType<PrivacyPublication>().Last();
        Assert.Equal((Consent.Withheld, true), (privacy.Consent, privacy.CameraOn));
    }

    [Fact]
    public async Task An_effect_that_fails_does_not_stop_the_ones_after_it()
    {
        _fails = effect => effect is Publish { Publication: SongPublication };
        await RunToEndAsync();

        Assert.Contains(Effects, effect => effect is Publish { Publication: PrivacyPublication });
    }

    // What is stored comes from another thread.
    private List<Effect> Effects => [.. _carriedOut];

    private void ReportClosed() => _loop.TryPost(new CameraChanged(_clock.Now(), false));

    private CommandArrived Command(Command command) => new(_clock.Now(), command);

    private IEnumerable<ReplyPublication> Replies() =>
        Effects.OfType<Publish>().Select(publish => publish.Publication).OfType<ReplyPublication>();

    // Posts as soon as the trip is known: before the loop takes its first event.
    private void AtTheFirstTrip(Action<string> post)
    {
        var isTold = false;
        _onEffect += effect =>
        {
            if (!isTold && effect is Publish { Publication: PrivacyPublication privacy })
            {
                isTold = true;
                post(privacy.Trip);
            }
        };
    }

    private async Task RunToEndAsync()
    {
        var running = _loop.RunAsync(new ServiceStarted(_clock.Now(), 1, null, DriverSettings.Default));
        _loop.TryPost(new ServiceStopping(_clock.Now()));
        await running;
    }

    private void Run(Effect effect)
    {
        _onEffect(effect);
        if (_fails(effect))
        {
            throw new IOException("the disk is full");
        }

        _carriedOut.Enqueue(effect);
    }
}
