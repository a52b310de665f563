namespace FunctionalStack;

/// <summary>
/// Parameter checks for <see cref="ISpec.Validate"/>. Each returns a failure, or null if the parameter is in range. Use
/// the parameter names of specs: <c>Ensure.All(Name, Ensure.Positive("c", C, 1))</c>.
/// </summary>
public static class Ensure
{
    /// <summary>The largest number of parts of one kind, such as trees, in a spec. Each takes memory before the first is fitted.</summary>
    internal const int MostParts = 100_000;

    /// <summary>The failures among <paramref name="checks"/>, in order, each located at <paramref name="name"/>.</summary>
    public static EquatableArray<Failure> All(string name, params IEnumerable<Failure?> checks) =>
        EquatableArray.From(checks.OfType<Failure>().Select(fault => fault.At(name)));

    /// <summary>A general check. If <paramref name="holds"/> is false, the failure reads "<c>parameter</c> is <c>value</c>. Give
    /// <c>wanted</c>."</summary>
    public static Failure? That<T>(bool holds, string parameter, T value, string wanted) =>
        holds ? null : new("", FormattableString.Invariant($"{parameter} is {value}"), $"Give {wanted}.");

    /// <summary>Checks for a finite number above 0.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="value">The parameter's value.</param>
    /// <param name="suchAs">A typical value, which the message names.</param>
    public static Failure? Positive(string parameter, double value, double suchAs) =>
        That(
            value > 0 && double.IsFinite(value),
            parameter,
            value,
            FormattableString.Invariant($"a finite number above 0, such as {suchAs}"));

    /// <summary>Checks for a finite number above 0, or null.</summary>
    public static Failure? Positive(string parameter, double? value) =>
        That(value is null || (value > 0 && double.IsFinite(value.Value)), parameter, value, "a finite number above 0, or none");

    /// <summary>Checks for a finite number of at least 0.</summary>
    public static Failure? NotNegative(string parameter, double value) =>
        That(value >= 0 && double.IsFinite(value), parameter, value, "a finite number of at least 0");

    /// <summary>Checks for a finite number.</summary>
    public static Failure? Finite(string parameter, double value) => That(double.IsFinite(value), parameter, value, "a finite number");

    /// <summary>Checks for a number above 0 and at most 1.</summary>
    public static Failure? Share(string parameter, double value) =>
        That(value > 0 && value <= 1, parameter, value, "a number above 0 and at most 1");

    /// <summary>Checks for a number from 0 to 1, inclusive.</summary>
    public static Failure? FromZeroToOne(string parameter, double value) =>
        That(value is >= 0 and <= 1, parameter, value, "a number from 0 to 1");

    /// <summary>Checks for a number above 0 and below 1.</summary>
    public static Failure? Between(string parameter, double value) =>
        That(value > 0 && value < 1, parameter, value, "a number above 0 and below 1");

    /// <summary>Checks for an integer of at least <paramref name="least"/>.</summary>
    public static Failure? AtLeast(string parameter, int value, int least) => That(value >= least, parameter, value, $"at least {least}");

    /// <summary>Checks for an integer of at least <paramref name="least"/>, or null.</summary>
    public static Failure? AtLeast(string parameter, int? value, int least) =>
        That(!(value < least), parameter, value, $"at least {least}, or none");

    /// <summary>Checks a number of fits, trees, rounds or folds: from <paramref name="least"/> to 100,000.</summary>
    public static Failure? Count(string parameter, int value, int least = 1) => InRange(parameter, value, least, MostParts);

    /// <summary>Checks for an integer from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static Failure? InRange(string parameter, int value, int least, int most) =>
        That(value >= least && value <= most, parameter, value, $"a whole number from {least} to {most}");

    /// <summary>Checks for a defined member of the enumeration.</summary>
    public static Failure? Defined<T>(string parameter, T value) where T : struct, Enum =>
        That(Enum.IsDefined(value), parameter, Convert.ToInt64(value), $"one of {string.Join(", ", Enum.GetNames<T>().Select(CamelCase))}");

    /// <summary>Checks that no name is repeated.</summary>
    public static Failure? Distinct(string parameter, IEnumerable<string> names) =>
        Twice(names) is { } twice ? new("", $"{parameter} names '{twice}' twice", "Name it once.") : null;

    /// <summary>A failure for each of <paramref name="names"/> that is not a column of <paramref name="data"/>.</summary>
    public static EquatableArray<Failure> Present(IEnumerable<string> names, Frame data) => EquatableArray.From(names
        .Where(name => data.Find(name) is null)
        .Select(name => new Failure($"column '{name}'", "is not in the data", $"Name one of: {Listed.Some([.. data.Names])}.")));

    /// <summary>The first repeated name of <paramref name="names"/>, or null if all differ.</summary>
    public static string? Twice(IEnumerable<string> names) => names.CountBy(name => name).FirstOrDefault(same => same.Value > 1).Key;

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
