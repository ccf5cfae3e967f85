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
// The whole process is counted, other threads included; what is less than the smallest object per operation is theirs.
const long smallestObject = 24;
var tooMuch = 0;
foreach (var summary in BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args, config))
{
    foreach (var report in summary.Reports)
    {
        var method = report.BenchmarkCase.Descriptor.WorkloadMethod;
        var expected = method.GetCustomAttribute<ExpectedBytesAttribute>()?.Bytes;
        var actual = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase);
        if (expected is not null && actual >= expected + smallestObject)
        {
            tooMuch++;
            Console.Error.WriteLine($"{method.Name} allocates {actual} bytes, {expected} are allowed");
        }
    }
}

return tooMuch == 0 ? 0 : 1;
