namespace FunctionalStack;

/// <summary>Two transforms in sequence. The second is fitted on the transformed training rows of the first.</summary>
/// <param name="First">The first transform.</param>
/// <param name="Second">The second transform.</param>
public sealed record Chain(ITransform First, ITransform Second) : ICompositeTransform
{
    /// <inheritdoc/>
    public string Name => $"{First.Name}, {Second.Name}";

    bool ITransform.MakesPredictions => Second.MakesPredictions || (First.MakesPredictions && Second.KeepsColumns);

    bool ITransform.KeepsColumns => First.KeepsColumns && Second.KeepsColumns;

    Frame? ITransform.Outline(Frame columns, Target target) =>
        First.Outline(columns, target) is { } made ? Second.Outline(made, target) : null;

    IEnumerable<Component> ISpec.Components => [new("", First), new("", Second) { After = First }];

    FittedTransform ICompositeTransform.Fit(FitRows rows, Seed seed)
    {
        var first = rows.Fit(First, seed.Fork("first"));
        var second = rows.After(first).Fit(Second, seed.Fork("second"));
        var covered = second.Covered is not { } inner ? first.Covered : first.Covered is { } outer ? outer.At(inner) : inner;
        return new(
            rows.Join([first.Fitted, second.Fitted], () =>
                from f in first.Fitted.Outcome
                from s in second.Fitted.Outcome
                select new Fitted(s.TrainView, new ChainMap(f.Map, s.Map))
                {
                    OutOfFold = [.. f.OutOfFold, .. s.OutOfFold.Select(part => part.Within(first.Covered))],
                    Searches = [.. f.Searches, .. s.Searches],
                }),
            covered);
    }
}

/// <summary>Two maps in sequence.</summary>
/// <param name="First">The first map.</param>
/// <param name="Second">The second map.</param>
public sealed record ChainMap(IMap First, IMap Second) : IRowwiseMap
{
    /// <inheritdoc/>
    public Outcome<Frame> Apply(Frame rows) => First.Apply(rows).Bind(Second.Apply);

    RowMap? IRowwiseMap.ForRow(Frame columns) =>
        Rowwise.Of(First, columns) is { } first && Rowwise.Of(Second, first.Columns) is { } second
        ? new(second.Columns, new ChainedFunction(first.Function, second.Function))
        : null;

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) => First.Needs(columns, Second.Needs);

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns, Func<EquatableArray<string>, EquatableArray<string>> next) =>
        First.Needs(columns, between => Second.Needs(between, next));
}

/// <summary>A transform followed by a learner. The learner is fitted on the transformed training rows.</summary>
/// <param name="Transform">The transform.</param>
/// <param name="Learner">The learner.</param>
public sealed record Pipeline(ITransform Transform, ILearner Learner) : ICompositeLearner
{
    /// <inheritdoc/>
    public string Name => Learner.Name;

    /// <inheritdoc/>
    // Whether missing values and categories reach the learner is known once the transform is fitted.
    public Capabilities Capabilities => Learner.Capabilities with
    {
        MissingValues = true,
        Categories = true,
        PredictionsOnly = Learner.Capabilities.PredictionsOnly && !Transform.MakesPredictions,
    };

    Complexity ILearner.Complexity => Learner.Complexity;

    IEnumerable<Component> ISpec.Components => [new("", Transform), new("", Learner) { After = Transform }];

    IEnumerable<string> ICompositeLearner.OutOfFoldNames => (Learner as ICompositeLearner)?.OutOfFoldNames ?? [];

    EquatableArray<Failure> ISpec.Validate() =>
        Learner.Capabilities.PredictionsOnly && !Transform.MakesPredictions && !Transform.KeepsColumns
        ? [new(Learner.Name, $"it weights the predictions of bases, but {Transform.Name} before it changes these columns",
            $"Leave out {Transform.Name}, or use another meta-learner.")]
        : default;

    Deferred<Trained> ICompositeLearner.Fit(FitRows rows, Seed seed)
    {
        var (transform, after) = Begin(rows, seed);
        return Join(rows, transform, after.Fit(Learner, LearnerSeed(seed)));
    }

    IEnumerable<FittedBase> ICompositeLearner.Bases(FitRows rows, Seed seed)
    {
        if (Learner is not ICompositeLearner composite) return [];
        var (transform, after) = Begin(rows, seed);
        return composite.Bases(after, LearnerSeed(seed)).Select(one => one with { Fit = one.Fit.Within(Join(rows, transform, one.Fit)) });
    }

    /// <summary>
    /// Whether it is fitted as one leaf: it ends with a leaf learner, its transforms contain no learner, and its fits have keys. It can
    /// then be fitted elsewhere, from the columns before the transforms.
    /// </summary>
    internal bool IsLeaf => Learner is ILeafLearner && HasNoLearner(Transform) && FitKey.IsKeyed(this);

    private static bool HasNoLearner(ISpec spec) => spec is ITransform && spec.Components.All(part => HasNoLearner(part.Spec));

    internal static Seed TransformSeed(Seed seed) => seed.Fork("transform");

    internal static Seed LearnerSeed(Seed seed) => seed.Fork("learner");

    private (FittedTransform Transform, FitRows After) Begin(FitRows rows, Seed seed)
    {
        var transform = rows.Fit(Transform, TransformSeed(seed));
        return (transform, rows.After(transform));
    }

    private static Deferred<Trained> Join(FitRows rows, FittedTransform transform, FittedLearner learner) =>
        rows.Join([transform.Fitted, learner.Trained], () =>
        from fitted in transform.Fitted.Outcome
        from trained in learner.Trained.Outcome
        select new Trained(new PipelineModel(fitted.Map, trained.Model))
        {
            OutOfFold = [.. fitted.OutOfFold, .. trained.OutOfFold.Select(part => part.Within(transform.Covered))],
            Searches = [.. fitted.Searches, .. trained.Searches],
        });
}

/// <summary>A map followed by a model.</summary>
/// <param name="Map">The map.</param>
/// <param name="Model">The model.</param>
public sealed record PipelineModel(IMap Map, IModel Model) : IRowwiseModel
{
    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => Map.Apply(rows).Bind(Model.Predict);

    RowFunction? IRowwiseModel.ForRow(Frame columns) =>
        Rowwise.Of(Map, columns) is { } map && Rowwise.Of(Model, map.Columns) is { } model
        ? new ChainedFunction(map.Function, model.Function)
        : null;

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) => Map.Needs(columns, Model.Needs);
}

/// <summary>Extension methods that compose transforms and learners.</summary>
public static class Composition
{
    /// <summary>This transform, then <paramref name="second"/>.</summary>
    public static Chain Then(this ITransform first, ITransform second) => new(first, second);

    /// <summary>This transform, then <paramref name="learner"/>: a learner.</summary>
    public static Pipeline Then(this ITransform transform, ILearner learner) => new(transform, learner);

    /// <summary>This learner as a transform whose output is its out-of-fold predictions.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="name">The prefix of the new columns.</param>
    /// <param name="plan">The folds.</param>
    /// <param name="combine">Which models predict new rows.</param>
    /// <param name="stackColumns">How predictions become columns; null for probabilities.</param>
    public static CrossFit CrossFit(this ILearner learner, string name, FoldPlan plan, Combine combine = Combine.Average,
        StackColumns? stackColumns = null) =>
        new(name, learner, plan, combine, stackColumns ?? new StackColumns());
}
