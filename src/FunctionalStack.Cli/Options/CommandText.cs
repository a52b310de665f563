using System.CommandLine;
using System.Text.RegularExpressions;

namespace FunctionalStack.Cli.Options;

/// <summary>Command lines as text to be copied, in the notation of POSIX shells.</summary>
internal static partial class CommandText
{
    /// <summary>The command line that was given.</summary>
    public static string Of(ParseResult parsed) => Of(parsed.Tokens.Select(token => token.Value));

    /// <summary>A command line with these words after the name of the tool.</summary>
    public static string Of(IEnumerable<string> words) => string.Join(' ', words
        .Select(word => Plainly().IsMatch(word) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'").Prepend("fstack"));

    /// <summary>The options that were given, with their values, but for some.</summary>
    public static IEnumerable<string> Given(ParseResult parsed, params Option[] except) => parsed.CommandResult.Command.Options
        .Except(except).Where(option => parsed.IsGiven(option)).SelectMany(option => parsed.GetResult(option)!.Tokens switch
        {
            [] => [option.Name],
            var values => values.SelectMany(value => (string[])[option.Name, value.Value]),
        });

    [GeneratedRegex(@"^[A-Za-z0-9_./:=,@%+-]+$")]
    private static partial Regex Plainly();
}
