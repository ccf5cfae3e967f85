namespace CabinMood.Vision.Capture;

/// <summary>What asking a pipeline for a frame gave.</summary>
internal enum PullOutcome
{
    /// <summary>A frame.</summary>
    Frame,

    /// <summary>None in time.</summary>
    Nothing,

    /// <summary>There will be no more.</summary>
    EndOfStream,
}
