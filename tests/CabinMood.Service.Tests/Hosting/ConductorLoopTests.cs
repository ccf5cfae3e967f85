using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Safety;
using CabinMood.Core.Songs;
using CabinMood.Service.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CabinMood.Service.Tests.Hosting;

public sealed class ConductorLoopTests
{
    private static readonly Song[] Songs =
        [.. Enumerable.Range(0, 30).Select(i => new Song($"s{i}", $"Song {i}", $"Artist {i}", "", "x:", 200_000, "Happy", i / 30f, 0.5f, 100, -10, 50, ""))];

    private readonly List<Effect> _effects = [];
    private readonly ServiceClock _clock = new(TimeProvider.System);
    private readonly ConductorLoop _loop;
    private Func<Effect, bool> _fails = _ => false;

    public ConductorLoopTests() => _loop = new ConductorLoop(new Conductor(ConductorOptions.Default, Songs), Run, _clock, NullLogger<ConductorLoop>.Instance);

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
        Assert.Equal(Consent.Withdrawn, _effects.OfType<SaveTrip>().Last().Record.Consent);
    }

    [Fact]
    public async Task A_withdrawal_does_not_overtake_the_grant_before_it()
    {
        _effects.Clear();
        var trip = "";
        _fails = effect =>
        {
            if (effect is Publish { Publication: PrivacyPublication privacy } && trip.Length == 0)
            {
                trip = privacy.Trip;
                _loop.TryPost(Command(new SetConsent("grant", true, trip)));
                _loop.TryPost(Command(new SetConsent("withdraw", false, null)));
            }

            return false;
        };
        await RunToEndAsync();

        Assert.IsType<OpenCamera>(_effects.First(effect => effect is OpenCamera or CloseCamera));
        Assert.IsType<CloseCamera>(_effects.Last(effect => effect is OpenCamera or CloseCamera));
    }

    [Fact]
    public async Task A_signal_that_finds_the_queue_full_counts_as_lost()
    {
        while (_loop.TryPost(new SignalArrived(_clock.Now(), VehicleSignal.Speed, new SignalSample(0, null, false))))
        {
        }

        await RunToEndAsync();

        var last = _effects.OfType<Publish>().Select(publish => publish.Publication).OfType<LimiterPublication>().Last();
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
    public async Task An_effect_that_fails_does_not_stop_the_ones_after_it()
    {
        _fails = effect => effect is Publish { Publication: SongPublication };
        await RunToEndAsync();

        Assert.Contains(_effects, effect => effect is Publish { Publication: PrivacyPublication });
    }

    private CommandArrived Command(Command command) => new(_clock.Now(), command);

    private IEnumerable<ReplyPublication> Replies() =>
        _effects.OfType<Publish>().Select(publish => publish.Publication).OfType<ReplyPublication>();

    private async Task RunToEndAsync()
    {
        var running = _loop.RunAsync(new ServiceStarted(_clock.Now(), 1, null, DriverSettings.Default));
        _loop.TryPost(new ServiceStopping(_clock.Now()));
        await running;
    }

    private void Run(Effect effect)
    {
        if (_fails(effect))
        {
            throw new IOException("the disk is full");
        }

        _effects.Add(effect);
    }
}
