using CabinMood.Core.Songs;

namespace CabinMood.Core.Conductor.Commands;

/// <summary>Chooses what music should do with a mood.</summary>
public sealed record SetStyle(string Id, Style Style) : Command(Id);
