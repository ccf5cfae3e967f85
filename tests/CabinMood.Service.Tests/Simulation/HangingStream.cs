namespace CabinMood.Service.Tests.Simulation;

/// <summary>A disk that hangs in its first write until it is told to go on.</summary>
internal sealed class HangingStream : MemoryStream
{
    private readonly ManualResetEventSlim _mayWrite = new();

    internal void GoOn() => _mayWrite.Set();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _mayWrite.Wait();
        base.Write(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _mayWrite.Dispose();
    }
}
