using System.CommandLine;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Columnar;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Options;

/// <summary>The inputs of evaluate and fit: the training table and the learner.</summary>
/// <param name="Training">The training table.</param>
/// <param name="Learner">The learner built from the spec or by default.</param>
/// <param name="Spec">The spec.</param>
/// <param name="Seed">The seed of the command line.</param>
/// <param name="Catalogue">The learners and models of the library and of plugins.</param>
/// <param name="Files">The file names that start a failure message: the data and, if given, the spec.</param>
internal sealed record Inputs(TrainingTable Training, ILearner Learner, StackSpec Spec, long Seed, Catalogue Catalogue, string Files)
{
    public Dataset Data => Training.Dataset;

    public Seed Root => FunctionalStack.Seed.Of(Seed);

    /// <summary>The options that <see cref="Read"/> reads.</summary>
    public static Option[] Options =>
    [
        Common.Data, Common.Target, Common.Id, Common.Weights, Common.WeightsKind, Common.Groups, Common.FoldColumn, Common.Time,
        Common.Gap, Common.Task, Common.Ordinal, Common.Categorical, Common.Balance,
        .. TextFormats.Detected.All,
        Common.Spec, Plugins.Plugin, Common.Seed, Common.Threads, .. LongRun.Options, Common.Json,
    ];

    /// <summary>Reads the data and the spec. Notes about them are printed to standard error.</summary>
    public static Outcome<Inputs> Read(ParseResult parsed, Terminal terminal) => Read(parsed, terminal, (spec, _) => Outcome.Ok(spec));

    /// <summary>Reads the data and the spec. The stack gets the folds of the fold column, or <paramref name="folds"/> folds if
    /// given.</summary>
    public static Outcome<Inputs> ReadToFit(ParseResult parsed, Terminal terminal, int? folds) => Read(parsed, terminal, (spec, data) =>
        (data.Roles.Folds is null ? spec : spec.WithFolds(new FoldsSpec(FoldKind.Given))) is var folded && folds is not { } k
            ? Outcome.Ok(folded)
            : folded.WithFoldCount(k) is { } asked ? Outcome.Ok(asked)
            : Outcome.Fail<StackSpec>("--folds", "the spec has no stack, or the folds are given by a column", "Leave out --folds."));

    private static Outcome<Inputs> Read(ParseResult parsed, Terminal terminal, Func<StackSpec, Dataset, Outcome<StackSpec>> folds) =>
        terminal.Noted(
        from catalogue in Plugins.Catalogue(parsed)
        from training in TableFile.Read(parsed.GetRequiredValue(Common.Data), new TableRoles(
            parsed.GetRequiredValue(Common.Target),
            parsed.GetValue(Common.Id),
            parsed.GetValue(Common.Weights),
            parsed.GetValue(Common.Groups),
            parsed.GetValue(Common.FoldColumn),
            parsed.GetValue(Common.Task) switch { "classification" => TargetKind.Classes, "regression" => TargetKind.Values, _ => null },
            EquatableArray.Of(parsed.GetValue(Common.Categorical)!),
            parsed.GetValue(Common.Time),
            TextFormats.Detected.Of(parsed))
        {
            WeightKind = Common.KindOfWeights(parsed),
            Gap = parsed.GetValue(Common.Gap),
            Order = Common.Order(parsed),
        }).WithoutNotes()
        from remarks in new Outcome<Done>.Ok(default, training.Remarks)
        let seed = parsed.GetValue(Common.Seed)
        from spec in parsed.GetValue(Common.Spec) is { } path
            ? SpecFile.Read(path, catalogue) : Outcome.Ok(DefaultStack.For(training.Dataset))
        from folded in folds(spec, training.Dataset)
        let counted = parsed.GetValue(Common.Balance) ? folded.Balanced() : folded
        from learner in counted.Build(training.Dataset, parsed.GetValue(Common.Spec) ?? "the default stack", catalogue)
        from json in SpecFile.Write(counted, catalogue)
        select new Inputs(training, learner, counted, seed, catalogue,
            parsed.GetValue(Common.Spec) is { } specified
                ? $"{parsed.GetValue(Common.Data)} by {specified}" : parsed.GetRequiredValue(Common.Data)));

    /// <summary>How the column of times was read; null without one.</summary>
    public ColumnReading? TimeOf(ParseResult parsed) =>
        Training.Reading.Columns.FirstOrDefault(column => column.Name == parsed.GetValue(Common.Time));

    /// <summary>The rows, features and target in words.</summary>
    public static string Described(Dataset data, string target) =>
        $"{data.RowCount} rows, {data.Frame.Columns.Count} {(data.Frame.Columns.Count == 1 ? "feature" : "features")}, target {target}"
            + (data.Target is Target.Classes classes ? $" ({Tables.Levels(classes.Levels)})" : "");

    /// <summary>
    /// Runs the work with a progress bar. The description of the columns is printed when the first fit starts, so that an
    /// earlier failure prints only its message.
    /// </summary>
    public Outcome<T> Run<T>(Terminal terminal, string title, Func<IProgress<FitProgress>, Outcome<T>> work)
    {
        var reading = new Lazy<bool>(() =>
        {
            ColumnReadings.Print(terminal, Training.Reading);
            return true;
        });
        var outcome = Named(terminal.Progress<Outcome<T>>(title, progress => work(new FirstReport(progress, reading))));
        if (outcome is Outcome<T>.Ok) _ = reading.Value;
        return outcome;
    }

    private sealed class FirstReport(IProgress<FitProgress> progress, Lazy<bool> first) : IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
            _ = first.Value;
            progress.Report(value);
        }
    }

    /// <summary>The same outcome. A failure starts with the file names.</summary>
    public Outcome<T> Named<T>(Outcome<T> outcome) => outcome is Outcome<T>.Fail fail ? fail.At(Files) : outcome;
}
