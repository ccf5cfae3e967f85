// dotnet run -c Release --project tests/CabinMood.Benchmarks [-- --filter '*Aligning*']
// Exit code 1 when a benchmark allocates more than it may.
using System.Reflection;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CabinMood.Benchmarks;

// In this process: the libraries stay found, and nothing is built or restored while it runs.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args, config);
return AllocationCheck.Run(Console.Error) == 0 ? 0 : 1;
