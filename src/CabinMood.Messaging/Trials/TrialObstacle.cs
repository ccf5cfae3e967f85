namespace CabinMood.Messaging.Trials;

/// <summary>What kept rights from being tried, for whoever says how to mend it.</summary>
public enum TrialObstacle
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Somebody could hear of a trial: what this broker does with a message that is not released is not known.</summary>
    Listeners,

    /// <summary>Somebody would hear of a trial: this broker hands on what is not released.</summary>
    HandsOn,

    /// <summary>The broker does not let us in any more, does not answer, or speaks something else.</summary>
    Broker,
}
