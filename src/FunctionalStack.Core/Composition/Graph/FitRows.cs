namespace FunctionalStack;

/// <summary>
/// Training rows whose roles are known and whose columns are not computed yet. Compositions are written over them. They
/// provide everything that a combinator needs: subsets of rows, folds, fits, and combinations of their results.
/// </summary>
public sealed class FitRows
{
    private readonly FitGraph graph;
    private readonly RowSet set;
    private readonly string path;
    private readonly FitBranch branch;

    internal FitRows(FitGraph graph, RowSet set, string path, FitBranch branch) =>
        (this.graph, this.set, this.path, this.branch) = (graph, set, path, branch);

    /// <summary>The target, weights, groups, folds and times of these rows.</summary>
    public Roles Roles => set.Roles;

    /// <summary>The number of rows.</summary>
    public int Count => set.Roles.Count;

    /// <summary>The columns of these rows.</summary>
    public Deferred<Frame> Frame => set.Frame;

    /// <summary>The same rows for a part that may fail without failing the composition.</summary>
    public FitRows Tolerant => With(branch with { Tolerated = true });

    /// <summary>The same rows for a part of which a time budget may skip nothing.</summary>
    public FitRows Required => With(branch with { Required = true });

    /// <summary>Whether a stack fitted on these rows scores itself by out-of-fold predictions. True only for the outermost stack.</summary>
    public bool IsScored => branch.Scored;

    /// <summary>The same rows with this name in progress reports.</summary>
    public FitRows Named(string name) => new(graph, set, Under(name), branch);

    /// <summary>The same rows for a part that is not scored by itself.</summary>
    public FitRows Unscored => With(branch with { Scored = false });

    /// <summary>The same rows for a part whose fits share transforms, such as the candidates of a search: transforms are fitted once,
    /// outside of the leaves.</summary>
    public FitRows Expanded => With(branch with { Expanded = true });

    /// <summary>Whether these rows belong to a part that the run has skipped.</summary>
    internal bool IsSkipped => branch.Optional is { Skipped: true };

    /// <summary>The folds of these rows. A plan splits them once, however often it is requested. Notes come with the first
    /// request.</summary>
    public Outcome<EquatableArray<Fold>> Split(FoldPlan plan) => set.Split(plan);

    /// <summary>A subset of these rows, in the order given.</summary>
    public FitRows Take(EquatableArray<int> rows) => new(graph, set.Take(rows), path, branch with { Scored = false });

    /// <summary>The same rows with other frequency weights, one per row.</summary>
    public FitRows Weighted(EquatableArray<double> weights) => new(graph, set.Weighted(weights), path, branch);

    /// <summary>The same rows with another target, such as two classes instead of several. Scores would be those of the other target, so
    /// take <see cref="Unscored"/> first.</summary>
    public FitRows Relabeled(Target target) => new(graph, set.Relabeled(target), path, branch);

    /// <summary>These rows after a transform.</summary>
    public FitRows After(FittedTransform fitted) => new(graph, fitted.View(graph, set.Roles), path, branch);

    /// <summary>
    /// The same rows for one of several parts that a run may skip, all except the first. Parts nested in another optional part
    /// are skipped with it.
    /// </summary>
    public FitRows Optional(string name, bool isFirst) => branch.Optional is not null || branch.Required ? this
        : isFirst ? Required
        : With(branch with { Optional = graph.Optional(name) });

