using Spectre.Console;

namespace CabinMood.Service.Commands;

/// <summary>The only place that touches the console: what is for a person or a pipe goes through here.</summary>
public sealed class Terminal
{
#pragma warning disable RS0030 // This is the one door to the console that the ban leaves.
    private readonly TextWriter _out = Console.Out;
    private readonly TextWriter _error = Console.Error;

    /// <summary>True when a person is looking, rather than a file or a pipe.</summary>
    public static bool IsInteractive => !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");

    /// <summary>True when a person sees standard error.</summary>
    public static bool IsErrorInteractive => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
#pragma warning restore RS0030

    // Wide enough for a confusion matrix of eight classes.
    private const int PlainWidth = 140;

    private readonly Lock _gate = new();

    /// <summary>Tables and live views on standard output; plain text of a fixed width where nobody is looking.</summary>
    public IAnsiConsole Rich { get; } = CreateRich();

    /// <summary>Progress on standard error, so that it never mixes with results.</summary>
    public IAnsiConsole RichError => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_error) });

    /// <summary>One line on standard output, flushed, so that a pipe sees it at once.</summary>
    public void Line(string text)
    {
        lock (_gate)
        {
            _out.WriteLine(text);
            _out.Flush();
        }
    }

    /// <summary>One line on standard error.</summary>
    public void Say(string text)
    {
        lock (_gate)
        {
            _error.WriteLine(text);
        }
    }

    private static IAnsiConsole CreateRich()
    {
        if (IsInteractive)
        {
            return AnsiConsole.Create(new AnsiConsoleSettings());
        }

        var plain = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        plain.Profile.Width = PlainWidth;
        return plain;
    }
}
