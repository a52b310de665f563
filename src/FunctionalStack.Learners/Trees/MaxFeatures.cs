namespace FunctionalStack.Learners;

/// <summary>
/// How many columns are drawn, without replacement, for each split to choose from. Drawing goes on past that number
/// until one column is found that isn't constant in the node. <c>default</c> is <see cref="Usual"/>.
/// </summary>
public readonly record struct MaxFeatures
{
    private MaxFeatures(Rule kind, double amount) => (Kind, Amount) = (kind, amount);

    private enum Rule
    {
        Usual,
        All,
        Sqrt,
        Log2,
        Count,
        Share,
    }

    private Rule Kind { get; }

    private double Amount { get; }

    /// <summary>All columns for a tree and for values; the square root of their number for a forest over classes.</summary>
    public static MaxFeatures Usual => default;

    public static MaxFeatures All => new(Rule.All, 0);

    /// <summary>The square root of the number of columns, rounded down.</summary>
    public static MaxFeatures Sqrt => new(Rule.Sqrt, 0);

    /// <summary>The logarithm to base 2 of the number of columns, rounded down.</summary>
    public static MaxFeatures Log2 => new(Rule.Log2, 0);

    /// <summary>At least 1; more than there are columns means all of them.</summary>
    public static MaxFeatures Of(int count) => new(Rule.Count, count);

    /// <summary>A share of the columns, above 0 and at most 1, rounded down.</summary>
    public static MaxFeatures Share(double share) => new(Rule.Share, share);

    internal MaxFeatures Or(MaxFeatures usual) => Kind == Rule.Usual ? usual : this;

    /// <summary>What is wrong with it as a parameter, if anything.</summary>
    internal Failure? Fault(string parameter) => Kind switch
    {
        Rule.Count => Ensure.That(Amount >= 1, parameter, Amount, "a count of at least 1"),
        Rule.Share => Ensure.That(
            Amount > 0 && Amount <= 1, parameter, FormattableString.Invariant($"a share of {Amount}"), "a share above 0 and at most 1"),
        _ => null,
    };

    /// <summary>How many of so many columns.</summary>
    internal int Resolve(int columns) => Math.Clamp(
        Kind switch
        {
            Rule.Sqrt => (int)Math.Sqrt(columns),
            Rule.Log2 => (int)Math.Log2(Math.Max(columns, 1)),
            Rule.Count => (int)Amount,
            Rule.Share => (int)(Amount * columns),
            _ => columns,
        },
        1,
        Math.Max(columns, 1));

    public override string ToString() => Kind switch
    {
        Rule.Count => $"{Amount}",
        Rule.Share => $"{Amount:R} of all",
        _ => Kind.ToString(),
    };
}
