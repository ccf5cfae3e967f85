using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Publications;

namespace CabinMood.Core.Conductor;

/// <summary>One step of the conductor while it is being worked out. Lives for one event and is seen by nobody outside.</summary>
internal sealed class Turn(ConductorState state, Moment at)
{
    public ConductorState State { get; set; } = state;

    public Moment At { get; } = at;

    public TimeSpan Now => At.Elapsed;

    public List<Effect> Effects { get; } = [];

    public void Publish(Publication publication) => Effects.Add(new Publish(publication));

    public void Reply(string id, ReplyStatus status, string? error = null) => Publish(new ReplyPublication(At.Utc, id, status, error));

    /// <summary>Takes over a state with another target, remembering the one before.</summary>
    public void Retarget(ConductorState changed) =>
        State = changed.Target == State.Target ? changed : changed with { PreviousTarget = State.Target };

    /// <summary>Wall time of a monotonic instant, as seen from this event.</summary>
    public DateTimeOffset UtcOf(TimeSpan elapsed) => Moments.Add(At.Utc, elapsed - Now);

    public ulong Draw()
    {
        var random = State.Random;
        var number = SplitMix64.Next(ref random);
        State = State with { Random = random };
        return number;
    }
}
