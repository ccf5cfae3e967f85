using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Conductor.Effects;
using CabinMood.Core.Conductor.Events;
using CabinMood.Core.Conductor.Publications;
using static CabinMood.Core.Tests.Properties.PropertyCheck;

namespace CabinMood.Core.Tests.Properties;

/// <summary>Commands that come again, whatever crashes, full disks and restarts lie between.</summary>
public class RepeatProperties
{
    [Fact]
    public void A_command_that_is_remembered_on_disk_acts_no_more_and_is_answered()
    {
        var (repeats, afterRestart) = (0, 0);
        ForAll(drive =>
        {
            drive.HoldsCommits = false;
            drive.CommitError = null;
            var commands = drive.Commits().Steps.Select(step => step.Event).OfType<CommandArrived>().Select(arrived => arrived.Command).TakeLast(50).ToList();
            drive.Restarts(5);
            commands.ForEach(command => drive.AsksAgain(command));
            for (var i = 0; i < drive.Steps.Count; i++)
            {
                if (drive.Steps[i].Event is not CommandArrived { Command: var command } || IsClosing(command)
                    || drive.RememberedFrom(command.Id) is not { } from || from > i)
                {
                    continue;
                }

                repeats++;
                afterRestart += drive.Steps.Take(i).Skip(from).Any(step => step.IsStart) ? 1 : 0;
                var effects = drive.Steps[i].Effects;
                var isAnswered = effects.OfType<Publish>().Any(told => told.Publication is ReplyPublication reply && reply.Id == command.Id);
                if (!isAnswered || effects.Any(effect => Disk.CommandOf(effect) == command.Id))
                {
                    return false;
                }
            }

            return true;
        });
        Assert.True(repeats > Cases, $"only {repeats} repeats in {Cases} drives");
        Assert.True(afterRestart > Cases / 4, $"only {afterRestart} repeats after a restart in {Cases} drives");
    }

    [Fact]
    public void Nothing_is_told_of_a_command_before_it_is_stored() => InEveryStep((_, step) =>
    {
        var effects = step.Effects.ToList();
        var stored = effects.FindIndex(effect => Disk.CommandOf(effect) is not null);
        return stored < 0 || effects[..stored].TrueForAll(effect => effect is not Publish);
    });

    // A no acts whenever it comes.
    private static bool IsClosing(Command command) => command is SetConsent { Granted: false } or SetCamera { On: false };
}
