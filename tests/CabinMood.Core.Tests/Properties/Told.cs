using System.Text;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Publications;

namespace CabinMood.Core.Tests.Properties;

/// <summary>Effects in words that are equal exactly when the effects are.</summary>
internal static class Told
{
    public static string Of(Drive drive) => Of(drive.Steps);

    public static string Of(IEnumerable<Drive.Step> steps)
    {
        var text = new StringBuilder();
        foreach (var step in steps)
        {
            foreach (var effect in step.Effects)
            {
                text.Append(step.Event.At.Elapsed).Append(' ').Append(effect).Append('\n');
                if (effect is Publish { Publication: SongPublication { Next: var next } })
                {
                    text.AppendJoin(',', next.Select(song => song.Id)).Append('\n');
                }
            }
        }

        return text.ToString();
    }
}
