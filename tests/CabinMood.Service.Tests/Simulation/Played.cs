using CabinMood.Core.Conductor;
using CabinMood.Core.Songs;
using CabinMood.Service.Options;
using CabinMood.Service.Simulation;
using CabinMood.Service.Simulation.Drives;
using CabinMood.Service.Songs;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.Simulation;

/// <summary>Drives of the repository and of tests, played with the starter songs.</summary>
internal static class Played
{
    internal static readonly IReadOnlyList<Song> Songs = LoadSongs();

    /// <summary>A car on the road whose driver has agreed: the lines that most drives begin with.</summary>
    internal const string Quiet = """
        {"event":"start","trackSeconds":30}
        {"at":0,"event":"source","signal":"all","online":true}
        {"at":0,"event":"signals","values":{"ignition":"ON","gear":127,"dms-warning":false,"esc":false,"abs":false,"fatigue":10,"call":false,"navigation":false}}
        {"at":1,"event":"command","topic":"consent","payload":{"id":"yes","granted":true,"trip":"$trip"}}

        """;

    internal static Drive Scripted(string name) => DriveReader.ReadFile(Repository.File($"tests/data/drives/{name}.jsonl"));

    internal static Drive Read(string lines) => DriveReader.Read("test.jsonl", new StringReader(lines));

    internal static CabinMoodOptions Options(Drive drive)
    {
        var options = new CabinMoodOptions();
        if (drive.Start.Options is { } sections)
        {
            ConfigurationFile.Overlay(options, sections, drive.Name);
        }

        return options;
    }

    internal static SimulationResult Play(Drive drive, ulong? seed = null, Action<Core.Conductor.Events.ConductorEvent, ConductorState?, Transition>? watch = null) =>
        Simulator.Run(new Conductor(Options(drive).ForConductor(), Songs), drive, seed, watch);

    internal static string[] Lines(SimulationResult result) => [.. result.Decisions.Select(decision => decision.ToLine())];

    private static IReadOnlyList<Song> LoadSongs() =>
        CatalogueLoader.Load(new SongOptions { Catalogue = AppFolder.Resolve("configs/songs/starter.csv"), UriTemplate = "x:{id}" }, _ => { });
}
