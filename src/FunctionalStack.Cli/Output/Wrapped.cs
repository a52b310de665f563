using System.Text;

namespace FunctionalStack.Cli.Output;

/// <summary>Wraps prose between words.</summary>
internal static class Wrapped
{
    // Narrower lines are left to the terminal.
    private const int Least = 20;

    /// <summary>Breaks lines longer than <paramref name="width"/> at spaces; a word that is longer stays whole. Continuations are
    /// indented like their line. Null does not wrap.</summary>
    public static string At(int? width, string text) => width is not { } most || most < Least ? text
        : string.Join('\n', text.Split('\n').Select(line => line.Length <= most ? line : Line(line, most)));

    private static string Line(string line, int width)
    {
        var indent = line[..(line.Length - line.TrimStart(' ').Length)];
        if (indent.Length > width / 2) return line;
        var (wrapped, length) = (new StringBuilder(indent), indent.Length);
        foreach (var word in line[indent.Length..].Split(' '))
        {
            if (length > indent.Length && length + 1 + word.Length > width)
            {
                wrapped.Append('\n').Append(indent);
                length = indent.Length;
            }

            if (length > indent.Length)
            {
                wrapped.Append(' ');
                length++;
            }

            wrapped.Append(word);
            length += word.Length;
        }

        return wrapped.ToString();
    }
}
