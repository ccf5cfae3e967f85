namespace CabinMood.Vision.Tests.Support;

/// <summary>As <see cref="SharedFactAttribute"/>, for theories.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(string file)
    {
        if (!File.Exists(Path.Combine(Repository.Shared, file)))
        {
            Skip = $"needs ../shared/{file}";
        }
    }
}
