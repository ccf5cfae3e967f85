using System.Diagnostics;

namespace CabinMood.Messaging;

/// <summary>
/// A process that the kernel ends when ours ends, also by <c>kill -9</c>, where <c>setpriv</c> (util-linux) is installed.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly ManualResetEventSlim _isOver = new();
    private readonly Thread _parent;

    private ChildProcess(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        // To the kernel the parent is the thread that started the child [prctl(2), PR_SET_PDEATHSIG], so that one has to
        // live as long as the child: a thread of the pool may end at any time.
        _parent = new Thread(() =>
        {
            try
            {
                started.SetResult(Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} could not be started"));
                _isOver.Wait();
            }
#pragma warning disable CA1031 // Handed on to who waits for the start.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                started.SetException(exception);
            }
        })
        {
            Name = "parent",
            IsBackground = true,
        };
        _parent.Start();
        Process = started.Task.GetAwaiter().GetResult();
    }

    /// <summary>The child.</summary>
    internal Process Process { get; }

    /// <summary>Starts a program.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    internal static ChildProcess Start(ProcessStartInfo start)
    {
        if (ProgramFile.Find("setpriv") is { } setpriv)
        {
            start.ArgumentList.Insert(0, start.FileName);
            start.ArgumentList.Insert(0, "--");
            start.ArgumentList.Insert(0, "KILL");
            start.ArgumentList.Insert(0, "--pdeathsig");
            start.FileName = setpriv;
        }

        return new ChildProcess(start);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Process.Dispose();
        _isOver.Set();
        _parent.Join();
        _isOver.Dispose();
    }
}
