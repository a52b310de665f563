namespace FunctionalStack;

/// <summary>Two transforms in sequence: the second is fitted on the first's train view.</summary>
public sealed record Chain(ITransform First, ITransform Second) : IGraphTransform
{
    public string Name => $"{First.Name}, {Second.Name}";

    public Outcome<Fitted> Fit(Dataset data, Seed seed) =>
        from first in First.Fit(data, seed.Fork("first"))
        from rows in First.Covered(data.Roles)
        from second in Second.Fit(new(first.TrainView, data.Roles.Covering(rows)), seed.Fork("second"))
        select Join(first, second, rows);

    public Outcome<Values<int>?> Covered(Roles roles) =>
        from outer in First.Covered(roles)
        from inner in Second.Covered(roles.Covering(outer))
        select inner is null ? outer : outer is null ? inner : outer.Value.At(inner.Value);

    Deferred<Outcome<Fitted>> IGraphTransform.Unfold(FitScope scope, Seed seed)
    {
        var first = scope.Fit(First, seed.Fork("first"));
        var second = scope.After(First, first).Fit(Second, seed.Fork("second"));
        return scope.Task(Name, [first, second], () =>
            from rows in First.Covered(scope.Roles)
            from f in first.Value
            from s in second.Value
            select Join(f, s, rows));
    }

    private static Fitted Join(Fitted first, Fitted second, Values<int>? covered) => new(second.TrainView, new ChainMap(first.Map, second.Map))
    {
        OutOfFold = [.. first.OutOfFold, .. second.OutOfFold.Select(part => part.Within(covered))],
    };
}

/// <summary>One map after another.</summary>
public sealed record ChainMap(IMap First, IMap Second) : IMap
{
    public Outcome<Frame> Apply(Frame rows) => First.Apply(rows).Bind(Second.Apply);
}

/// <summary>A transform before a learner: a learner. The learner is fitted on the transform's train view.</summary>
public sealed record Pipeline(ITransform Transform, ILearner Learner) : IGraphLearner
{
    public string Name => Learner.Name;

    public Outcome<IModel> Fit(Dataset data, Seed seed) =>
        from fitted in Transform.Fit(data, seed.Fork("transform"))
        from rows in Transform.Covered(data.Roles)
        from model in Learner.Fit(new(fitted.TrainView, data.Roles.Covering(rows)), seed.Fork("learner"))
        select (IModel)new PipelineModel(fitted.Map, model);

    Deferred<Outcome<IModel>> IGraphLearner.Unfold(FitScope scope, Seed seed)
    {
        var fitted = scope.Fit(Transform, seed.Fork("transform"));
        var model = scope.After(Transform, fitted).Fit(Learner, seed.Fork("learner"));
        return scope.Task(Name, [fitted, model], () =>
            from f in fitted.Value
            from m in model.Value
            select (IModel)new PipelineModel(f.Map, m));
    }
}

/// <summary>A map before a model.</summary>
public sealed record PipelineModel(IMap Map, IModel Model) : IModel
{
    public Outcome<Prediction> Predict(Frame rows) => Map.Apply(rows).Bind(Model.Predict);
}

/// <summary>The verbs of composition.</summary>
public static class Composition
{
    public static Chain Then(this ITransform first, ITransform second) => new(first, second);

    public static Pipeline Then(this ITransform transform, ILearner learner) => new(transform, learner);

    public static CrossFit CrossFit(this ILearner learner, string name, FoldPlan plan, Combine combine = Combine.Average, StackOn? stackOn = null) =>
        new(name, learner, plan, combine, stackOn ?? new StackOn());

    internal static Roles Covering(this Roles roles, Values<int>? rows) => rows is { } covered ? roles.Take(covered) : roles;
}
