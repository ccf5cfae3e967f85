namespace CabinMood.Benchmarks;

/// <summary>How many managed bytes one operation may allocate; the run fails when it is more.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ExpectedBytesAttribute(long bytes) : Attribute
{
    public long Bytes { get; } = bytes;
}
