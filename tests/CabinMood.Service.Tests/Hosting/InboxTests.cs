using System.Text;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Safety;
using CabinMood.Messaging;
using CabinMood.Service.Hosting;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.Hosting;

public sealed class InboxTests
{
    private readonly StandingTime _time = new();
    private readonly LogLines<Inbox> _log = new();
    private readonly List<ReplyPublication> _replies = [];
    private readonly List<ConductorEvent> _posted = [];
    private readonly Inbox _inbox;
    private bool _hasRoom = true;
    private Action? _whilePosting;

    public InboxTests() => _inbox = new Inbox(
        new Topics("car"), new VehicleOptions(), new ServiceClock(_time), Post, (reply, _) => _replies.Add(reply), new ReplyDirectory(), _log);

    [Theory]
    [InlineData("cabinmood/car/set")]
    [InlineData("cabinmood/car/set/")]
    [InlineData("cabinmood/car/set/nonsense")]
    [InlineData("cabinmood/car/set/camera/off")]
    public void A_command_that_does_not_exist_is_answered_with_those_that_do(string topic)
    {
        Take(topic, """{"id":"a1","on":false}""");

        var reply = Assert.Single(_replies);
        Assert.Equal(("a1", ReplyStatus.Error), (reply.Id, reply.Status));
        Assert.EndsWith("one of override, feedback, style, taste, consent, camera, erase", reply.Error, StringComparison.Ordinal);
        Assert.Equal(1, _inbox.RefusedCommands);
        Assert.Contains(topic, Assert.Single(_log.All), StringComparison.Ordinal);
    }

    [Fact]
    public void When_a_no_comes_over_both_connections_it_is_handed_on_once_and_a_yes_that_it_overtook_is_refused()
    {
        _inbox.UrgentChanged(stands: true);
        IncomingMessage Said(string payload) => new("cabinmood/car/set/camera", Encoding.UTF8.GetBytes(payload));
        var (yes, no) = (Said("""{"id":"yes","on":true,"trip":"t-1"}"""), Said("""{"id":"no","on":false}"""));

        _inbox.TakeUrgent(yes);
        _inbox.TakeUrgent(no);
        _inbox.TakeUrgent(Said("garbage"));
        _inbox.Take(yes);
        _inbox.Take(no);

        Assert.Equal(["no"], _posted.OfType<CommandArrived>().Select(arrived => arrived.Command.Id));
        var reply = Assert.Single(_replies);
        Assert.Equal(("yes", ReplyErrors.Overtaken), (reply.Id, reply.Error));
        Assert.Equal(0, _inbox.RefusedCommands);
    }

    [Fact]
    public void A_no_that_comes_while_a_yes_is_handed_on_is_handed_on_after_it()
    {
        _inbox.UrgentChanged(stands: true);
        IncomingMessage Said(string payload) => new("cabinmood/car/set/camera", Encoding.UTF8.GetBytes(payload));
        var other = new Thread(() => _inbox.TakeUrgent(Said("""{"id":"no","on":false}""")));
        _whilePosting = () =>
        {
            _whilePosting = null;
            other.Start();
            Assert.True(SpinWait.SpinUntil(() => !other.IsAlive || other.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromSeconds(60)));
        };

        _inbox.Take(Said("""{"id":"yes","on":true,"trip":"t-1"}"""));
        other.Join();

        Assert.Equal(["yes", "no"], _posted.OfType<CommandArrived>().Select(arrived => arrived.Command.Id));
    }

    [Fact]
    public void A_flood_of_one_kind_hides_no_refusal_of_another()
    {
        for (var i = 0; i < 100; i++)
        {
            Take("vss/Vehicle/Speed", "fast");
        }

        Take("cabinmood/car/set/style", """{"id":"a1"}""");
        Take("cabinmood/car/player", "{}");
        _hasRoom = false;
        Take("cabinmood/car/set/style", """{"id":"a2","style":"calm"}""");

        Assert.Equal(13, _log.All.Count);
        Assert.Contains("style", _log.All[10], StringComparison.Ordinal);
        Assert.Contains("source", _log.All[11], StringComparison.Ordinal);
        Assert.Contains("busy", _log.All[12], StringComparison.Ordinal);
    }

    [Fact]
    public void How_many_lines_were_withheld_is_told_when_the_minute_is_over()
    {
        for (var i = 0; i < 100; i++)
        {
            Take("vss/Vehicle/Speed", "fast");
        }

        _inbox.TellWithheld();
        Assert.Equal(10, _log.All.Count);
        _time.Now += TimeSpan.FromMinutes(1);
        _inbox.TellWithheld();
        _inbox.TellWithheld();

        Assert.Equal("90 more in the minute just over, not told one by one: bad signals", _log.All[^1]);
        Assert.Equal(11, _log.All.Count);
    }

    [Fact]
    public void A_topic_of_any_length_leaves_a_short_line()
    {
        Take($"cabinmood/car/set/{new string('x', 60_000)}", """{"id":"a1"}""");

        Assert.InRange(Assert.Single(_log.All).Length, 1, 400);
        Assert.Single(_replies);
    }

    [Theory]
    [InlineData("cabinmood/car/set/style")]
    [InlineData("cabinmood/car/player")]
    public void Clearing_what_the_broker_keeps_is_no_message_and_nothing_at_all_is_a_bad_one(string topic)
    {
        _inbox.Take(new IncomingMessage(topic, default, Retained: true));
        Assert.Equal(0, _inbox.RefusedCommands + _inbox.RefusedReports);
        Assert.Empty(_log.All);

        Take(topic, "");
        Assert.Equal(1, _inbox.RefusedCommands + _inbox.RefusedReports);
        Assert.Single(_log.All);
    }

    private bool Post(ConductorEvent happened)
    {
        _whilePosting?.Invoke();
        _posted.Add(happened);
        return _hasRoom;
    }

    private void Take(string topic, string payload) => _inbox.Take(new IncomingMessage(topic, Encoding.UTF8.GetBytes(payload)));
}
