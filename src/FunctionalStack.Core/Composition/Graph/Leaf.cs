namespace FunctionalStack;

/// <summary>Rows as data: a frame, the selected rows, and their roles.</summary>
/// <param name="AllRows">The columns of all rows, shared by the fits of one place in the composition.</param>
/// <param name="Rows">The selected rows, in that order; null for all.</param>
/// <param name="Roles">The roles of the selected rows.</param>
public sealed record LeafRows(Frame AllRows, EquatableArray<int>? Rows, Roles Roles)
{
    // A changed copy has other content.
    private LeafRows(LeafRows other) => (AllRows, Rows, Roles, Digest) = (other.AllRows, other.Rows, other.Roles, new());

    /// <summary>The selected rows. The columns are shared, not copied.</summary>
    public Frame Frame => Rows is { } rows ? AllRows.Take(rows) : AllRows;

    /// <summary>The selected rows as a dataset. The columns are shared, not copied.</summary>
    public Dataset Data => new(Frame, Roles);

    /// <summary>The digests of the content, computed once for all fits on these rows.</summary>
    internal RowsDigest Digest { get; init; } = new();
}

/// <summary>
/// A fit as data: the learner, the training rows and the seed. Its result does not depend on the place or time of its fit, bit for bit.
/// </summary>
/// <param name="Learner">A leaf learner, or one after transforms that contain no learner (<see cref="Pipeline.IsLeaf"/>).</param>
/// <param name="Rows">The training rows.</param>
/// <param name="Seed">The seed.</param>
public sealed record Leaf(ILearner Learner, LeafRows Rows, Seed Seed)
{
    /// <summary>Other rows of <see cref="LeafRows.AllRows"/> that the model will predict; null if none are known. The model does not
    /// depend on them.</summary>
    public EquatableArray<int>? Held { get; init; }

    /// <summary>Whether the model is used for nothing else than to predict <see cref="Held"/>, so that the predictions alone have to come
    /// back from another machine. No part of <see cref="Key"/>.</summary>
    public bool HeldOnly { get; init; }

    /// <summary>Its place in the composition, as in progress reports: <c>forest, fold 2 of 5: randomForest</c>. No part of
    /// <see cref="Key"/>.</summary>
    public string Place { get; init; } = "";

    /// <summary>The key under which results are cached; null if the learner contains anything but plain data.</summary>
    public FitKey? Key => FitKey.OfFit(Learner, Rows, Seed);

    /// <summary>The estimated memory of the fit in bytes (<see cref="MemoryEstimate"/>).</summary>
    public long Memory => Learner is Pipeline pipeline
        ? Estimate(pipeline.Learner, pipeline.Transform.Outline(Rows.AllRows, Rows.Roles.Target) ?? Rows.AllRows)
        : Estimate(Learner, Rows.AllRows);

    private long Estimate(ILearner learner, Frame columns) =>
        MemoryEstimate.Of(learner, Rows.Roles.Count, MemoryEstimate.Width(columns), Rows.Roles.Target);
}

/// <summary>Fits leaves and predicts with their models: in this process, through a journal, or on other machines. Thread-safe.</summary>
public interface ILeaves
{
    /// <summary>Fits the leaf.</summary>
    Outcome<IModel> Fit(Leaf leaf, WorkSharing work);

    /// <summary>Predicts <paramref name="held"/> with <paramref name="model"/>, the result of fitting <paramref name="learner"/> to these
    /// rows with this seed.</summary>
    Outcome<Prediction> Predict(ILearner learner, LeafRows rows, Seed seed, IModel model, LeafRows held);

    /// <summary>The same with another place where leaves are fitted in the end, such as other machines. What stands before it, such as a
    /// journal, stays.</summary>
    ILeaves At(ILeaves place);
}

/// <summary>Implementations of <see cref="ILeaves"/>.</summary>
public static class Leaves
{
    /// <summary>Fits in this process, on the calling thread and its helpers.</summary>
    public static ILeaves Here { get; } = new Local();

    /// <summary>Looks up results in <paramref name="journal"/> first, and stores new results there.</summary>
    public static ILeaves Through(this ILeaves leaves, IJournal journal) => new Journaled(leaves, journal);

    private sealed class Local : ILeaves
    {
        public Outcome<IModel> Fit(Leaf leaf, WorkSharing work)
        {
            // A part that may fail has not been validated before.
            if (leaf.Learner.Refuse<IModel>(leaf.Rows.Roles) is { } refused) return refused;
            return leaf.Learner switch
            {
                Pipeline pipeline => Fit(pipeline, leaf.Rows.Data, leaf.Seed, work),
                IParallelLearner parallel => parallel.FitLeaf(leaf.Rows.Data, leaf.Seed, work),
                ILeafLearner one => one.FitLeaf(leaf.Rows.Data, leaf.Seed),
                var other => throw new InvalidOperationException($"{other.GetType()} is no leaf"),
            };
        }

        // The transforms are expanded as outside of a leaf.
        private static Outcome<IModel> Fit(Pipeline pipeline, Dataset data, Seed seed, WorkSharing work)
        {
            var graph = new FitGraph();
            var trained = graph.Over(data).Expanded.Fit(pipeline, seed).Trained;
            if (graph.Refusal is { } refusal) return new Outcome<IModel>.Fail(refusal);
            graph.Run(work);
            return trained.Outcome.Map(made => made.Model);
        }

        public Outcome<Prediction> Predict(ILearner learner, LeafRows rows, Seed seed, IModel model, LeafRows held) =>
            model.Predict(held.Frame);

        public ILeaves At(ILeaves place) => place;
    }

    private sealed class Journaled(ILeaves leaves, IJournal journal) : ILeaves
    {
        // The journal keeps the model, too.
        public Outcome<IModel> Fit(Leaf leaf, WorkSharing work) =>
            Remembered(leaf.Learner, leaf.Key, () => leaves.Fit(leaf with { HeldOnly = false }, work));

        public Outcome<Prediction> Predict(ILearner learner, LeafRows rows, Seed seed, IModel model, LeafRows held) =>
            Remembered(learner, FitKey.OfHeld(learner, rows, seed, held),
                () => leaves.Predict(learner, rows, seed, model, held));

        public ILeaves At(ILeaves place) => new Journaled(leaves.At(place), journal);

        private Outcome<T> Remembered<T>(ILearner learner, FitKey? key, Func<Outcome<T>> make) where T : class
        {
            if (key is not { } known)
            {
                journal.Passed(learner);
                return make();
            }

            if (journal.Find<T>(known) is { } found) return found;
            var made = make();
            if (made is Outcome<T>.Ok ok) journal.Keep(known, ok);
            return made;
        }
    }
}