    /// <summary>Fits <paramref name="learner"/> on these rows.</summary>
    /// <param name="learner">A leaf, or a composition.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="place">Its location in failures and notes; null to add nothing.</param>
    public FittedLearner Fit(ILearner learner, Seed seed, string? place = null)
    {
        var trained = graph.Once(learner, set, seed, branch.Scored, () => learner switch
        {
            Pipeline { IsLeaf: true } pipeline when !branch.Expanded =>
                FitLeaf(pipeline, seed, place is null ? pipeline.Name : $"{place}: {pipeline.Name}"),
            ICompositeLearner composite => composite.Fit(place is null ? this : Named(place), seed),
            ILeafLearner leaf => FitLeaf(leaf, seed, place is null || place == leaf.Name ? leaf.Name : $"{place}: {leaf.Name}"),
            _ => throw new InvalidOperationException($"{learner.GetType()} is neither a leaf nor a composite"),
        });
        return new(this, place is null ? trained : trained.Through(outcome => outcome.At(place)), (learner, seed), place ?? "");
    }

    /// <summary>Fits <paramref name="transform"/> on these rows.</summary>
    public FittedTransform Fit(ITransform transform, Seed seed) => graph.Once(transform, set, seed, branch.Scored, () => transform switch
    {
        ICompositeTransform composite => composite.Fit(this, seed),
        ILeafTransform leaf => new FittedTransform(Compute(leaf.Name, data => leaf.Refuse<Fitted>(data) ?? leaf.FitLeaf(data, seed)), null),
        _ => throw new InvalidOperationException($"{transform.GetType()} is neither a leaf nor a composite"),
    });

    /// <summary>Computes a value from these rows, unless an earlier step has failed.</summary>
    public Deferred<T> Compute<T>(string label, Func<Dataset, Outcome<T>> make) =>
        graph.Step(Under(label), [Frame], branch, () => Frame.Outcome.Map(frame => new Dataset(frame, Roles)), (data, _) => make(data));

    /// <summary>A result that depends on <paramref name="needs"/>, whose outcomes <paramref name="make"/> may read. Use it for cheap
    /// functions only.</summary>
    public Deferred<T> Join<T>(IEnumerable<Deferred> needs, Func<Outcome<T>> make) => graph.Join(Under("join"), needs, branch, make);

    /// <summary>All results in order, or the first failure in order.</summary>
    public Deferred<EquatableArray<T>> All<T>(IReadOnlyCollection<Deferred<T>> parts) =>
        Join(parts, () => Outcome.All(parts.Select(part => part.Outcome)));

    /// <summary>
    /// Fits that depend on earlier results, which become known when the run has reached them. Once <paramref name="needs"/> have run,
    /// <paramref name="expand"/> adds fits to a graph of its own over the same rows. They run in this one's place: with its journal, on its
    /// threads, and with the same results on any number of them. Progress reports do not count them.
    /// </summary>
    public Deferred<T> Later<T>(string label, IEnumerable<Deferred> needs, Func<FitRows, Outcome<Deferred<T>>> expand) =>
        graph.Step(Under(label), [Frame, .. needs], branch, () => Frame.Outcome, (frame, work) =>
        {
            var inner = new FitGraph { Leaves = graph.Leaves };
            var rows = inner.Over(new Dataset(frame, Roles));
            return expand(new(inner, rows.set, path, branch with { Optional = null, Required = true })).Bind(made =>
            {
                if (inner.Refusal is { } refusal) return new Outcome<T>.Fail(refusal);
                inner.Run(work);
                return made.Outcome;
            });
        });

    /// <summary>The result of a composition that cannot be fitted on these rows. Nothing is fitted, unless it may fail.</summary>
    public Deferred<T> Failed<T>(Failure failure)
    {
        if (!branch.Tolerated) graph.Refuse(path.Length == 0 ? failure : failure.At(path));
        return Deferred<T>.Now(new Outcome<T>.Fail(failure));
    }

    /// <summary>The same rows in the given outer fold.</summary>
    internal FitRows Staged(int stage) => With(branch with { Stage = stage });

    internal FitRows Scored() => With(branch with { Scored = true });

