using System.Text.RegularExpressions;
using CabinMood.Service.Options;
using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.Options;

/// <summary>Holds the README's table of configuration keys against the code.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Every_key_of_the_configuration_is_in_the_readme_and_every_key_in_the_readme_exists()
    {
        var text = File.ReadAllText(Repository.File("README.md"));
        var section = text[text.IndexOf("## Configuration", StringComparison.Ordinal)..text.IndexOf("## Built on", StringComparison.Ordinal)];
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)))
        {
            var prefix = "";
            foreach (Match code in InBackticks().Matches(row.Split('|')[1]))
            {
                var name = code.Groups[1].Value;
                prefix = name.Contains(':', StringComparison.Ordinal) ? name[..(name.LastIndexOf(':') + 1)] : prefix;
                told.Add(name.Contains(':', StringComparison.Ordinal) ? name : prefix + name);
            }
        }

        // Written once for all moods and all signals.
        told.RemoveWhere(key => key.Contains('<', StringComparison.Ordinal));
        told.Remove("Serilog");
        Assert.Equal(Keys(), told.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Keys() => typeof(CabinMoodOptions).GetProperties()
        .Where(section => section.Name != "Vehicle")
        .SelectMany(section => section.PropertyType.GetProperties()
            .Where(key => key.CanWrite && key.Name != "Match")
            .Select(key => $"{section.Name}:{key.Name}"))
        .Order(StringComparer.Ordinal);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InBackticks();
}
