using System.CommandLine;
using System.Globalization;
using CabinMood.Messaging;
using CabinMood.Service.Demo;
using CabinMood.Service.Diagnosis;
using CabinMood.Service.Hosting;
using CabinMood.Service.Logging;
using CabinMood.Service.Options;
using CabinMood.Vision.Capture;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Commands;

/// <summary><c>cabinmood demo</c>: the service, a broker and a head unit of its own, and what is published.</summary>
internal static class DemoCommand
{
    private const string DemoProfile = "demo";
    private const string StandardProfile = "standard";

    public static Command Create(Terminal terminal)
    {
        var config = CommonOptions.Config();
        var json = CommonOptions.Json();
        var source = new Option<string?>("--source")
        {
            Description = "What to look at: /dev/video0, a file, rtsp://..., a folder/, test:, or a GStreamer launch line. Default: the demo's own clip, which shows nobody.",
            HelpName = "URI",
        };
        var seconds = new Option<double?>("--seconds") { Description = "Stop after this long. Default: at Ctrl-C.", HelpName = "N" };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is not (null or (>= 1 and <= 86400)))
            {
                result.AddError("--seconds must lie between 1 and 86400.");
            }
        });
        var profile = new Option<string>("--profile")
        {
            Description = $"'{DemoProfile}' shortens evidence and interval so that something happens while you watch; '{StandardProfile}' is what a car gets. A --config of your own goes before both.",
            DefaultValueFactory = _ => DemoProfile,
        };
        var zone = CommonOptions.Zone();
        profile.AcceptOnlyFromAmong(DemoProfile, StandardProfile);
        var command = new Command("demo", """
            Starts a private MQTT broker on 127.0.0.1 and the service, plays the head unit, and shows what really comes over the broker. Grants consent by itself, and says so.

            Examples:
              cabinmood demo
              cabinmood demo --seconds 30 --json
              cabinmood demo --source /dev/video0 --profile standard
            """)
        {
            source, zone, seconds, profile, json, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = Configure(parsed.GetValue(config), parsed.GetValue(profile)!, parsed.GetValue(source), parsed.GetValue(zone));
            return RunAsync(terminal, options, parsed.GetValue(seconds), parsed.GetValue(json), cancellation);
        });
        return command;
    }

    private static CabinMoodOptions Configure(string? file, string profile, string? source, string? zone)
    {
        var demo = CommonOptions.Load(AppFolder.Resolve("configs/demo.json"));
        var options = file is null && profile == DemoProfile ? demo : CommonOptions.Load(file);
        if (source is not null)
        {
            options.Camera.Source = source;
            // The clip's driver sits on the left; whoever sits before another camera may sit anywhere.
            options.Camera.DriverZone = file is null ? "whole" : options.Camera.DriverZone;
        }
        else if (file is null)
        {
            options.Camera = demo.Camera;
        }

        options.Camera.DriverZone = zone ?? options.Camera.DriverZone;
        return options;
    }

    private static async Task<int> RunAsync(Terminal terminal, CabinMoodOptions options, double? seconds, bool json, CancellationToken cancellation)
    {
        if (CameraProbe.Look(options.Camera, TimeProvider.System, cancellation) is { IsGood: false } finding)
        {
            // In a car a source that fails is tried again for ever; somebody watching a demo wants to know at once.
            throw new CommandFailedException(finding.Detail);
        }

        using var broker = await PrivateBroker.StartAsync(cancellation: cancellation);
        // A demo leaves nothing behind.
        var state = Directory.CreateTempSubdirectory("cabinmood-demo-");
        try
        {
            options.Mqtt = new MqttOptions { Host = "127.0.0.1", Port = broker.Port, Vehicle = options.Mqtt.Vehicle, PublishEmotions = options.Mqtt.PublishEmotions };
            options.Storage.Folder = state.FullName;
            Environment.SetEnvironmentVariable(StorageOptions.FolderVariable, state.FullName);
            ConfigurationFile.Check(options, "the demo's configuration");
            Introduce(terminal, options, broker.Port);
            await PlayAsync(terminal, options, seconds, json, cancellation);
        }
        finally
        {
            state.Delete(recursive: true);
        }

        return ExitCodes.Done;
    }

    private static async Task PlayAsync(Terminal terminal, CabinMoodOptions options, double? seconds, bool json, CancellationToken cancellation)
    {
        using var time = new CancellationTokenSource();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, time.Token);
        if (seconds is { } limit)
        {
            time.CancelAfter(TimeSpan.FromSeconds(limit));
        }

        using var host = ServiceHost.Build(options, LogTarget.Terminal);
        await using var screen = DemoScreen.Open(terminal, json, new Topics(options.Mqtt.Vehicle));
        await using var headUnit = new HeadUnit(
            options.Mqtt, options.Vehicle, screen.Show, TimeProvider.System, host.Services.GetRequiredService<ILogger<MqttLink>>());
        await ServiceHost.RunAsync(host, end.Token);
    }

    private static void Introduce(Terminal terminal, CabinMoodOptions options, int port)
    {
        terminal.Say(string.Create(CultureInfo.InvariantCulture, $"A private MQTT broker listens on 127.0.0.1:{port}; watch it with: mosquitto_sub -p {port} -t 'cabinmood/#' -v"));
        terminal.Say($"Looking at {FrameSourceUri.Parse(options.Camera.Source).Display}, driver's zone {options.Camera.DriverZone}. The demo's head unit grants consent by itself, drives at 50 km/h and plays each song for 8 s.");
        terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"A mood needs {options.Moods.EvidenceSeconds} s of evidence, changes at most every {options.Limiter.MinIntervalSeconds} s (a car gets 20 s and 180 s: --profile standard)."));
    }
}