    internal Deferred<Prediction> Predict(FittedLearner fitted, FitRows held)
    {
        // Who fits the leaf may predict these rows too.
        if (fitted.Trained.Task is { Leaf: not null, Held: null } task && held.set.AllRows == set.AllRows) task.Held = held.set.Rows;
        return graph.Step(
            held.Under("predict"),
            [fitted.Trained, held.set.AllRows, .. fitted.Key is null ? Array.Empty<Deferred>() : [set.AllRows]],
            branch,
            () =>
                from trained in fitted.Trained.Outcome
                from heldRows in held.set.Data
                from rows in fitted.Key is null ? held.set.Data : set.Data
                select (trained.Model, Held: heldRows, Rows: rows),
            (from, _) => (fitted.Key is ({ } learner, var seed) && (learner is ILeafLearner || !graph.HasSkipped)
                ? graph.Leaves.Predict(learner, from.Rows, seed, from.Model, from.Held)
                : from.Model.Predict(from.Held.Frame)).At(fitted.Place));
    }

    private Deferred<Trained> FitLeaf(ILearner learner, Seed seed, string label)
    {
        Deferred<Trained>? made = null;
        var leaf = () => set.Data.Map(rows => new Leaf(learner, rows, seed)
        {
            Held = made!.Task!.Held,
            HeldOnly = made.Task.IsHeldOnly,
            Place = Under(label),
        });
        return made = graph.Step(Under(label), [set.AllRows], branch, leaf,
            (one, work) => graph.Leaves.Fit(one, work).Map(model => new Trained(model)), leaf);
    }

    private FitRows With(FitBranch other) => new(graph, set, path, other);

    private string Under(string label) => path.Length == 0 ? label : $"{path}: {label}";
}

/// <summary>A learner's fit on rows; available once the graph has run.</summary>
public sealed class FittedLearner
{
    private readonly FitRows rows;

    internal FittedLearner(FitRows rows, Deferred<Trained> trained, (ILearner Learner, Seed Seed)? key, string place) =>
        (this.rows, Trained, Key, Place) = (rows, trained, key, place);

    /// <summary>The model with its out-of-fold predictions, scores and notes.</summary>
    public Deferred<Trained> Trained { get; }

    internal (ILearner Learner, Seed Seed)? Key { get; }

    internal string Place { get; }

    internal bool IsSkipped => rows.IsSkipped;

    /// <summary>The same position in the composition with a model that contains this one. Its predictions have no key and are not
    /// cached.</summary>
    public FittedLearner Within(Deferred<Trained> allRows) => new(rows, allRows, null, Place);

    /// <summary>The model's predictions of other rows, with the notes of the fit.</summary>
    public Deferred<Prediction> Predict(FitRows held) => rows.Predict(this, held);
}

/// <summary>A transform's fit on rows; available once the graph has run.</summary>
/// <param name="fitted">The transformed training rows and the map for new rows.</param>
/// <param name="covered">The training rows that are transformed, ascending, known before the fit; null for all.</param>
public sealed class FittedTransform(Deferred<Fitted> fitted, EquatableArray<int>? covered)
{
    private RowSet? view;

    /// <summary>The transformed training rows and the map for new rows.</summary>
    public Deferred<Fitted> Fitted => fitted;

    /// <summary>The training rows that are transformed, ascending; null for all.</summary>
    public EquatableArray<int>? Covered => covered;

    // Notes are reported where the transform is fitted, not again by the readers of its train view.
    internal RowSet View(FitGraph graph, Roles roles) => view ??= new(
        graph,
        fitted.Through(outcome => outcome.WithoutNotes().Map(known => known.TrainView)),
        null,
        covered is { } rows ? roles.Take(rows) : roles);
}

/// <summary>A base of a stack, fitted alone.</summary>
/// <param name="Name">Its name in the stack.</param>
/// <param name="Fit">Its fit on all rows.</param>
/// <param name="MayFail">Whether the stack continues without it.</param>
public sealed record FittedBase(string Name, FittedLearner Fit, bool MayFail)
{
    /// <summary>How complex it is.</summary>
    public Complexity Complexity { get; init; } = Complexity.Nonlinear;
}
