namespace FunctionalStack;

/// <summary>The location of failures and notes, outermost first.</summary>
internal static class Location
{
    private const string Separator = ": ";

    /// <summary>A location within another. A base that has the name of its learner is named once.</summary>
    public static string Within(string outer, string inner) =>
        outer.Length == 0 || inner == outer || inner.StartsWith(outer + Separator, StringComparison.Ordinal) ? inner
        : inner.Length == 0 ? outer
        : outer + Separator + inner;
}
