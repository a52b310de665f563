namespace FunctionalStack;

/// <summary>A learner that unfolds into several tasks of a <see cref="FitGraph"/> rather than one.</summary>
public interface IGraphLearner : ILearner
{
    /// <summary>
    /// Adds this learner's fit on the scope's rows to the scope's graph. Must mean the same as <see cref="ILearner.Fit"/>:
    /// parts are added in the order in which that fits them, and a part whose failure is no failure of the whole is fitted
    /// in <see cref="FitScope.Tolerant"/>.
    /// </summary>
    Deferred<Outcome<IModel>> Unfold(FitScope scope, Seed seed);
}

/// <summary>A transform that unfolds into several tasks of a <see cref="FitGraph"/> rather than one.</summary>
public interface IGraphTransform : ITransform
{
    /// <summary>Adds this transform's fit on the scope's rows to the scope's graph, as <see cref="IGraphLearner.Unfold"/> does a learner's.</summary>
    Deferred<Outcome<Fitted>> Unfold(FitScope scope, Seed seed);
}

/// <summary>The training rows that a part of a composition will be fitted on, known before their columns are.</summary>
public sealed class FitScope
{
    private readonly FitGraph graph;
    private readonly string path;
    private readonly FitBranch branch;

    internal FitScope(FitGraph graph, Deferred<Outcome<Frame>> whole, Values<int>? rows, Roles roles, string path, FitBranch branch)
    {
        (this.graph, this.path, this.branch, Whole, Rows, Roles) = (graph, path, branch, whole, rows, roles);
        Frame = rows is { } taken ? Task("rows", [whole], () => whole.Value.Map(frame => frame.Take(taken))) : whole;
    }

    // The same rows, taken once, elsewhere in the composition.
    private FitScope(FitScope scope, string path, FitBranch branch) =>
        (graph, this.path, this.branch, Whole, Rows, Roles, Frame) = (scope.graph, path, branch, scope.Whole, scope.Rows, scope.Roles, scope.Frame);

    /// <summary>Target, weights, groups and folds of these rows.</summary>
    public Roles Roles { get; }

    /// <summary>The columns of these rows.</summary>
    public Deferred<Outcome<Frame>> Frame { get; }

    /// <summary>The same rows for a part that may fail without the whole failing.</summary>
    public FitScope Tolerant => new(this, path, branch with { Tolerated = true });

    internal Deferred<Outcome<Frame>> Whole { get; }

    internal Values<int>? Rows { get; }

    /// <summary>The part of this scope that a run has left out, once it has.</summary>
    internal bool IsSkipped => branch.Optional is { Skipped: true };

    /// <summary>The scope of a part of these rows.</summary>
    public FitScope Take(Values<int> rows, string label) =>
        new(graph, Whole, Rows is { } already ? already.At(rows) : rows, Roles.Take(rows), Under(label), branch);

    /// <summary>The scope of what <paramref name="transform"/> makes of these rows.</summary>
    public FitScope After(ITransform transform, Deferred<Outcome<Fitted>> fitted) => new(
        graph,
        Task(transform.Name, [fitted], () => fitted.Value.Map(f => f.TrainView).WithoutNotes()),
        null,
        transform.Covered(Roles).Match(rows => Roles.Covering(rows), _ => Roles),
        path,
        branch);

    /// <summary>The same rows for a base that a run may leave out; what stands inside another such base goes with that.</summary>
    internal FitScope Optional(string name) => branch.Optional is null ? new(this, path, branch with { Optional = graph.Optional(name) }) : this;

    public Deferred<Outcome<IModel>> Fit(ILearner learner, Seed seed, string? label = null) => graph.Once(learner, this, seed, () => learner is IGraphLearner composed
        ? composed.Unfold(label is null ? this : new FitScope(this, Under(label), branch), seed)
        : Step(label ?? learner.Name, [Frame], () => Data, data => Remembered(learner, data, seed).OrMake(() => learner.Fit(data, seed)), counted: true, MemoryOf(learner)));

    public Deferred<Outcome<Fitted>> Fit(ITransform transform, Seed seed) => graph.Once(transform, this, seed, () => transform is IGraphTransform composed
        ? composed.Unfold(this, seed)
        : Step(transform.Name, [Frame], () => Data, data => transform.Fit(data, seed)));

    /// <summary>What the <paramref name="model"/> of <paramref name="learner"/>'s fit on these rows predicts of <paramref name="rows"/> of <paramref name="all"/>.</summary>
    internal Deferred<Outcome<Prediction>> Predict(ILearner learner, Seed seed, Deferred<Outcome<IModel>> model, FitScope all, Values<int> rows, string place, string label = "predict") =>
        Step(
            label,
            [model, all.Frame, Frame],
            () =>
                from fitted in model.Value.At(place)
                from columns in all.Frame.Value
                from data in Data.WithoutNotes()
                select (Model: fitted, Held: columns.Take(rows), Data: data),
            from => new Remembered<Prediction>(graph.Journal, learner, () => FitKey.OfPrediction(learner, from.Data, seed, from.Held))
                .OrMake(() => from.Model.Predict(from.Held).At(place)));

    public Deferred<T> Task<T>(string label, IEnumerable<Deferred> needs, Func<T> compute, bool counted = false) =>
        graph.Add(Under(label), needs, compute, counted);

    /// <summary>A task whose failure fails what it belongs to, and which makes nothing of <paramref name="from"/> once that cannot matter.</summary>
    internal Deferred<Outcome<T>> Step<TFrom, T>(string label, IEnumerable<Deferred> needs, Func<Outcome<TFrom>> from, Func<TFrom, Outcome<T>> make, bool counted = false, FitMemory? memory = null) =>
        graph.Step(Under(label), needs, from, make, branch, counted, memory);

    public Deferred<Outcome<T>> Failed<T>(Failure failure) => Deferred<Outcome<T>>.Now(new Outcome<T>.Fail(failure));

    internal Remembered<IModel> Remembered(ILearner learner, Dataset data, Seed seed) =>
        new(graph.Journal, learner, () => FitKey.Of(learner, data, seed));

    internal FitMemory MemoryOf(ILearner learner) =>
        new(() => Frame.Value.Match(frame => MemoryEstimate.Of(learner, frame.RowCount, frame.Columns.Count, Roles.Target), _ => 0));

    internal Outcome<Dataset> Data => Frame.Value.Map(frame => new Dataset(frame, Roles));

    private string Under(string label) => path.Length == 0 ? label : $"{path}: {label}";
}
