using CabinMood.Messaging;
using CabinMood.Messaging.Payloads;
using CabinMood.Service.Health;

namespace CabinMood.Service.Tests.Health;

public sealed class HealthRulesTests
{
    private static readonly MqttLinkStatus Connected = new(MqttLinkState.Connected, null, 0, 0, 0, 0, 0, 1);

    private static readonly HealthFacts Well = new(
        IsStuck: false, ConductorTurns: true, CameraIsOpen: true, CameraTrouble: null, FramesPerSecond: 30, HandledPerSecond: 15.1,
        Latency: TimeSpan.FromMilliseconds(250), Connected, Urgent: Connected, NewlyRejected: 0, StorageTrouble: null, FreeBytes: 16 * 1024 * 1024);

    public static TheoryData<HealthFacts, HealthState, string> Troubles => new()
    {
        { Well with { IsStuck = true }, HealthState.Failed, "a native call hangs" },
        { Well with { ConductorTurns = false }, HealthState.Failed, "the conductor stands still" },
        { Well with { CameraTrouble = "unplugged" }, HealthState.Degraded, "camera: unplugged" },
        { Well with { FramesPerSecond = 0, HandledPerSecond = 0 }, HealthState.Degraded, "camera: no frames" },
        { Well with { HandledPerSecond = 14.9 }, HealthState.Degraded, "perception is slower than the camera" },
        { Well with { Latency = TimeSpan.FromMilliseconds(260) }, HealthState.Degraded, "perception is slow: 260 ms from frame to scores" },
        { Well with { Link = Connected with { State = MqttLinkState.Refused, Reason = "its certificate expired" } }, HealthState.Degraded, "broker: its certificate expired" },
        { Well with { Link = Connected with { SinceLoss = TimeSpan.FromSeconds(12), Loss = "gone" } }, HealthState.Degraded, "broker: lost 12 s ago and back since: gone" },
        { Well with { NewlyRejected = 1 }, HealthState.Degraded, "broker: it does not let us publish everything; check its access control list" },
        { Well with { Link = Connected with { RefusedSubscriptions = 1 } }, HealthState.Degraded, "broker: it does not let us listen to everything; check its access control list" },
        { Well with { Urgent = Connected with { State = MqttLinkState.Refused, Reason = "not authorised" } }, HealthState.Degraded, "broker: it refuses our second connection, for the driver's no: not authorised" },
        { Well with { Urgent = Connected with { State = MqttLinkState.Connecting, Reason = "it closed the connection" } }, HealthState.Degraded, "broker: our second connection, for the driver's no, does not stand: it closed the connection" },
        { Well with { Urgent = Connected with { State = MqttLinkState.Stopped, Reason = "stopped", Connections = 2 } }, HealthState.Degraded, "broker: it takes our two connections for one client, so the second, for the driver's no, stays away; set Mqtt:UrgentConnection to false" },
        { Well with { Urgent = Connected with { RejectedPublications = 2, RejectedSinceConnected = 1 } }, HealthState.Degraded, "broker: our second connection, for the driver's no, may not do everything; check its access control list" },
        { Well with { Urgent = Connected with { RefusedSubscriptions = 1 } }, HealthState.Degraded, "broker: our second connection, for the driver's no, may not do everything; check its access control list" },
        { Well with { StorageTrouble = "disk I/O error" }, HealthState.Degraded, "storage: disk I/O error" },
        { Well with { FreeBytes = 1024 * 1024 }, HealthState.Degraded, "disk: 1.0 MB free for the state folder" },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public void Every_trouble_has_its_reason(HealthFacts facts, HealthState state, string reason)
    {
        var (told, reasons) = HealthRules.Judge(facts);

        Assert.Equal((state, reason), (told, Assert.Single(reasons)));
    }

    [Fact]
    public void At_the_edge_of_everything_it_is_still_well()
    {
        var edge = Well with { Link = Connected with { SinceLoss = TimeSpan.FromMinutes(1), Loss = "gone" }, Urgent = null, FreeBytes = null };

        Assert.Equal(HealthState.Ok, HealthRules.Judge(Well).State);
        Assert.Equal(HealthState.Ok, HealthRules.Judge(edge).State);
    }

    [Fact]
    public void A_second_connection_that_has_not_begun_or_may_do_everything_by_now_is_well()
    {
        var notBegun = Connected with { State = MqttLinkState.Stopped, Reason = "not started", Connections = 0 };
        var beginning = notBegun with { State = MqttLinkState.Connecting, Reason = MqttLinkStatus.Unanswered };
        var mended = Connected with { RejectedPublications = 2, RejectedSinceConnected = 0 };

        Assert.All([notBegun, beginning, mended], urgent => Assert.Equal(HealthState.Ok, HealthRules.Judge(Well with { Urgent = urgent }).State));
    }

    [Fact]
    public void A_closed_camera_is_neither_slow_nor_without_frames() =>
        Assert.Equal(HealthState.Ok, HealthRules.Judge(Well with { CameraIsOpen = false, FramesPerSecond = 0, HandledPerSecond = 0, Latency = TimeSpan.FromSeconds(9) }).State);

    [Fact]
    public void What_the_second_connection_lacks_is_told_beside_what_the_first_one_does_and_not_while_there_is_no_broker()
    {
        var refused = Connected with { State = MqttLinkState.Refused, Reason = "not authorised" };
        var lately = Well with { Link = Connected with { SinceLoss = TimeSpan.FromSeconds(12), Loss = "gone" }, Urgent = refused };

        Assert.Equal(2, HealthRules.Judge(lately).Reasons.Count);
        Assert.Single(HealthRules.Judge(lately with { Link = refused }).Reasons);
    }

    [Fact]
    public void All_troubles_are_told_at_once()
    {
        var facts = Well with { CameraTrouble = "unplugged", StorageTrouble = "disk full", NewlyRejected = 1, FreeBytes = 0 };

        Assert.Equal(4, HealthRules.Judge(facts).Reasons.Count);
    }
}
