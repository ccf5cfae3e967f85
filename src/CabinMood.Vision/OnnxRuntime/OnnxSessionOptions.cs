namespace CabinMood.Vision.OnnxRuntime;

/// <summary>How a net runs.</summary>
/// <param name="IntraOpThreads">Threads that share the work of one run, 1 to 64.</param>
/// <param name="AllowSpinning">
/// True lets idle threads burn their core while they wait for work: a little less latency on an idle machine,
/// far more processor time on a busy one.
/// </param>
public readonly record struct OnnxSessionOptions(int IntraOpThreads = 1, bool AllowSpinning = false);
