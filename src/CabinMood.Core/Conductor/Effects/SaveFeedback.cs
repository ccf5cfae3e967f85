namespace CabinMood.Core.Conductor.Effects;

/// <summary>Store one feedback row; answered by <see cref="Events.CommandCommitted"/>.</summary>
public sealed record SaveFeedback(FeedbackRow Row) : Effect;
