namespace FunctionalStack.Laws;

/// <summary>Whether a law holds.</summary>
public enum LawVerdict
{
    /// <summary>It held in all cases in which there was something to check.</summary>
    Held,

    /// <summary>It is broken: <see cref="LawResult.Detail"/> is a counterexample.</summary>
    Broken,

    /// <summary>There was nothing to check: <see cref="LawResult.Detail"/> is the reason.</summary>
    NotApplicable,
}

/// <summary>The result of one law.</summary>
/// <param name="Law">The name of the law, one of <see cref="LawNames"/>.</param>
/// <param name="Verdict">Whether it holds.</param>
/// <param name="Detail">The counterexample, the reason, or the number of cases.</param>
/// <param name="Case">The case of a counterexample: <see cref="LawOptions.First"/> begins with it.</param>
public sealed record LawResult(string Law, LawVerdict Verdict, string Detail, int? Case = null)
{
    /// <summary>Whether the law is broken.</summary>
    public bool IsBroken => Verdict == LawVerdict.Broken;

    /// <inheritdoc/>
    public override string ToString() => Verdict switch
    {
        LawVerdict.Held => $"{Law}: held, {Detail}",
        LawVerdict.Broken => $"{Law}: BROKEN{(Case is { } at ? $" in case {at}" : "")}: {Detail}",
        _ => $"{Law}: not applicable, {Detail}",
    };
}
