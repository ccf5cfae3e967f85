using System.Diagnostics;
using System.Text.RegularExpressions;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.Hosting;

/// <summary>The systemd unit that is shipped, and what the integrator's guide says of it.</summary>
public sealed partial class UnitFileTests
{
    [NeedsSystemdAnalyzeFact]
    public async Task The_guide_names_the_exposure_that_systemd_gives_the_unit_and_it_is_at_most_2()
    {
        string[] arguments = ["security", "--offline=true", "--no-pager", Repository.File("deploy/systemd/cabinmood.service")];
        using var process = Process.Start(new ProcessStartInfo("systemd-analyze", arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        var exposure = Exposure().Match(output).Groups[1].Value;

        Assert.InRange(double.Parse(exposure, System.Globalization.CultureInfo.InvariantCulture), 0, 2.0);
        Assert.Contains(
            $"`systemd-analyze security --offline=true` rates the unit {exposure} of 10", await File.ReadAllTextAsync(Repository.File("deploy/README.md")), StringComparison.Ordinal);
    }

    [GeneratedRegex("Overall exposure level for cabinmood.service: ([0-9.]+)")]
    private static partial Regex Exposure();
}
