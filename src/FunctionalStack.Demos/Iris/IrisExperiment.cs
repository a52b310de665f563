using FunctionalStack.IO;
using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.Demos;

/// <summary>The published and the measured accuracy of a model.</summary>
/// <param name="Name">The name of the model.</param>
/// <param name="Published">The published mean and standard deviation over the three folds; null if none was published.</param>
/// <param name="Folds">The accuracy on the same three folds, not shuffled.</param>
/// <param name="Repeats">The mean accuracy of each shuffled repeat.</param>
public sealed record IrisScore(string Name, (double Mean, double Spread)? Published, Score Folds, Score Repeats);

/// <summary>Iris species from two lengths: 1-nearest-neighbour, a random forest and naive Bayes, alone and stacked.</summary>
public static class IrisExperiment
{
    /// <summary>The name of the stack whose meta-learner gets predicted labels.</summary>
    public const string OnLabels = "stack on labels";
    /// <summary>The name of the stack whose meta-learner gets probabilities.</summary>
    public const string OnProbabilities = "stack on probabilities";

    /// <summary>The number of outer folds.</summary>
    public const int K = 3;

    /// <summary>The number of repeats with reshuffled outer folds.</summary>
    public const int Repeats = 20;

    private static readonly (double, double)?[] Published = [(0.91, 0.01), (0.91, 0.06), (0.92, 0.03), (0.95, 0.03), null];

    /// <summary>The iris data: 150 rows, with sepal width and petal length in cm as features.</summary>
    public static Outcome<Dataset> Data() => DatasetReader.Read(EmbeddedData.Iris, new TableRoles("species"))
        .Map(table => table.Dataset.WithFrame(table.Dataset.Frame.Select("sepal_width", "petal_length")));

    /// <summary>
    /// The three bases with a logistic regression as the meta-learner, on their labels, as published, or on their
    /// probabilities. The penalty is strong, because the weights of the bases are poorly determined by 100 rows.
    /// </summary>
    public static Stack Stack(StackMethod method, Seed folds, int trees = 100) => new(
        [new("1-NN", new KNearestNeighbors(1)), new("forest", new RandomForest(trees)), new("naive Bayes", new GaussianNaiveBayes())],
        new OneHot().Then(new LogisticRegression(0.1)),
        new FoldPlan.Stratified(5, folds.Fork("inner folds")),
        StackColumns: new StackColumns(method));

    /// <summary>Evaluates the five models on the published folds and on repeats with shuffled folds.</summary>
    public static Outcome<EquatableArray<IrisScore>> Run(IExecutor executor, Dataset data, Seed seed,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        var once = new FoldPlan.Stratified(K);
        var repeated = new FoldPlan.Repeated(once, Repeats, seed.Fork("repeats"));
        return from folds in Both(once)
               from repeats in Both(repeated)
               select EquatableArray.From(folds.Select((fold, i) =>
                   new IrisScore(fold.Name, Published[i], fold["accuracy"], PerRepeat(repeats[i]["accuracy"]))));

        Outcome<EquatableArray<ScoredModel>> Both(FoldPlan plan) =>
            from labels in executor.Evaluate(Stack(StackMethod.Labels, seed), data, plan, seed, progress, cancellation)
            from probabilities in executor.Evaluate(Stack(StackMethod.Probabilities, seed), data, plan, seed, progress, cancellation)
            select EquatableArray.From(labels.Models.SkipLast(1).Append(labels.Final with { Name = OnLabels })
                .Append(probabilities.Final with { Name = OnProbabilities }));
    }

    private static Score PerRepeat(Score folds) =>
        folds with { PerFold = EquatableArray.From(folds.PerFold.Chunk(K).Select(repeat => repeat.Average())) };
}
