namespace CabinMood.Service.Tests.Support;

/// <summary>A test that needs a file of ../shared; reports itself as skipped where that is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string file)
    {
        if (!File.Exists(Repository.Shared(file)))
        {
            Skip = $"needs ../shared/{file}";
        }
    }
}
