using CabinMood.Service.Logging;
using CabinMood.Service.Options;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;

namespace CabinMood.Service.Hosting;

/// <summary>Puts the service, its logs and its clock into a host. <c>run</c> and <c>demo</c> use the same one.</summary>
internal static class ServiceHost
{
    private const string Template = "{Level:u4} {SourceContext}: {Message:lj}{NewLine}";

    /// <summary>A host that has not started.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="target">Where logs go.</param>
    /// <param name="configuration">The file whose section <c>Serilog</c> adjusts levels; null for none.</param>
    public static IHost Build(CabinMoodOptions options, LogTarget target, string? configuration = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders().AddSerilog(Logger(target, configuration), dispose: true);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new BootClock());
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<SystemdNotifier>();
        builder.Services.AddHostedService<CabinMoodService>();
        // SIGTERM and Ctrl-C end the host, which then ends the service in order.
        builder.Services.AddSingleton<IHostLifetime, Microsoft.Extensions.Hosting.Internal.ConsoleLifetime>();
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        return builder.Build();
    }

    /// <summary>Runs until told to stop, by a signal or by the token, or until the service fails; then throws what it failed with.</summary>
    public static async Task RunAsync(IHost host, CancellationToken cancellation)
    {
        await host.StartAsync(cancellation).ConfigureAwait(false);
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (stopping.Register(() => end.TrySetResult()))
        using (cancellation.Register(() => end.TrySetResult()))
        {
            await end.Task.ConfigureAwait(false);
        }

        await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        // The host itself would swallow it and end as if all were well, and systemd would not start it again.
        var service = host.Services.GetServices<IHostedService>().OfType<CabinMoodService>().Single();
        await (service.ExecuteTask ?? Task.CompletedTask).ConfigureAwait(false);
    }

    private static Serilog.Core.Logger Logger(LogTarget target, string? configuration)
    {
        var logs = new LoggerConfiguration()
            .MinimumLevel.Is(target == LogTarget.Terminal ? LogEventLevel.Warning : LogEventLevel.Information)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            // A failed start is told in one line by the command; the host would print a stack trace first.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal + 1);
        logs = target == LogTarget.Terminal
            ? logs.WriteTo.Console(outputTemplate: Template, standardErrorFromLevel: LogEventLevel.Verbose)
            : JournalSink.Reads(Environment.GetEnvironmentVariable("JOURNAL_STREAM"), new FileInfo("/proc/self/fd/1").LinkTarget)
            ? logs.WriteTo.Sink(new JournalSink(JournalSink.Address, new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Console(outputTemplate: Template).CreateLogger()))
            : logs.WriteTo.Console(outputTemplate: Template);
        return configuration is null ? logs.CreateLogger() : Adjust(logs, configuration);
    }

    private static Serilog.Core.Logger Adjust(LoggerConfiguration logs, string file)
    {
        var configuration = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(file)).Build();
        // Lines go to standard output or the journal and nowhere else: another sink would be another place to guard.
        if (configuration.GetSection("Serilog").GetChildren().FirstOrDefault(section => section.Key != "MinimumLevel") is { } other)
        {
            throw new ConfigurationException($"{file}: Serilog:{other.Key} cannot be set; only Serilog:MinimumLevel can, and logs go to standard output.");
        }

        try
        {
            return logs.ReadFrom.Configuration(configuration).CreateLogger();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new ConfigurationException($"{file}: Serilog:MinimumLevel: {e.Message}", e);
        }
    }
}
