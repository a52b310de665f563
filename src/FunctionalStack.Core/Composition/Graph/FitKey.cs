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
    private const int Version = 1;

    /// <summary>The key of a fit. Null if the learner contains anything but plain data (such as a delegate), which has no key.</summary>
    public static FitKey? Of(ILearner learner, Dataset data, Seed seed) => Digest("fit", learner, data, seed, null);

    /// <summary>The key of that fit's predictions of <paramref name="rows"/>.</summary>
    public static FitKey? OfPrediction(ILearner learner, Dataset data, Seed seed, Frame rows) =>
        Digest("predict", learner, data, seed, rows);

    /// <inheritdoc/>
    public override string ToString() => Hex;

    private static FitKey? Digest(string what, ILearner learner, Dataset data, Seed seed, Frame? rows)
    {
        using var digest = new ContentDigest();
        digest.Add(Version);
        digest.Add(what);
        digest.Add(CodeVersion.Of(typeof(FitKey).Assembly));
        if (!digest.AddSpec(learner)) return null;
        digest.Add(seed.State);
        digest.Add(data.Frame);
        digest.Add(data.Roles);
        if (rows is not null) digest.Add(rows);
        return new(digest.Hex());
    }
}
