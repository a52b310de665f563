namespace FunctionalStack;

/// <summary>
/// All that a fit is a function of, as one digest: the learner with every parameter, the training rows (columns, target,
/// weights, groups, folds and times), the seed and the code. Equal keys mean equal results, so what was found under a key never
/// goes stale: other data or another spec has another key.
/// </summary>
/// <param name="Hex">A SHA-256 in lower-case hexadecimal.</param>
public readonly record struct FitKey(string Hex)
{
    // Raised when the digest is taken otherwise.
    private const int Version = 1;

    /// <summary>The key of a fit; null where the learner holds something else than plain data (a delegate, say), so that two of them can't be told apart.</summary>
    public static FitKey? Of(ILearner learner, Dataset data, Seed seed) => Digest("fit", learner, data, seed, null);

    /// <summary>The key of what the model of that fit predicts of <paramref name="rows"/>.</summary>
    public static FitKey? OfPrediction(ILearner learner, Dataset data, Seed seed, Frame rows) => Digest("predict", learner, data, seed, rows);

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
