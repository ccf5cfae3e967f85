namespace CabinMood.Service.Tests.Support;

/// <summary>A fact that needs an MQTT client for browsers, which npm serves.</summary>
public sealed class NeedsBrowserClientFactAttribute : FactAttribute
{
    public NeedsBrowserClientFactAttribute()
    {
        if (!Directory.Exists(Repository.File("tests/browser/node_modules/mqtt")))
        {
            Skip = "the npm packages of tests/browser are not here; tests/run.sh installs them where npm works";
        }
    }
}
