using BenchmarkDotNet.Attributes;
using CabinMood.Core.Conductor;
using CabinMood.Core.Songs;
using CabinMood.Service.Options;
using CabinMood.Service.Simulation;
using CabinMood.Service.Simulation.Drives;
using CabinMood.Service.Songs;

namespace CabinMood.Benchmarks;

/// <summary>An hour on the motorway, ten readings a second: reading the drive, and playing it. The aim is 100 ms an hour.</summary>
[MemoryDiagnoser]
public class SimulationBenchmarks
{
    private readonly string _file = RepositoryFiles.Find("tests/data/drives/motorway.jsonl");
    private Drive _drive = null!;
    private Conductor _conductor = null!;

    [GlobalSetup]
    public void Load()
    {
        _drive = DriveReader.ReadFile(_file);
        var songs = CatalogueLoader.Load(new SongOptions { Catalogue = RepositoryFiles.Find("configs/songs/starter.csv"), UriTemplate = "x:{id}" }, _ => { });
        _conductor = new Conductor(new CabinMoodOptions().ForConductor(), songs);
    }

    [Benchmark]
    public int ReadingAnHour() => DriveReader.ReadFile(_file).Events.Count;

    [Benchmark]
    public int PlayingAnHour() => Simulator.Run(_conductor, _drive).Decisions.Count;
}
