namespace FunctionalStack.Preprocessing;

/// <summary>The words of a text: its longest runs of letters and digits, in lower case, of at least 2 characters.</summary>
internal static class Words
{
    private const int LeastLength = 2;

    /// <summary>The words in order, repeated as often as they occur.</summary>
    public static IEnumerable<string> Of(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var from = at;
            while (at < text.Length && char.IsLetterOrDigit(text[at])) at++;
            if (at - from >= LeastLength) yield return text[from..at].ToLowerInvariant();
        }
    }
}
