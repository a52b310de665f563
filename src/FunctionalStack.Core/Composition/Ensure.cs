namespace FunctionalStack;

/// <summary>
/// Checks of the parameters of a learner or transform, for <see cref="ISpec.Validate"/>: each gives a fault, or null where the
/// parameter is in range. Parameters are named as specs name them: <c>Ensure.All(Name, Ensure.Positive("c", C, 1))</c>.
/// </summary>
public static class Ensure
{
    /// <summary>The most parts of one kind, such as trees, that a spec may ask for: each takes memory before the first is fitted.</summary>
    internal const int MostParts = 100_000;

    /// <summary>The faults among <paramref name="checks"/>, in their order, each at <paramref name="name"/>.</summary>
    public static EquatableArray<Failure> All(string name, params IEnumerable<Failure?> checks) =>
        EquatableArray.From(checks.OfType<Failure>().Select(fault => fault.At(name)));

    /// <summary>The general check: where it does not hold, the fault says "<c>parameter</c> is <c>value</c>. Give <c>wanted</c>."</summary>
    public static Failure? That<T>(bool holds, string parameter, T value, string wanted) =>
        holds ? null : new("", FormattableString.Invariant($"{parameter} is {value}"), $"Give {wanted}.");

    /// <summary>A finite number above 0.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">What it is.</param>
    /// <param name="suchAs">A usual value, which the message names.</param>
    public static Failure? Positive(string parameter, double value, double suchAs) =>
        That(
            value > 0 && double.IsFinite(value),
            parameter,
            value,
            FormattableString.Invariant($"a finite number above 0, such as {suchAs}"));

    /// <summary>A finite number above 0, or none.</summary>
    public static Failure? Positive(string parameter, double? value) =>
        That(value is null || (value > 0 && double.IsFinite(value.Value)), parameter, value, "a finite number above 0, or none");

    /// <summary>A finite number of at least 0.</summary>
    public static Failure? NotNegative(string parameter, double value) =>
        That(value >= 0 && double.IsFinite(value), parameter, value, "a finite number of at least 0");

    /// <summary>A finite number.</summary>
    public static Failure? Finite(string parameter, double value) => That(double.IsFinite(value), parameter, value, "a finite number");

    /// <summary>A number above 0 and at most 1.</summary>
    public static Failure? Share(string parameter, double value) =>
        That(value > 0 && value <= 1, parameter, value, "a number above 0 and at most 1");

    /// <summary>A number from 0 to 1, both among them.</summary>
    public static Failure? FromZeroToOne(string parameter, double value) =>
        That(value is >= 0 and <= 1, parameter, value, "a number from 0 to 1");

    /// <summary>A number above 0 and below 1.</summary>
    public static Failure? Between(string parameter, double value) =>
        That(value > 0 && value < 1, parameter, value, "a number above 0 and below 1");

    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    public static Failure? AtLeast(string parameter, int value, int least) => That(value >= least, parameter, value, $"at least {least}");

    /// <summary>A whole number of at least <paramref name="least"/>, or none.</summary>
    public static Failure? AtLeast(string parameter, int? value, int least) =>
        That(!(value < least), parameter, value, $"at least {least}, or none");

    /// <summary>How many fits, trees, rounds or folds: from <paramref name="least"/> to 100,000, which is more than any machine has use for.</summary>
    public static Failure? Count(string parameter, int value, int least = 1) => InRange(parameter, value, least, MostParts);

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static Failure? InRange(string parameter, int value, int least, int most) =>
        That(value >= least && value <= most, parameter, value, $"a whole number from {least} to {most}");

    /// <summary>A member of its enumeration.</summary>
    public static Failure? Defined<T>(string parameter, T value) where T : struct, Enum =>
        That(Enum.IsDefined(value), parameter, Convert.ToInt64(value), $"one of {string.Join(", ", Enum.GetNames<T>().Select(CamelCase))}");

    /// <summary>Names of which none is given twice.</summary>
    public static Failure? Distinct(string parameter, IEnumerable<string> names) =>
        Twice(names) is { } twice ? new("", $"{parameter} names '{twice}' twice", "Name it once.") : null;

    /// <summary>A fault for each of <paramref name="names"/> that is not a column of <paramref name="data"/>.</summary>
    public static EquatableArray<Failure> Present(IEnumerable<string> names, Frame data) => EquatableArray.From(names
        .Where(name => data.Find(name) is null)
        .Select(name => new Failure($"column '{name}'", "is not in the data", $"Name one of: {Listed.Some([.. data.Names])}.")));

    /// <summary>The first of <paramref name="names"/> that comes again; null where all differ.</summary>
    public static string? Twice(IEnumerable<string> names) => names.CountBy(name => name).FirstOrDefault(same => same.Value > 1).Key;

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
