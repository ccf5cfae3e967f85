namespace CabinMood.Service.Tests.EndToEnd;

/// <summary>A fact that takes minutes: <c>tests/run.sh --all</c> runs it.</summary>
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CABINMOOD_TEST_ALL") != "1")
        {
            Skip = "takes minutes; tests/run.sh --all runs it";
        }
    }
}
