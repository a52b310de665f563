namespace FunctionalStack;

/// <summary>Training rows as data: a frame, which of its rows, and their roles.</summary>
/// <param name="AllRows">The columns of all rows that the fits of one place share.</param>
/// <param name="Rows">The rows taken, in that order; null for all.</param>
/// <param name="Roles">The roles of the rows taken.</param>
public sealed record LeafRows(Frame AllRows, EquatableArray<int>? Rows, Roles Roles)
{
    /// <summary>The rows taken, as a dataset; the columns are shared, not copied.</summary>
    public Dataset Data => new(Rows is { } rows ? AllRows.Take(rows) : AllRows, Roles);
}

/// <summary>
/// A fit as data: what is fitted, on which rows, by which seed. Whoever fits it, where and when, gets the same bits.
/// </summary>
public sealed record Leaf(ILeafLearner Learner, LeafRows Rows, Seed Seed)
{
    /// <summary>The key that results are kept under; null where the learner holds something else than plain data.</summary>
    public FitKey? Key => FitKey.Of(Learner, Rows.Data, Seed);

    /// <summary>Bytes that the fit is estimated to need (<see cref="MemoryEstimate"/>).</summary>
    public long Memory => MemoryEstimate.Of(Learner, Rows.Roles.Count, Rows.AllRows.Columns.Count, Rows.Roles.Target);
}

/// <summary>Who fits leaves and predicts by their models: this process, a journal before it, other machines. Safe from any thread.</summary>
public interface ILeaves
{
    Outcome<IModel> Fit(Leaf leaf, WorkSharing work);

    /// <summary>What <paramref name="model"/>, of <paramref name="learner"/>'s fit on these rows by this seed, predicts of <paramref name="held"/>.</summary>
    Outcome<Prediction> Predict(ILearner learner, LeafRows rows, Seed seed, IModel model, Frame held);
}

/// <summary>Ways to get leaves done.</summary>
public static class Leaves
{
    /// <summary>In this process, on the calling thread and those that help it.</summary>
    public static ILeaves Here { get; } = new Local();

    /// <summary>Asks <paramref name="journal"/> first, and keeps there what it did not have.</summary>
    public static ILeaves Through(this ILeaves leaves, IJournal journal) => new Journaled(leaves, journal);

    private sealed class Local : ILeaves
    {
        public Outcome<IModel> Fit(Leaf leaf, WorkSharing work)
        {
            // A part that may fail gets here unchecked.
            if (leaf.Learner.Refuse<IModel>(leaf.Rows.Roles) is { } refused) return refused;
            return leaf.Learner is IParallelLearner parallel
                ? parallel.FitLeaf(leaf.Rows.Data, leaf.Seed, work)
                : leaf.Learner.FitLeaf(leaf.Rows.Data, leaf.Seed);
        }

        public Outcome<Prediction> Predict(ILearner learner, LeafRows rows, Seed seed, IModel model, Frame held) => model.Predict(held);
    }

    private sealed class Journaled(ILeaves leaves, IJournal journal) : ILeaves
    {
        public Outcome<IModel> Fit(Leaf leaf, WorkSharing work) => Remembered(leaf.Learner, leaf.Key, () => leaves.Fit(leaf, work));

        public Outcome<Prediction> Predict(ILearner learner, LeafRows rows, Seed seed, IModel model, Frame held) =>
            Remembered(learner, FitKey.OfPrediction(learner, rows.Data, seed, held), () => leaves.Predict(learner, rows, seed, model, held));

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
