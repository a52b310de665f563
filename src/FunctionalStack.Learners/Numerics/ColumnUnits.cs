namespace FunctionalStack.Learners;

/// <summary>Failures of columns whose unit is too large or too small for a double.</summary>
internal static class ColumnUnits
{
    /// <summary>The failure of a column whose range overflows a double; null if it does not.</summary>
    public static Failure? TooWide(string where, Moments moments) => moments.Overflows
        ? new(where, $"the values span from {moments.Min} to {moments.Max}, which overflows a double", "Scale the column down.") : null;

    /// <summary>The failure of a column that cannot be divided by its deviation.</summary>
    public static Failure TooNarrow(string where, double deviation) =>
        new(where, $"the standard deviation is {deviation}, and its inverse overflows a double", "Scale the column up.");
}
