using CabinMood.Core.Conductor.Commands;

namespace CabinMood.Core.Conductor;

/// <summary>One feedback as it is stored: what the driver thought of which song. No emotions, no faces.</summary>
/// <param name="CommandId">Unique.</param>
/// <param name="Utc">When.</param>
/// <param name="Source">How the driver said it.</param>
/// <param name="Kind">Like, dislike or skip.</param>
/// <param name="ChoiceId">The choice it is about.</param>
/// <param name="SongId">The song of that choice.</param>
public sealed record FeedbackRow(
    string CommandId,
    DateTimeOffset Utc,
    CommandSource Source,
    FeedbackKind Kind,
    string ChoiceId,
    string SongId);
