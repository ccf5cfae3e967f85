using System.CommandLine;
using CabinMood.Service.Hosting;
using CabinMood.Service.Logging;

namespace CabinMood.Service.Commands;

/// <summary><c>cabinmood run</c>: the service.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var command = new Command("run", """
            Runs the service until it is told to stop. It starts with consent withheld and the camera closed; only a restart within 30 s goes on with the trip, its consent and the driver's wish.

            Examples:
              cabinmood run
              cabinmood run --config /etc/cabinmood/cabinmood.json
            """)
        {
            config,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var file = parsed.GetValue(config) ?? CommonOptions.DefaultFile;
            using var host = ServiceHost.Build(CommonOptions.Load(file), LogTarget.Journal, file);
            await ServiceHost.RunAsync(host, cancellation);
            return ExitCodes.Done;
        });
        return command;
    }
}
