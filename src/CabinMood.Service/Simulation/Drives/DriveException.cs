namespace CabinMood.Service.Simulation.Drives;

/// <summary>A drive or event log cannot be used. The message is one line that names the file and, where there is one, the line.</summary>
public sealed class DriveException(string message) : Exception(message);
