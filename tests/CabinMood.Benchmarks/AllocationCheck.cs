using System.Linq.Expressions;
using System.Reflection;

namespace CabinMood.Benchmarks;

/// <summary>
/// Counts what each benchmark allocates on its own thread, to the byte. BenchmarkDotNet counts the whole process, in which
/// the compiler and timers allocate as well.
/// </summary>
internal static class AllocationCheck
{
    private const int Calls = 50;

    /// <summary>Writes a line for every benchmark that allocates more than it may, and gives their number.</summary>
    public static int Run(TextWriter errors)
    {
        using var benchmarks = new PerceptionBenchmarks();
        benchmarks.Load();
        var tooMuch = 0;
        foreach (var method in typeof(PerceptionBenchmarks).GetMethods())
        {
            if (method.GetCustomAttribute<ExpectedBytesAttribute>() is not { } expected)
            {
                continue;
            }

            var call = Expression.Lambda<Action>(Expression.Call(Expression.Constant(benchmarks), method)).Compile();
            var bytes = BytesPerCall(call);
            if (bytes > expected.Bytes)
            {
                tooMuch++;
                errors.WriteLine($"{method.Name} allocates {bytes} bytes, {expected.Bytes} are allowed");
            }
        }

        return tooMuch;
    }

    private static double BytesPerCall(Action call)
    {
        call();
        call();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++)
        {
            call();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Calls;
    }
}
