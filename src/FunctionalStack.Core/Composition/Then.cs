namespace FunctionalStack;

/// <summary>Two transforms in sequence: the second is fitted on the first's train view.</summary>
public sealed record Chain(ITransform First, ITransform Second) : ICompositeTransform
{
    public string Name => $"{First.Name}, {Second.Name}";

    bool ITransform.MakesPredictions => Second.MakesPredictions || (First.MakesPredictions && Second.KeepsColumns);

    bool ITransform.KeepsColumns => First.KeepsColumns && Second.KeepsColumns;

    Frame? ITransform.Outline(Frame columns, Target target) => First.Outline(columns, target) is { } made ? Second.Outline(made, target) : null;

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
                }),
            covered);
    }
}

/// <summary>One map after another.</summary>
public sealed record ChainMap(IMap First, IMap Second) : IMap
{
    public Outcome<Frame> Apply(Frame rows) => First.Apply(rows).Bind(Second.Apply);

    public EquatableArray<string> Needs(EquatableArray<string> columns) => First is Identity ? Second.Needs(columns) : First.Needs(columns);
}

/// <summary>A transform before a learner: a learner. The learner is fitted on the transform's train view.</summary>
public sealed record Pipeline(ITransform Transform, ILearner Learner) : ICompositeLearner
{
    public string Name => Learner.Name;

    // Whether gaps and categories reach the learner is known once the transform is fitted.
    public Capabilities Capabilities => Learner.Capabilities with
    {
        MissingValues = true,
        Categories = true,
        PredictionsOnly = Learner.Capabilities.PredictionsOnly && !Transform.MakesPredictions,
    };

    IEnumerable<Component> ISpec.Components => [new("", Transform), new("", Learner) { After = Transform }];

    IEnumerable<string> ICompositeLearner.OutOfFoldNames => (Learner as ICompositeLearner)?.OutOfFoldNames ?? [];

    EquatableArray<Failure> ISpec.Validate() => Learner.Capabilities.PredictionsOnly && !Transform.MakesPredictions && !Transform.KeepsColumns
        ? [new(Learner.Name, $"it weighs the predictions of bases, but {Transform.Name} stands between, after which they are none", $"Leave out {Transform.Name}, or take another meta-learner.")]
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

    internal static Seed TransformSeed(Seed seed) => seed.Fork("transform");

    internal static Seed LearnerSeed(Seed seed) => seed.Fork("learner");

    private (FittedTransform Transform, FitRows After) Begin(FitRows rows, Seed seed)
    {
        var transform = rows.Fit(Transform, TransformSeed(seed));
        return (transform, rows.After(transform));
    }

    private static Deferred<Trained> Join(FitRows rows, FittedTransform transform, FittedLearner learner) => rows.Join([transform.Fitted, learner.Trained], () =>
        from fitted in transform.Fitted.Outcome
        from trained in learner.Trained.Outcome
        select new Trained(new PipelineModel(fitted.Map, trained.Model))
        {
            OutOfFold = [.. fitted.OutOfFold, .. trained.OutOfFold.Select(part => part.Within(transform.Covered))],
        });
}

/// <summary>A map before a model.</summary>
public sealed record PipelineModel(IMap Map, IModel Model) : IModel
{
    public Outcome<Prediction> Predict(Frame rows) => Map.Apply(rows).Bind(Model.Predict);

    public EquatableArray<string> Needs(EquatableArray<string> columns) => Map is Identity ? Model.Needs(columns) : Map.Needs(columns);
}

/// <summary>The verbs of composition.</summary>
public static class Composition
{
    public static Chain Then(this ITransform first, ITransform second) => new(first, second);

    public static Pipeline Then(this ITransform transform, ILearner learner) => new(transform, learner);

    public static CrossFit CrossFit(this ILearner learner, string name, FoldPlan plan, Combine combine = Combine.Average, StackColumns? stackColumns = null) =>
        new(name, learner, plan, combine, stackColumns ?? new StackColumns());
}
