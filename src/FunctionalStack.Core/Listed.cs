namespace FunctionalStack;

/// <summary>Lists of words in messages.</summary>
internal static class Listed
{
    private const int Most = 10;

    /// <summary>The first ten, and how many more there are.</summary>
    public static string Some(IReadOnlyCollection<string> words) =>
        $"{string.Join(", ", words.Take(Most))}{(words.Count > Most ? $" and {words.Count - Most} more" : "")}";
}
