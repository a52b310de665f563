using System.Globalization;
using System.Text;

namespace FunctionalStack.Cli.Output;

/// <summary>Makes text from files and arguments safe to print: no control characters, limited length.</summary>
internal static class Plain
{
    private const int Most = 4000;

    /// <summary>Escapes control characters and unpaired surrogates, and truncates long text. Line breaks are kept.</summary>
    public static string Text(string text) => text.Length <= Most ? Escaped(text) : $"{Escaped(text[..Most])} ...";

    /// <summary>Escapes like <see cref="Text"/>, without truncation.</summary>
    public static string Escaped(string text)
    {
        if (!text.Any(letter => IsSuspect(letter))) return text;
        var plain = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (char.IsHighSurrogate(letter) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
                plain.Append(letter).Append(text[++at]);
            else if (IsSuspect(letter)) plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else plain.Append(letter);
        }

        return plain.ToString();
    }

    private static bool IsSuspect(char letter) =>
        letter is not '\n' and not '\r' && (char.IsControl(letter) || char.IsSurrogate(letter) || IsDirection(letter));

    // Bidirectional control characters.
    private static bool IsDirection(char letter) => letter is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069';
}

/// <summary>Standard output could not be written.</summary>
internal sealed class OutputException(Exception cause)
    : Exception($"standard output cannot be written: {cause.Message.TrimEnd('.')}. Check its destination and the free disk space.", cause);
