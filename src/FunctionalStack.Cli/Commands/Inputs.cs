using System.CommandLine;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Commands;

/// <summary>What evaluate and fit are given: a table read for training, and what to fit to it.</summary>
/// <param name="Training">The data.</param>
/// <param name="Learner">What the spec, or the default, builds.</param>
/// <param name="Spec">The spec.</param>
/// <param name="Seed">As given on the command line.</param>
/// <param name="Catalogue">What specs and model files may hold: the library's, and that of plugins.</param>
/// <param name="Files">What failures of the fit name first: the data, and the spec where there is one.</param>
internal sealed record Inputs(TrainingTable Training, ILearner Learner, StackSpec Spec, long Seed, Catalogue Catalogue, string Files)
{
    public Dataset Data => Training.Dataset;

    public Seed Root => FunctionalStack.Seed.Of(Seed);

    /// <summary>The options that <see cref="Read"/> reads.</summary>
    public static Option[] Options =>
    [
        Common.Data, Common.Target, Common.Id, Common.Weights, Common.WeightsKind, Common.Groups, Common.FoldColumn, Common.Time, Common.Task, Common.Categorical,
        Common.Decimal, Common.Dates, Common.Missing,
        Common.Spec, Plugins.Plugin, Common.Seed, Common.Threads, .. LongRun.Options, Common.Json,
    ];

    /// <summary>Reads data and spec; says on standard error what there is to know about how they were read.</summary>
    public static Outcome<Inputs> Read(ParseResult parsed, Terminal terminal) => Read(parsed, terminal, (spec, _) => Outcome.Ok(spec));

    /// <summary>The same, the stack's own folds being those of the fold column, or <paramref name="folds"/> where given.</summary>
    public static Outcome<Inputs> ReadToFit(ParseResult parsed, Terminal terminal, int? folds) => Read(parsed, terminal, (spec, data) =>
        (data.Roles.Folds is null ? spec : spec.WithFolds(new FoldsSpec(FoldKind.Given))) is var folded && folds is not { } k ? Outcome.Ok(folded)
            : folded.WithFoldCount(k) is { } asked ? Outcome.Ok(asked)
            : Outcome.Fail<StackSpec>("--folds", "there is no stack whose folds it could count, or a column says which folds there are", "Leave out --folds."));

    private static Outcome<Inputs> Read(ParseResult parsed, Terminal terminal, Func<StackSpec, Dataset, Outcome<StackSpec>> folds) => terminal.Noted(
        from catalogue in Plugins.Catalogue(parsed)
        from training in DatasetReader.Read(parsed.GetRequiredValue(Common.Data), new TableRoles(
            parsed.GetRequiredValue(Common.Target),
            parsed.GetValue(Common.Id),
            parsed.GetValue(Common.Weights),
            parsed.GetValue(Common.Groups),
            parsed.GetValue(Common.FoldColumn),
            parsed.GetValue(Common.Task) switch { "classification" => TargetKind.Classes, "regression" => TargetKind.Values, _ => null },
            EquatableArray.Of(parsed.GetValue(Common.Categorical)!),
            parsed.GetValue(Common.Time),
            Common.Text(parsed))
        {
            WeightKind = parsed.GetValue(Common.WeightsKind) == "frequency" ? WeightKind.Frequency : WeightKind.Importance,
        }).WithoutNotes()
        from remarks in new Outcome<Done>.Ok(default, training.Remarks)
        let seed = parsed.GetValue(Common.Seed)
        from spec in parsed.GetValue(Common.Spec) is { } path ? SpecFile.Read(path, catalogue) : Outcome.Ok(DefaultStack.For(training.Dataset))
        from counted in folds(spec, training.Dataset)
        from learner in counted.Build(training.Dataset, parsed.GetValue(Common.Spec) ?? "the default stack", catalogue)
        from json in SpecFile.Write(counted, catalogue)
        select new Inputs(training, learner, counted, seed, catalogue,
            parsed.GetValue(Common.Spec) is { } specified ? $"{parsed.GetValue(Common.Data)} by {specified}" : parsed.GetRequiredValue(Common.Data)));

    /// <summary>
    /// Runs the work under a progress bar. How the columns were read is told once the first fit is under way: what is refused
    /// before is refused in one line.
    /// </summary>
    public Outcome<T> Run<T>(Terminal terminal, string title, Func<IProgress<FitProgress>, Outcome<T>> work)
    {
        var reading = new Lazy<bool>(() =>
        {
            Readings.Tell(terminal, Training.Reading);
            return true;
        });
        var outcome = Named(terminal.Progress<Outcome<T>>(title, progress => work(new Telling(progress, reading))));
        if (outcome is Outcome<T>.Ok) _ = reading.Value;
        return outcome;
    }

    private sealed class Telling(IProgress<FitProgress> progress, Lazy<bool> first) : IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
            _ = first.Value;
            progress.Report(value);
        }
    }

    /// <summary>The same outcome; a failure says which files it came from.</summary>
    public Outcome<T> Named<T>(Outcome<T> outcome) => outcome is Outcome<T>.Fail fail ? fail.At(Files) : outcome;
}
