using System.Diagnostics.CodeAnalysis;

namespace FunctionalStack.Learners;

/// <summary>
/// The number of columns drawn, without replacement, as candidates for each split. Drawing continues beyond that number
/// until a column is found that is not constant in the node. <c>default</c> is <see cref="Usual"/>.
/// </summary>
public readonly record struct MaxFeatures : IParsable<MaxFeatures>
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

    /// <summary>All columns for a single tree and for regression; the square root of their number for a classification forest.</summary>
    public static MaxFeatures Usual => default;

    /// <summary>All columns.</summary>
    public static MaxFeatures All => new(Rule.All, 0);

    /// <summary>The square root of the number of columns, rounded down.</summary>
    public static MaxFeatures Sqrt => new(Rule.Sqrt, 0);

    /// <summary>The logarithm to base 2 of the number of columns, rounded down.</summary>
    public static MaxFeatures Log2 => new(Rule.Log2, 0);

    /// <summary>A fixed number, at least 1. If it exceeds the number of columns, all are used.</summary>
    public static MaxFeatures Of(int count) => new(Rule.Count, count);

    /// <summary>A fraction of the columns, above 0 and at most 1, rounded down.</summary>
    public static MaxFeatures Share(double share) => new(Rule.Share, share);

    /// <summary>
    /// Reads it as in specs: <c>usual</c>, <c>all</c>, <c>sqrt</c>, <c>log2</c>, a whole number for a count, or a number with a decimal
    /// point for a share.
    /// </summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static MaxFeatures Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var features) ? features : throw new FormatException($"'{s}' is not a number of columns.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MaxFeatures result)
    {
        (var known, result) = s switch
        {
            "usual" => (true, Usual),
            "all" => (true, All),
            "sqrt" => (true, Sqrt),
            "log2" => (true, Log2),
            _ when int.TryParse(s, provider, out var count) => (true, Of(count)),
            _ when double.TryParse(s, provider, out var share) => (true, Share(share)),
            _ => (false, Usual),
        };
        return known;
    }

    internal MaxFeatures Or(MaxFeatures usual) => Kind == Rule.Usual ? usual : this;

    /// <summary>Its fault as a parameter; null if it is valid.</summary>
    internal Failure? Fault(string parameter) => Kind switch
    {
        Rule.Count => Ensure.That(Amount >= 1, parameter, Amount, "a count of at least 1"),
        Rule.Share => Ensure.That(
            Amount > 0 && Amount <= 1, parameter, FormattableString.Invariant($"a share of {Amount}"), "a share above 0 and at most 1"),
        _ => null,
    };

    /// <summary>The number of candidates among <paramref name="columns"/> columns.</summary>
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

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        Rule.Count => $"{Amount}",
        Rule.Share => $"{Amount:R} of all",
        _ => Kind.ToString(),
    };
}
