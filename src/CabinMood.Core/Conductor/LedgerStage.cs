namespace CabinMood.Core.Conductor;

/// <summary>How far a command has come that was obeyed.</summary>
public enum LedgerStage
{
    /// <summary>It waits for its commit.</summary>
    Waiting,

    /// <summary>It could not be stored, but is done: when it comes again, it is stored and not done once more.</summary>
    Unstored,

    /// <summary>It is on disk and has its answer.</summary>
    Answered,
}
