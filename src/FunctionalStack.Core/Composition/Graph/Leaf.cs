namespace FunctionalStack;

/// <summary>Training rows as data: a frame, the selected rows, and their roles.</summary>
/// <param name="AllRows">The columns of all rows, shared by the fits of one place in the composition.</param>
/// <param name="Rows">The selected rows, in that order; null for all.</param>
/// <param name="Roles">The roles of the selected rows.</param>
public sealed record LeafRows(Frame AllRows, EquatableArray<int>? Rows, Roles Roles)
{
    /// <summary>The selected rows as a dataset. The columns are shared, not copied.</summary>
    public Dataset Data => new(Rows is { } rows ? AllRows.Take(rows) : AllRows, Roles);
}

/// <summary>
/// A fit as data: the learner, the training rows and the seed. Its result does not depend on the place or time of its fit, bit for bit.
/// </summary>
/// <param name="Learner">The learner.</param>
/// <param name="Rows">The training rows.</param>
/// <param name="Seed">The seed.</param>
public sealed record Leaf(ILeafLearner Learner, LeafRows Rows, Seed Seed)
{
    /// <summary>Its place in the composition, as in progress reports: <c>forest, fold 2 of 5: randomForest</c>. No part of
    /// <see cref="Key"/>.</summary>
    public string Place { get; init; } = "";

    /// <summary>The key under which results are cached; null if the learner contains anything but plain data.</summary>
    public FitKey? Key => FitKey.Of(Learner, Rows.Data, Seed);

    /// <summary>The estimated memory of the fit in bytes (<see cref="MemoryEstimate"/>).</summary>
    public long Memory => MemoryEstimate.Of(Learner, Rows.Roles.Count, Rows.AllRows.Columns.Count, Rows.Roles.Target);
}

/// <summary>Fits leaves and predicts with their models: in this process, through a journal, or on other machines. Thread-safe.</summary>
public interface ILeaves
{
    /// <summary>Fits the leaf.</summary>
    Outcome<IModel> Fit(Leaf leaf, WorkSharing work);

    /// <summary>Predicts <paramref name="held"/> with <paramref name="model"/>, the result of fitting <paramref name="learner"/> to these
    /// rows with this seed.</summary>
    Outcome<Prediction> Predict(ILearner learner, LeafRows rows, Seed seed, IModel model, Frame held);

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
            return leaf.Learner is IParallelLearner parallel
                ? parallel.FitLeaf(leaf.Rows.Data, leaf.Seed, work)
                : leaf.Learner.FitLeaf(leaf.Rows.Data, leaf.Seed);
        }

        public Outcome<Prediction> Predict(ILearner learner, LeafRows rows, Seed seed, IModel model, Frame held) => model.Predict(held);

        public ILeaves At(ILeaves place) => place;
    }

    private sealed class Journaled(ILeaves leaves, IJournal journal) : ILeaves
    {
        public Outcome<IModel> Fit(Leaf leaf, WorkSharing work) => Remembered(leaf.Learner, leaf.Key, () => leaves.Fit(leaf, work));

        public Outcome<Prediction> Predict(ILearner learner, LeafRows rows, Seed seed, IModel model, Frame held) =>
            Remembered(learner, FitKey.OfPrediction(learner, rows.Data, seed, held),
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
