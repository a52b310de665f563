using System.CommandLine;
using System.Globalization;

namespace FunctionalStack.Cli.Commands;

/// <summary>What can come next on a command line: <c>fstack "[suggest:N]" "LINE"</c> prints the words that can be at character N of
/// LINE, the command line without the name of the tool, one per line. The scripts of <see cref="CompletionCommand"/> ask it.</summary>
internal static class Suggestions
{
    private const string Head = "[suggest:";

    /// <summary>The words; null if the arguments do not ask for them.</summary>
    public static IEnumerable<string>? Asked(RootCommand root, string[] args)
    {
        if (args is not [var directive, var line] || !directive.StartsWith(Head, StringComparison.Ordinal) || directive[^1] != ']'
            || !int.TryParse(directive[Head.Length..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            return null;
        var typed = line[..Math.Min(position, line.Length)];
        var word = typed[(typed.LastIndexOf(' ') + 1)..];
        return root.Parse(typed, new ParserConfiguration { ResponseFileTokenReplacer = null }).GetCompletions(typed.Length)
            .Select(item => item.InsertText ?? item.Label)
            .Where(text => text.StartsWith(word, StringComparison.Ordinal) && !IsSpelling(text))
            .Distinct();
    }

    // Other spellings of --help, and the values of flags.
    private static bool IsSpelling(string text) => text is ['/', ..] or "-?" or "-h" or "True" or "False" or "true" or "false";
}
