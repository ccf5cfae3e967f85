using System.CommandLine;
using System.Text.Json;
using CabinMood.Service.Diagnosis;

namespace CabinMood.Service.Commands;

/// <summary><c>cabinmood doctor</c>: what is wrong on this machine, and what mends it.</summary>
internal static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var config = CommonOptions.Config();
        var json = CommonOptions.Json();
        var command = new Command("doctor", """
            Tries everything the service needs and says what is wrong and what mends it. Exit code 1 when anything is wrong; without camera or broker the service starts all the same, and waits for them.

            Examples:
              cabinmood doctor
              cabinmood doctor --config /etc/cabinmood/cabinmood.json
            """)
        {
            json, config,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var file = parsed.GetValue(config) ?? CommonOptions.DefaultFile;
            var doctor = new Doctor(CommonOptions.Load(file), Path.GetFullPath(file), TimeProvider.System);
            var findings = await doctor.ExamineAsync(cancellation);
            foreach (var finding in findings)
            {
                terminal.Line(parsed.GetValue(json) ? JsonSerializer.Serialize(finding, JsonSerializerOptions.Web) : Words(finding));
            }

            var bad = findings.Count(finding => !finding.IsGood);
            if (bad > 0)
            {
                throw new CommandFailedException($"{bad} of {findings.Count} checks failed");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static string Words(Finding finding) =>
        $"{(finding.IsGood ? "ok " : "BAD")}  {finding.Subject,-12} {finding.Detail}{(finding.Remedy is { } remedy ? $"\n      mend with: {remedy}" : "")}";
}
