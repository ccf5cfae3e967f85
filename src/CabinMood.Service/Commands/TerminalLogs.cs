using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Commands;

/// <summary>Brings warnings and errors of the parts that a command uses to the person who typed it, a line each on standard error.</summary>
internal sealed class TerminalLogs(Terminal terminal) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            terminal.Say($"cabinmood: {formatter(state, exception)}");
        }
    }

    public void Dispose()
    {
    }
}
