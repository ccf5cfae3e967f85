using System.Diagnostics;
using System.Text;

namespace CabinMood.Service.Tests.Support;

/// <summary>The program itself, as a person or systemd starts it. Ends with this object.</summary>
internal sealed class CabinmoodProcess : IDisposable
{
    /// <summary>Generous: the machine may be busy with something else.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly SemaphoreSlim _printed = new(0);

    private CabinmoodProcess(Process process)
    {
        Process = process;
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    internal Process Process { get; }

    internal string Output => Text(_output);

    internal string Error => Text(_error);

    /// <summary>Starts <c>cabinmood</c> with these arguments and a state folder of its own.</summary>
    internal static CabinmoodProcess Start(string stateFolder, params string[] arguments) => Start(stateFolder, null, arguments);

    /// <summary>The same, within something else.</summary>
    internal static CabinmoodProcess Start(string stateFolder, Surroundings? surroundings, params string[] arguments)
    {
        string[] program = [.. surroundings?.Under ?? [], "dotnet"];
        var start = new ProcessStartInfo(program[0], program[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = stateFolder,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "cabinmood.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["CABINMOOD_STATE"] = stateFolder;
        start.Environment["TERM"] = "dumb";
        foreach (var (name, value) in surroundings?.Environment ?? [])
        {
            start.Environment[name] = value;
        }

        return new CabinmoodProcess(Process.Start(start)!);
    }

    /// <summary>Runs a command to its end.</summary>
    internal static async Task<(int ExitCode, string Output, string Error)> RunAsync(string stateFolder, params string[] arguments)
    {
        using var process = Start(stateFolder, arguments);
        var exitCode = await process.ExitAsync();
        return (exitCode, process.Output, process.Error);
    }

    /// <summary>Waits until what it printed is as wanted.</summary>
    internal async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await _printed.WaitAsync(limit.Token);
        }
    }

    /// <summary>Waits for the end and for all that it printed.</summary>
    internal async Task<int> ExitAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await Process.WaitForExitAsync(limit.Token);
        return Process.ExitCode;
    }

    public void Dispose()
    {
        if (!Process.HasExited)
        {
            Process.Kill();
            Process.WaitForExit();
        }

        Process.Dispose();
    }

    private void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.AppendLine(line);
            }

            _printed.Release();
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
