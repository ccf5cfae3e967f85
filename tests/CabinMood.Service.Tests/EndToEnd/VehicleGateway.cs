using CabinMood.Core.Safety;

namespace CabinMood.Service.Tests.EndToEnd;

/// <summary>The vehicle's side of the bus: says over MQTT that it lives and what its signals are.</summary>
internal sealed class VehicleGateway(Bystander bystander)
{
    private static readonly VehicleOptions Defaults = new();

    /// <summary>Every source is there and every signal quiet; the car drives.</summary>
    internal void IsQuiet()
    {
        bystander.Say("vss/availability", "online");
        bystander.Say("cabin/availability", "online");
        Say(VehicleSignal.Ignition, "\"ON\"");
        Say(VehicleSignal.Gear, "127");
        Say(VehicleSignal.Fatigue, "10");
        foreach (var signal in new[] { VehicleSignal.DmsWarning, VehicleSignal.Esc, VehicleSignal.Abs, VehicleSignal.Call, VehicleSignal.Navigation })
        {
            Say(signal, "false");
        }
    }

    internal void Say(VehicleSignal signal, string value, bool retain = false) => bystander.Say(Defaults[signal].Topic, value, retain);

    /// <summary>Repeats the speed until cancelled, as a bus does.</summary>
    internal async Task DriveAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(300));
        try
        {
            do
            {
                Say(VehicleSignal.Speed, "60");
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
            // The way out.
        }
    }
}
