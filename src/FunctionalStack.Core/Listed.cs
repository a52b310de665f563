namespace FunctionalStack;

/// <summary>Formats lists in messages.</summary>
internal static class Listed
{
    private const int Most = 10;

    /// <summary>The first ten, and the number of further ones.</summary>
    public static string Some(IReadOnlyCollection<string> items) =>
        $"{string.Join(", ", items.Take(Most))}{(items.Count > Most ? $" and {items.Count - Most} more" : "")}";
}
