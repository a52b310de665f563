using FunctionalStack.IO;
using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.Cli.Demos;

/// <summary>What was published of a model, and what is measured.</summary>
/// <param name="Name">The model.</param>
/// <param name="Published">Mean and spread over the three folds; null where nobody published any.</param>
/// <param name="Folds">Accuracy on the same three folds, unshuffled.</param>
/// <param name="Repeats">The mean accuracy of each shuffled repeat.</param>
public sealed record IrisScore(string Name, (double Mean, double Spread)? Published, Score Folds, Score Repeats);

/// <summary>Flowers by two of their lengths: 1-nearest-neighbour, a random forest and naive Bayes, alone and stacked.</summary>
public static class IrisExperiment
{
    public const string OnLabels = "stack on labels";
    public const string OnProbabilities = "stack on probabilities";

    /// <summary>How many outer folds.</summary>
    public const int K = 3;

    /// <summary>How many times the outer folds are shuffled anew.</summary>
    public const int Repeats = 20;

    private static readonly (double, double)?[] Published = [(0.91, 0.01), (0.91, 0.06), (0.92, 0.03), (0.95, 0.03), null];

    /// <summary>150 flowers; sepal width and petal length in cm.</summary>
    public static Outcome<Dataset> Data() => DatasetReader.Read(EmbeddedData.Iris, new TableRoles("species"))
        .Map(table => table.Dataset.WithFrame(table.Dataset.Frame.Select("sepal_width", "petal_length")));

    /// <summary>
    /// The bases under a logistic regression on their labels, as published, or on their probabilities. Its penalty is a
    /// strong one: with a hundred rows to learn from, little can be known of how the bases should be weighed.
    /// </summary>
    public static Stack Stack(StackMethod method, Seed folds, int trees = 100) => new(
        [new("1-NN", new KNearestNeighbors(1)), new("forest", new RandomForest(trees)), new("naive Bayes", new GaussianNaiveBayes())],
        new OneHot().Then(new LogisticRegression(0.1)),
        new FoldPlan.Stratified(5, folds.Fork("inner folds")),
        StackColumns: new StackColumns(method));

    /// <summary>All five models on the published folds and over shuffled repeats of them.</summary>
    public static Outcome<EquatableArray<IrisScore>> Run(IExecutor executor, Dataset data, Seed seed, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        var once = new FoldPlan.Stratified(K);
        var repeated = new FoldPlan.Repeated(once, Repeats, seed.Fork("repeats"));
        return from folds in Both(once)
               from repeats in Both(repeated)
               select EquatableArray.From(folds.Select((fold, i) => new IrisScore(fold.Name, Published[i], fold["accuracy"], PerRepeat(repeats[i]["accuracy"]))));

        Outcome<EquatableArray<ScoredModel>> Both(FoldPlan plan) =>
            from labels in executor.Evaluate(Stack(StackMethod.Labels, seed), data, plan, seed, progress, cancellation)
            from probabilities in executor.Evaluate(Stack(StackMethod.Probabilities, seed), data, plan, seed, progress, cancellation)
            select EquatableArray.From(labels.Models.SkipLast(1).Append(labels.Final with { Name = OnLabels }).Append(probabilities.Final with { Name = OnProbabilities }));
    }

    private static Score PerRepeat(Score folds) => folds with { PerFold = EquatableArray.From(folds.PerFold.Chunk(K).Select(repeat => repeat.Average())) };
}
