using System.Text;
using CabinMood.Core.Safety;
using CabinMood.Messaging.Commands;
using CabinMood.Messaging.Signals;

namespace CabinMood.Messaging.Tests;

public sealed class VehicleSignalReaderTests
{
    [Theory]
    [InlineData(VehicleSignal.Speed, """{"value":42.5,"ts":"2026-11-21T12:00:00Z"}""", 42.5)]
    [InlineData(VehicleSignal.Speed, "42.5", 42.5)]
    [InlineData(VehicleSignal.Speed, "\"42.5\"", 42.5)]
    [InlineData(VehicleSignal.Speed, """{"value":"42.5"}""", 42.5)]
    [InlineData(VehicleSignal.Gear, """{"value":-1}""", -1)]
    [InlineData(VehicleSignal.DmsWarning, "true", 1)]
    [InlineData(VehicleSignal.DmsWarning, "false", 0)]
    [InlineData(VehicleSignal.Call, """{"active":true}""", 1)]
    [InlineData(VehicleSignal.Navigation, """{"active":false}""", 0)]
    [InlineData(VehicleSignal.Ignition, "\"OFF\"", 2)]
    [InlineData(VehicleSignal.Ignition, "ON", 4)]
    [InlineData(VehicleSignal.Ignition, """{"value":"START"}""", 5)]
    [InlineData(VehicleSignal.Ignition, "4", 4)]
    public void A_value_is_read_in_every_form_gateways_send(VehicleSignal signal, string payload, double expected) =>
        Assert.Equal(expected, Read(signal, payload).Value.Value);

    [Fact]
    public void A_time_stamp_is_kept() =>
        Assert.Equal(
            new DateTimeOffset(2026, 11, 21, 11, 0, 0, TimeSpan.Zero),
            Read(VehicleSignal.Speed, """{"value":1,"ts":"2026-11-21T12:00:00+01:00"}""").Value.Sent);

    [Fact]
    public void A_retained_value_is_marked() =>
        Assert.True(VehicleSignalReader.Read(VehicleSignal.Speed, new IncomingMessage("t", "0"u8.ToArray(), Retained: true)).Value.Retained);

    [Theory]
    [InlineData(VehicleSignal.Speed, "")]
    [InlineData(VehicleSignal.Speed, "NaN")]
    [InlineData(VehicleSignal.Speed, "\"NaN\"")]
    [InlineData(VehicleSignal.Speed, "\"Infinity\"")]
    [InlineData(VehicleSignal.Speed, "1e999")]
    [InlineData(VehicleSignal.Speed, "null")]
    [InlineData(VehicleSignal.Speed, "[1]")]
    [InlineData(VehicleSignal.Speed, "{}")]
    [InlineData(VehicleSignal.Speed, """{"value":null}""")]
    [InlineData(VehicleSignal.Speed, """{"value":1,"value":2}""")]
    [InlineData(VehicleSignal.Speed, """{"value":1,"ts":"yesterday"}""")]
    [InlineData(VehicleSignal.Speed, """{"value":1,"ts":1700000000}""")]
    [InlineData(VehicleSignal.Speed, "ON")]
    [InlineData(VehicleSignal.Speed, "false")]
    [InlineData(VehicleSignal.Speed, """{"active":false}""")]
    [InlineData(VehicleSignal.Gear, "\"true\"")]
    [InlineData(VehicleSignal.Fatigue, "true")]
    [InlineData(VehicleSignal.Ignition, "true")]
    [InlineData(VehicleSignal.Ignition, "MAYBE")]
    [InlineData(VehicleSignal.Ignition, "LOCK, ON")]
    public void What_is_no_finite_value_is_refused(VehicleSignal signal, string payload) =>
        Assert.False(Read(signal, payload).IsRead);

    [Fact]
    public void Random_bytes_never_throw()
    {
        const int seed = 20261123;
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(0, 40)];
            random.NextBytes(bytes);
            if (i % 2 == 0)
            {
                for (var k = 0; k < bytes.Length; k++)
                {
                    bytes[k] = (byte)"""{}[]":,.0123456789eE-+vluatrue """[bytes[k] % 31];
                }
            }

            var reading = VehicleSignalReader.Read((VehicleSignal)(i % 10), new IncomingMessage("t", bytes));
            Assert.True(!reading.IsRead || double.IsFinite(reading.Value.Value), $"seed {seed}, round {i}");
        }
    }

    private static Reading<SignalSample> Read(VehicleSignal signal, string payload) =>
        VehicleSignalReader.Read(signal, new IncomingMessage("vss/x", Encoding.UTF8.GetBytes(payload)));
}
