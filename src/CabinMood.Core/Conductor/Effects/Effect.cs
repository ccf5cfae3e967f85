namespace CabinMood.Core.Conductor.Effects;

/// <summary>Something the shell must do. Effects run in the order in which they were given.</summary>
public abstract record Effect;
