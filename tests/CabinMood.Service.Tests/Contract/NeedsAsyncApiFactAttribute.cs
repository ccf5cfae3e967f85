using CabinMood.Service.Tests.Support;

namespace CabinMood.Service.Tests.Contract;

/// <summary>A fact that needs AsyncAPI's own parser and a JSON Schema validator, which npm serves and NuGet does not.</summary>
public sealed class NeedsAsyncApiFactAttribute : FactAttribute
{
    public NeedsAsyncApiFactAttribute()
    {
        if (!Directory.Exists(Repository.File("tests/asyncapi/node_modules/@asyncapi/parser")))
        {
            Skip = "the npm packages of tests/asyncapi are not here; tests/run.sh installs them where npm works";
        }
    }
}
