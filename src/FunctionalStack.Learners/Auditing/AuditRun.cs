using System.Globalization;
using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.Auditing;

/// <summary>How the fits of an audit are made, and the learners that its checks share.</summary>
internal sealed record AuditRun(IExecutor Executor, Seed Seed, CancellationToken Cancellation)
{
    private const int Folds = 5;

    /// <summary>Reads missing values and categories as they are, so that they count as values of a column.</summary>
    public static ILearner Column { get; } = Recipe.ForBoosting.Then(new GradientBoosting(50, 0.3, MaxDepth: 6));

    /// <summary>A learner of whole rows that is fast enough to be fitted several times.</summary>
    public static ILearner Forest { get; } = Recipe.ForTrees.Then(new RandomForest(50, MinSamplesLeaf: 2));

    /// <summary>The out-of-fold predictions and scores of the usual folds.</summary>
    public Outcome<ScoredModel> CrossValidated(ILearner learner, Dataset data, string name) =>
        Executor.Evaluate(learner, data, new FoldPlan.Usual(Folds), Seed.Fork(name), null, Cancellation).Map(found => found.Final);

    /// <summary>The leading metric on the held-out rows of each fold.</summary>
    public Outcome<EquatableArray<double>> Losses(ILearner learner, Dataset data, EquatableArray<Fold> folds, string name) =>
        Outcome.All(folds.Select((fold, i) =>
            from model in Executor.Fit(learner, data.Take(fold.Train), Seed.Fork(name).Fork(i), null, Cancellation)
            let held = data.Take(fold.Holdout)
            from prediction in Executor.Predict(model, held.Frame, Cancellation)
            select Metric.Leading(data.Target).Score(held.Target, prediction, held.Weights)));

    /// <summary>The folds of a plan.</summary>
    public Outcome<EquatableArray<Fold>> Split(FoldPlan plan, Roles roles, string name) =>
        plan.Seeded(Seed.Fork(name)).Split(roles);

    /// <summary>At most <paramref name="most"/> rows, drawn by the seed, in their order.</summary>
    public Dataset Sample(Dataset data, int most, string name) =>
        data.RowCount <= most ? data : data.Take(Drawn(data.RowCount, most, name));

    /// <summary>The indices of such a sample, ascending.</summary>
    public EquatableArray<int> Drawn(int rows, int most, string name) =>
        EquatableArray.Own(Seed.Fork(name).Fork("rows").Sample(rows, most));

    /// <summary>The columns of the source columns, in order; the parts of a date are one source.</summary>
    public static IEnumerable<(string Source, Frame Frame)> Sources(Frame frame) => frame.Columns.GroupBy(column => column.Source)
        .Select(parts => (parts.Key, frame.Select([.. parts.Select(part => part.Name)])));

    /// <summary>A number with few digits.</summary>
    public static string Text(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>A share as a percentage.</summary>
    public static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + "%";
}
