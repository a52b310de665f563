namespace FunctionalStack;

/// <summary>A learner that unfolds into several tasks of a <see cref="FitGraph"/> rather than one.</summary>
public interface IGraphLearner : ILearner
{
    /// <summary>Adds this learner's fit on the scope's rows to the scope's graph. Must mean the same as <see cref="ILearner.Fit"/>.</summary>
    Deferred<Outcome<IModel>> Unfold(FitScope scope, Seed seed);
}

/// <summary>A transform that unfolds into several tasks of a <see cref="FitGraph"/> rather than one.</summary>
public interface IGraphTransform : ITransform
{
    /// <summary>Adds this transform's fit on the scope's rows to the scope's graph. Must mean the same as <see cref="ITransform.Fit"/>.</summary>
    Deferred<Outcome<Fitted>> Unfold(FitScope scope, Seed seed);
}

/// <summary>The training rows that a part of a composition will be fitted on, known before their columns are.</summary>
public sealed class FitScope
{
    private readonly FitGraph graph;
    private readonly string path;

    internal FitScope(FitGraph graph, Deferred<Outcome<Frame>> whole, Values<int>? rows, Roles roles, string path)
    {
        (this.graph, this.path, Whole, Rows, Roles) = (graph, path, whole, rows, roles);
        Frame = rows is { } taken ? Task("rows", [whole], () => whole.Value.Map(frame => frame.Take(taken))) : whole;
    }

    // The same rows, taken once, under a longer path.
    private FitScope(FitScope scope, string label) =>
        (graph, path, Whole, Rows, Roles, Frame) = (scope.graph, scope.Under(label), scope.Whole, scope.Rows, scope.Roles, scope.Frame);

    /// <summary>Target, weights, groups and folds of these rows.</summary>
    public Roles Roles { get; }

    /// <summary>The columns of these rows.</summary>
    public Deferred<Outcome<Frame>> Frame { get; }

    internal Deferred<Outcome<Frame>> Whole { get; }

    internal Values<int>? Rows { get; }

    /// <summary>The scope of a part of these rows.</summary>
    public FitScope Take(Values<int> rows, string label) =>
        new(graph, Whole, Rows is { } already ? already.At(rows) : rows, Roles.Take(rows), Under(label));

    /// <summary>The scope of what <paramref name="transform"/> makes of these rows.</summary>
    public FitScope After(ITransform transform, Deferred<Outcome<Fitted>> fitted) => new(
        graph,
        Task(transform.Name, [fitted], () => fitted.Value.Map(f => f.TrainView).WithoutNotes()),
        null,
        transform.Covered(Roles).Match(rows => Roles.Covering(rows), _ => Roles),
        path);

    public Deferred<Outcome<IModel>> Fit(ILearner learner, Seed seed, string? label = null) => graph.Once(learner, this, seed, () => learner is IGraphLearner composed
        ? composed.Unfold(label is null ? this : new FitScope(this, label), seed)
        : Task(label ?? learner.Name, [Frame], () => Frame.Value.Bind(frame => learner.Fit(new(frame, Roles), seed)), counted: true));

    public Deferred<Outcome<Fitted>> Fit(ITransform transform, Seed seed) => graph.Once(transform, this, seed, () => transform is IGraphTransform composed
        ? composed.Unfold(this, seed)
        : Task(transform.Name, [Frame], () => Frame.Value.Bind(frame => transform.Fit(new(frame, Roles), seed))));

    public Deferred<T> Task<T>(string label, IEnumerable<Deferred> needs, Func<T> compute, bool counted = false) =>
        graph.Add(Under(label), needs, compute, counted);

    public Deferred<Outcome<T>> Failed<T>(Failure failure) => Deferred<Outcome<T>>.Now(new Outcome<T>.Fail(failure));

    private string Under(string label) => path.Length == 0 ? label : $"{path}: {label}";
}
