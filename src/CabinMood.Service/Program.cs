using System.CommandLine;
using CabinMood.Service.Commands;
using CabinMood.Service.Hosting;

var terminal = new Terminal();
var root = new RootCommand("Reads the driver's mood from a cabin infra-red camera and chooses songs, over MQTT, without ever distracting.")
{
    RunCommand.Create(),
    DemoCommand.Create(terminal),
    AnalyzeCommand.Create(terminal),
    SimulateCommand.Create(terminal),
    ModelsCommand.Create(terminal),
    DoctorCommand.Create(terminal),
    EvalCommand.Create(terminal),
    BenchCommand.Create(terminal),
    CatalogCommand.Create(terminal),
    EraseCommand.Create(terminal),
};

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    var problem = string.Join(' ', parsed.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    terminal.Say($"cabinmood: {problem} Try: cabinmood --help");
    return ExitCodes.Usage;
}

if (!CoreDumps.Forbid())
{
    terminal.Say("cabinmood: this system does not let core dumps be forbidden, and one could hold a picture of the driver.");
    return ExitCodes.Failed;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        // By default a command that was told to stop is cut off after 2 s, camera open and `offline` unsaid. As long as
        // TimeoutStopSec= of the unit.
        ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
    });
}
catch (OperationCanceledException)
{
    return ExitCodes.Done;
}
catch (Exception e)
{
    terminal.Say($"cabinmood: {Failures.LineFor(e)}");
    return ExitCodes.Failed;
}
