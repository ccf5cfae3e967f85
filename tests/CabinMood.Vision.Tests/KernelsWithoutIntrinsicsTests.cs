using System.Diagnostics;

namespace CabinMood.Vision.Tests;

/// <summary>
/// Runs every test of the category Kernel once more in a process whose compiler knows no vector instructions: the loops
/// that finish a row then do all the work.
/// </summary>
public sealed class KernelsWithoutIntrinsicsTests
{
    [Fact]
    public async Task Without_vector_instructions_the_kernels_still_equal_their_plain_twins()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { "test", typeof(KernelsWithoutIntrinsicsTests).Assembly.Location, "--filter", "Category=Kernel" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["DOTNET_EnableHWIntrinsic"] = "0", ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
        };
        // What the outer test run tells its own host must not reach the inner one.
        start.Environment.Remove("MSBuildSDKsPath");

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Matches(@"Passed:\s+\d{2,}", output);
    }
}
