using CabinMood.Core.Conductor.Commands;

namespace CabinMood.Service.Hosting;

/// <summary>
/// What is said about consent and camera reaches us over two connections: all of it over the main one, in its order with
/// everything else, and a copy over the urgent one, which is seldom behind. A no counts when its first copy comes. A yes
/// counts over the main connection alone, unless the other one shows that a no was said after it. Thread-safe.
/// </summary>
/// <param name="clock">No copy is waited for longer than <see cref="Patience"/>.</param>
internal sealed class TwinCommands(ServiceClock clock)
{
    /// <summary>
    /// Twice the longest backlog that was measured in a broker under a flood (59 s). A broker whose queue is full drops a copy
    /// without a word: what waits for it must not wait for ever.
    /// </summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>As many as a mosquitto keeps for one client by default: no more copies can be under way.</summary>
    internal const int Capacity = 1000;

    private readonly Lock _gate = new();

    // First over one connection, not yet over the other.
    private readonly List<Heard> _owedByUrgent = [];
    private readonly List<Heard> _owedByMain = [];

    // Yeses that were said before a no that has overtaken them.
    private readonly List<Heard> _overtaken = [];
    private TimeSpan? _urgentSince;

    // While the main connection is away its copies cannot come, however long that takes.
    private TimeSpan? _mainGoneAt;

    /// <summary>The urgent connection stands or is gone. Nothing is kept for it while it is away.</summary>
    public void UrgentChanged(bool stands)
    {
        lock (_gate)
        {
            _urgentSince = stands ? clock.Elapsed : null;
            _owedByUrgent.Clear();
        }
    }

    /// <summary>The main connection stands or is gone. What it owes is kept for it while it is away, and it has as long as before to bring it.</summary>
    public void MainChanged(bool stands)
    {
        lock (_gate)
        {
            if (!stands)
            {
                _mainGoneAt ??= clock.Elapsed;
            }
            else if (_mainGoneAt is { } gone)
            {
                _mainGoneAt = null;
                Prolong(_owedByMain, gone);
                Prolong(_overtaken, gone);
            }
        }
    }

    /// <summary>A command has come over the urgent connection.</summary>
    /// <returns>True when it is a no, and the first copy of it.</returns>
    public bool CountsOverUrgent(Command command)
    {
        lock (_gate)
        {
            if (TryTake(_owedByUrgent, command, out _))
            {
                return false;
            }

            if (IsNo(command))
            {
                foreach (var yes in _owedByMain.Where(owed => !IsNo(owed.Command) && IsAboutTheSame(owed.Command, command)).ToArray())
                {
                    _owedByMain.Remove(yes);
                    Add(_overtaken, yes.Command);
                }
            }

            Add(_owedByMain, command);
            return IsNo(command);
        }
    }

    /// <summary>A command has come over the main connection.</summary>
    public TwinVerdict JudgeOverMain(Command command)
    {
        lock (_gate)
        {
            Forget(_overtaken);
            var isOvertaken = _overtaken.Exists(yes => yes.Command == command);
            var isCopy = TryTake(_owedByMain, command, out var heard);
            // The urgent connection has shown already what a no has overtaken.
            if (!isCopy && !isOvertaken && _urgentSince is not null)
            {
                Add(_owedByUrgent, command);
            }

            if (IsNo(command))
            {
                // Once the urgent connection is gone it may as well be the same no, said again: a no counts in doubt.
                return isCopy && !heard.IsPassed && _urgentSince is not null ? TwinVerdict.Copy : TwinVerdict.Counts;
            }

            if (isOvertaken || (!isCopy && IsBehindNo(command)))
            {
                return TwinVerdict.Overtaken;
            }

            LetPass(command);
            return TwinVerdict.Counts;
        }
    }

    private static bool IsNo(Command command) => command is SetConsent { Granted: false } or SetCamera { On: false };

    private static bool IsAboutTheSame(Command one, Command other) => one.GetType() == other.GetType();

    // The main connection still owes a no, and the urgent one did not stand when this yes may have been said, so that it
    // cannot tell which of the two was first. A yes does not count in doubt.
    private bool IsBehindNo(Command yes) =>
        (_urgentSince is not { } since || clock.Elapsed - since < Patience)
        && _owedByMain.Exists(owed => IsNo(owed.Command) && IsAboutTheSame(owed.Command, yes));

    // A no that this connection still owes seems to be lost here. If it comes all the same, it takes this yes back.
    private void LetPass(Command yes)
    {
        for (var i = 0; i < _owedByMain.Count; i++)
        {
            if (IsNo(_owedByMain[i].Command) && IsAboutTheSame(_owedByMain[i].Command, yes))
            {
                _owedByMain[i] = _owedByMain[i] with { IsPassed = true };
            }
        }
    }

    private void Add(List<Heard> list, Command command)
    {
        Forget(list);
        if (list.Count == Capacity)
        {
            list.RemoveAt(0);
        }

        list.Add(new Heard(command, clock.Elapsed));
    }

    private bool TryTake(List<Heard> list, Command command, out Heard taken)
    {
        Forget(list);
        var index = list.FindIndex(heard => heard.Command == command);
        taken = index < 0 ? default : list[index];
        if (index >= 0)
        {
            list.RemoveAt(index);
        }

        return index >= 0;
    }

    private void Prolong(List<Heard> list, TimeSpan gone)
    {
        for (var i = 0; i < list.Count; i++)
        {
            var since = list[i].Since;
            list[i] = list[i] with { Since = clock.Elapsed - (since < gone ? gone - since : TimeSpan.Zero) };
        }
    }

    private void Forget(List<Heard> list)
    {
        var now = _mainGoneAt is { } gone && list != _owedByUrgent ? gone : clock.Elapsed;
        var oldest = now - Patience;
        var kept = list.FindIndex(heard => heard.Since >= oldest);
        list.RemoveRange(0, kept < 0 ? list.Count : kept);
    }

    /// <param name="Command">What was heard.</param>
    /// <param name="Since">When.</param>
    /// <param name="IsPassed">Whether it is a no, and a yes to the same has counted since.</param>
    private readonly record struct Heard(Command Command, TimeSpan Since, bool IsPassed = false);
}
