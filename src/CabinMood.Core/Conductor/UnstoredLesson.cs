using CabinMood.Core.Songs.Learning;

namespace CabinMood.Core.Conductor;

/// <summary>A lesson whose feedback waits for its commit.</summary>
/// <param name="ChoiceId">The choice it is about.</param>
/// <param name="Lesson">What was learned.</param>
/// <param name="Before">What had been learned of that choice before; null for nothing.</param>
public sealed record UnstoredLesson(string ChoiceId, Lesson Lesson, Lesson? Before);
