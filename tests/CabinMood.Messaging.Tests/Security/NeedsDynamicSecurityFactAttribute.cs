namespace CabinMood.Messaging.Tests.Security;

/// <summary>A fact that needs a broker which refuses subscriptions, as mosquitto does with its plugin for rights.</summary>
public sealed class NeedsDynamicSecurityFactAttribute : FactAttribute
{
    public NeedsDynamicSecurityFactAttribute()
    {
        if (Plugin is null)
        {
            Skip = "mosquitto_dynamic_security.so, which comes with mosquitto, is not installed";
        }
    }

    /// <summary>The plugin's file; null where it is not installed.</summary>
    internal static string? Plugin { get; } = (Directory.Exists("/usr/lib") ? Directory.GetDirectories("/usr/lib").Append("/usr/lib") : [])
        .Select(folder => Path.Combine(folder, "mosquitto_dynamic_security.so"))
        .FirstOrDefault(File.Exists);
}
