using System.Globalization;
using System.Text;

namespace FunctionalStack.Cli.Output;

/// <summary>Text of others in messages: what files and arguments hold must not move the cursor, nor fill the screen.</summary>
internal static class Plain
{
    private const int Most = 4000;

    /// <summary>Control characters and halves of characters as escapes; what is too long, cut. Line ends stay.</summary>
    public static string Text(string text) => text.Length <= Most ? Escaped(text) : $"{Escaped(text[..Most])} ...";

    /// <summary>The same, whole.</summary>
    public static string Escaped(string text)
    {
        if (!text.Any(letter => IsSuspect(letter))) return text;
        var plain = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (char.IsHighSurrogate(letter) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])) plain.Append(letter).Append(text[++at]);
            else if (IsSuspect(letter)) plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else plain.Append(letter);
        }

        return plain.ToString();
    }

    private static bool IsSuspect(char letter) =>
        letter is not '\n' and not '\r' && (char.IsControl(letter) || char.IsSurrogate(letter) || IsDirection(letter));

    // Marks that turn the direction of what follows.
    private static bool IsDirection(char letter) => letter is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069';
}

/// <summary>Results could not be written to standard output.</summary>
internal sealed class OutputException(Exception cause)
    : Exception($"standard output cannot be written: {cause.Message.TrimEnd('.')}. Check where it leads and the space left.", cause);
