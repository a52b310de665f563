using System.Globalization;
using System.Text.RegularExpressions;

namespace FunctionalStack;

/// <summary>The location of failures and notes, outermost first.</summary>
internal static partial class Location
{
    private const string Separator = ": ";

    /// <summary>A location within another. A base that has the name of its learner is named once.</summary>
    public static string Within(string outer, string inner) =>
        outer.Length == 0 || inner == outer || inner.StartsWith(outer + Separator, StringComparison.Ordinal) ? inner
        : inner.Length == 0 ? outer
        : outer + Separator + inner;

    /// <summary>The location with <paramref name="rows"/> added to its row number, if it has one. A quoted name is no row
    /// number.</summary>
    public static string Below(string where, long rows) => rows == 0 ? where : RowNumber().Replace(where,
        number => (long.Parse(number.ValueSpan, CultureInfo.InvariantCulture) + rows).ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"(?<=(^|[,:] )row )\d+(?=$|[,:] )", RegexOptions.CultureInvariant)]
    private static partial Regex RowNumber();
}
