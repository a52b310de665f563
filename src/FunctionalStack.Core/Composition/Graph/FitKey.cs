namespace FunctionalStack;

/// <summary>
/// A digest of everything that determines a fit: the learner with all parameters, the training rows (columns, target,
/// weights, groups, folds and times), the seed and the code. Equal keys mean equal results, so cached results never become
/// stale: other data or another spec has another key.
/// </summary>
/// <param name="Hex">A SHA-256 digest in lower-case hexadecimal.</param>
public readonly record struct FitKey(string Hex)
{
    // Incremented when the digest changes.
    private const int Version = 2;

    /// <summary>The key of a fit. Null if the learner contains anything but plain data (such as a delegate), which has no key.</summary>
    public static FitKey? Of(ILearner learner, Dataset data, Seed seed) => OfFit(learner, Rows(data), seed);

    /// <summary>The key of that fit's predictions of <paramref name="rows"/>.</summary>
    public static FitKey? OfPrediction(ILearner learner, Dataset data, Seed seed, Frame rows) =>
        OfHeld(learner, Rows(data), seed, new(rows, null, data.Roles));

    /// <inheritdoc/>
    public override string ToString() => Hex;

    internal static FitKey? OfFit(ILearner learner, LeafRows rows, Seed seed) => Digest("fit", learner, rows, seed, null);

    internal static FitKey? OfHeld(ILearner learner, LeafRows rows, Seed seed, LeafRows held) =>
        Digest("predict", learner, rows, seed, held);

    /// <summary>Whether fits of the learner have keys.</summary>
    internal static bool IsKeyed(ILearner learner)
    {
        using var digest = new ContentDigest();
        return digest.AddSpec(learner);
    }

    private static LeafRows Rows(Dataset data) => new(data.Frame, null, data.Roles);

    private static FitKey? Digest(string what, ILearner learner, LeafRows rows, Seed seed, LeafRows? held)
    {
        using var digest = new ContentDigest();
        digest.Add(Version);
        digest.Add(what);
        digest.Add(CodeVersion.Of(typeof(FitKey).Assembly));
        if (!digest.AddSpec(learner)) return null;
        digest.Add(seed.State);
        digest.Add(rows.Digest.Columns(rows));
        digest.Add(rows.Digest.Roles(rows));
        if (held is not null) digest.Add(held.Digest.Columns(held));
        return new(digest.Hex());
    }
}
