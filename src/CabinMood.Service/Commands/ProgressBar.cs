using Spectre.Console;

namespace CabinMood.Service.Commands;

/// <summary>A progress bar on standard error, where a person is looking; nothing where nobody is.</summary>
internal static class ProgressBar
{
    /// <summary>Runs work that reports its share done, 0 to 1, and gives its result.</summary>
    public static T Run<T>(Terminal terminal, string title, Func<Action<double>, T> work)
    {
        if (!Terminal.IsErrorInteractive)
        {
            return work(_ => { });
        }

        return terminal.RichError.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: 1);
                return work(share => task.Value = share);
            });
    }
}
