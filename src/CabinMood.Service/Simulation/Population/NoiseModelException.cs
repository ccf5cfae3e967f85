namespace CabinMood.Service.Simulation.Population;

/// <summary>The noise model cannot be used. The message is one line for a person.</summary>
public sealed class NoiseModelException(string message, Exception? inner = null) : Exception(message, inner);
