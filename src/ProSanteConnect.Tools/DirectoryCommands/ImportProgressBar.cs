using System.Diagnostics;
using ProSanteConnect.Core.Practitioners.Import;
using Spectre.Console;

namespace ProSanteConnect.Tools.DirectoryCommands;

/// <summary>One bar for each step of an import.</summary>
internal static class ImportProgressBar
{
    public static Task<DirectoryImportResult> ShowAsync(
        IAnsiConsole console, Func<IProgress<DirectoryImportProgress>, Task<DirectoryImportResult>> import) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => import(new Bars(context)));

    // IProgress is called on the importing thread, so that no report comes after the end.
    private sealed class Bars(ProgressContext context) : IProgress<DirectoryImportProgress>
    {
        private readonly Dictionary<DirectoryImportStep, ProgressTask> _bars = [];

        public void Report(DirectoryImportProgress value)
        {
            if (!_bars.TryGetValue(value.Step, out var bar)) _bars.Add(value.Step, bar = context.AddTask(NameOf(value.Step)));

            bar.MaxValue = Math.Max(value.Total, 1);
            bar.Value = Math.Min(value.Total == 0 ? 1 : value.Done, bar.MaxValue);
        }

        private static string NameOf(DirectoryImportStep step) => step switch
        {
            DirectoryImportStep.Reading => "Lecture",
            DirectoryImportStep.Comparing => "Comparaison",
            DirectoryImportStep.Writing => "Écriture",
            var other => throw new UnreachableException($"Step {other}"),
        };
    }
}
