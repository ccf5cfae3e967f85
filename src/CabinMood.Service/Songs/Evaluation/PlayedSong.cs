using CabinMood.Core.Moods;

namespace CabinMood.Service.Songs.Evaluation;

/// <summary>One song of a session.</summary>
/// <param name="Song">Its place in the catalogue.</param>
/// <param name="Mood">The mood it was chosen for.</param>
/// <param name="At">When it began.</param>
/// <param name="Liking">The probability that the listener likes it, noise apart.</param>
internal readonly record struct PlayedSong(int Song, Mood Mood, TimeSpan At, double Liking);
