using System.Text.RegularExpressions;

namespace FunctionalStack.Cli.Output;

/// <summary>
/// Notes as lines of text. Of several that differ only in names and numbers, such as those of many rare classes in each fold, the first is
/// printed, and the number of the others.
/// </summary>
internal static partial class NoteLines
{
    // Two lines are as short as one line and a count.
    private const int MostAlike = 2;

    public static IEnumerable<string> Of(EquatableArray<Note> notes) =>
        notes.GroupBy(note => NamesAndNumbers().Replace(note.What, "#")).SelectMany(alike =>
        {
            var lines = Note.Summary(EquatableArray.From(alike));
            return lines.Count <= MostAlike ? lines : [$"{lines[0]}, and {lines.Count - 1} similar notes (--json has all)"];
        });

    // A list of names counts as one.
    [GeneratedRegex(@"'[^']*'( \(\d+ rows?\))?((, | and )'[^']*'( \(\d+ rows?\))?)*( and \d+ more)?|\d+")]
    private static partial Regex NamesAndNumbers();
}
