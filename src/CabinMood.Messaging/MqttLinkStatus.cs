namespace CabinMood.Messaging;

/// <summary>A link's state and counters at one moment, for the health topic.</summary>
/// <param name="State">What it is doing.</param>
/// <param name="Reason">Why it is not connected, in one line; null when it is.</param>
/// <param name="DroppedPublications">State that was not published because the link was down.</param>
/// <param name="RejectedPublications">Publications the broker acknowledged with a refusal.</param>
/// <param name="PendingReplies">Replies the broker has not acknowledged yet.</param>
/// <param name="DroppedReplies">Replies given up because too many were pending.</param>
/// <param name="FailedMessages">Incoming messages whose handling threw.</param>
/// <param name="Connections">How often the broker said yes.</param>
/// <param name="RefusedSubscriptions">Topic filters that the broker does not let us listen to in this connection.</param>
/// <param name="SinceLoss">How long ago a connection that stood was lost; null when none was.</param>
/// <param name="Loss">Why, in one line; null when none was.</param>
/// <param name="Obstacle">What sort of trouble <paramref name="Reason"/> is.</param>
/// <param name="RejectedSinceConnected">Of <paramref name="RejectedPublications"/>, those in this connection.</param>
public sealed record MqttLinkStatus(
    MqttLinkState State,
    string? Reason,
    long DroppedPublications,
    long RejectedPublications,
    int PendingReplies,
    long DroppedReplies,
    long FailedMessages,
    long Connections,
    long RefusedSubscriptions = 0,
    TimeSpan? SinceLoss = null,
    string? Loss = null,
    MqttObstacle Obstacle = MqttObstacle.None,
    long RejectedSinceConnected = 0)
{
    /// <summary>The <see cref="Reason"/> from the start until the broker has answered or could not be had.</summary>
    public const string Unanswered = "the broker has not answered yet";
}
