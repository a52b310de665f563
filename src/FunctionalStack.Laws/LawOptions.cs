namespace FunctionalStack.Laws;

/// <summary>How laws are checked: plain data.</summary>
public sealed record LawOptions
{
    /// <summary>The seed of the random tables and of the fits.</summary>
    public Seed Seed { get; init; } = Seed.Of(42);

    /// <summary>The number of random tables; at least 1. Each takes about 25 fits, so that a slow learner needs few.</summary>
    public int Cases { get; init; } = 20;

    /// <summary>The number of the first table, to repeat a counterexample (<see cref="LawResult.Case"/>).</summary>
    public int First { get; init; }

    /// <summary>
    /// The table of a case; null for random ones that fit the capabilities: up to three columns of numbers, <c>x0</c>, <c>x1</c>,
    /// <c>x2</c>, up to two of categories, <c>c0</c> and <c>c1</c>, and some weights.
    /// </summary>
    public Func<Seed, Dataset>? Data { get; init; }

    /// <summary>The catalogue that lists the records of the model, to save and load it; null to leave this law out.</summary>
    public Catalogue? Catalogue { get; init; }

    /// <summary>Whether a fit deals rows to folds or random draws by their place, as bagging does. Laws on repeated rows and on the order
    /// of rows are then left out.</summary>
    public bool DealsRows { get; init; }

    /// <summary>The same learner or transform with parameters out of range, each of which must be refused before rows are read.</summary>
    public EquatableArray<ISpec> Invalid { get; init; }

    /// <summary>The number of bases below a learner that reads only predictions; at least 1.</summary>
    public int Bases { get; init; } = 2;

    /// <summary>The names of the laws to check (<see cref="LawNames"/>); empty for all.</summary>
    public EquatableArray<string> Only { get; init; }

    /// <summary>The names of laws to leave out.</summary>
    public EquatableArray<string> Except { get; init; }
}
