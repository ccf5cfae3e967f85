using CabinMood.Core.Conductor.Effects;
using CabinMood.Service.Logging;
using CabinMood.Storage;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Hosting;

/// <summary>
/// Tells the log of effects that fail: once of each kind and reason, and once when it works again. A disk that stays full
/// for a day would fill it otherwise, and with it the flash memory that it ends on. Thread-safe.
/// </summary>
/// <param name="logger">The log.</param>
internal sealed class EffectTroubles(ILogger logger)
{
    private readonly Lock _gate = new();

    // By the effect's kind: why it failed last, and how often since that was told.
    private readonly Dictionary<string, (string Reason, long Withheld)> _failing = new(StringComparer.Ordinal);

    /// <summary>It could not be carried out.</summary>
    public void Failed(Effect effect, Exception why)
    {
        var kind = effect.GetType().Name;
        var reason = DiskTrouble.Detailed(why);
        lock (_gate)
        {
            if (_failing.TryGetValue(kind, out var last) && last.Reason == reason)
            {
                _failing[kind] = last with { Withheld = last.Withheld + 1 };
                return;
            }

            _failing[kind] = (reason, 0);
        }

        ServiceLog.EffectFailed(logger, kind, reason);
    }

    /// <summary>It was carried out.</summary>
    public void Succeeded(Effect effect)
    {
        (string Reason, long Withheld) last;
        var kind = effect.GetType().Name;
        lock (_gate)
        {
            if (_failing.Count == 0 || !_failing.Remove(kind, out last))
            {
                return;
            }
        }

        ServiceLog.EffectWorksAgain(logger, kind, last.Withheld);
    }
}
