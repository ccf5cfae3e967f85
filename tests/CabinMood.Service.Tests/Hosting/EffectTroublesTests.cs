using CabinMood.Core.Conductor;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Service.Hosting;
using CabinMood.Service.Tests.Support;
using DriverMemory = CabinMood.Core.Songs.Learning.DriverMemory;

namespace CabinMood.Service.Tests.Hosting;

/// <summary>What the log is told of a disk that stays full for a day, and of its end.</summary>
public sealed class EffectTroublesTests
{
    private static readonly IOException Full = new("the disk is full");
    private static readonly Effect Trip = new SaveTrip(new TripRecord("t", DateTimeOffset.UnixEpoch, default, true, null), null);
    private static readonly Effect Memory = new SaveMemory(DriverMemory.None);

    private readonly LogLines<EffectTroublesTests> _log = new();

    [Fact]
    public void The_same_failure_is_told_once_and_again_when_it_is_over_or_another_one()
    {
        var troubles = new EffectTroubles(_log);

        troubles.Succeeded(Trip);
        for (var i = 0; i < 100; i++)
        {
            troubles.Failed(Trip, Full);
            troubles.Failed(Memory, Full);
        }

        troubles.Failed(Trip, new IOException("the disk has an I/O error"));
        troubles.Succeeded(Memory);
        troubles.Succeeded(Trip);
        troubles.Succeeded(Trip);
        troubles.Failed(Trip, Full);

        Assert.Equal(
            [
                "Could not carry out SaveTrip: the disk is full",
                "Could not carry out SaveMemory: the disk is full",
                "Could not carry out SaveTrip: the disk has an I/O error",
                "SaveMemory works again, after 99 more failures for the same reason",
                "SaveTrip works again, after 0 more failures for the same reason",
                "Could not carry out SaveTrip: the disk is full",
            ],
            _log.All);
    }
}
