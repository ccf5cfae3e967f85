using CabinMood.Core.Songs.Learning;

namespace CabinMood.Core.Conductor.Effects;

/// <summary>Store one feedback, all or nothing; answered by <see cref="Events.CommandCommitted"/>.</summary>
/// <param name="Row">The feedback.</param>
/// <param name="Memory">What was learned, also from it.</param>
/// <param name="Remembered">The command that gave it.</param>
public sealed record SaveFeedback(FeedbackRow Row, DriverMemory Memory, RememberedCommand Remembered) : Effect;
