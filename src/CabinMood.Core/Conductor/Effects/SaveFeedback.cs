using CabinMood.Core.Songs.Learning;

namespace CabinMood.Core.Conductor.Effects;

/// <summary>Store one feedback and what was learned from it, both or neither; answered by <see cref="Events.CommandCommitted"/>.</summary>
public sealed record SaveFeedback(FeedbackRow Row, DriverMemory Memory) : Effect;
