using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FunctionalStack.IO;

/// <summary>Spec files: a learner or a stack as JSON (docs/spec.md).</summary>
public static partial class SpecFile
{
    /// <summary>The version of the spec format.</summary>
    public const int Version = 1;

    /// <summary>Enough for stacks nested dozens of levels deep; limited so that a crafted file cannot exhaust the call stack.</summary>
    internal const int MaxDepth = 256;

    /// <summary>Indented JSON, the same on every machine.</summary>
    internal static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
    };

    /// <summary>Reads the spec in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalogue">The known learners and transforms; null for the library's.</param>
    public static Outcome<StackSpec> Read(string path, Catalogue? catalogue = null) =>
        InputFile.Read(path, "a spec file", file => Parse(File.ReadAllText(file), file, catalogue));

    /// <summary>Parses a spec. A failure names the file and the JSON path, such as <c>$.stack.bases[1].learner</c>.</summary>
    /// <param name="text">JSON.</param>
    /// <param name="fileName">The file name for messages.</param>
    /// <param name="catalogue">The known learners and transforms; null for the library's.</param>
    public static Outcome<StackSpec> Parse(string text, string fileName, Catalogue? catalogue = null)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new()
            {
                MaxDepth = MaxDepth,
                AllowDuplicateProperties = false,
                CommentHandling = JsonCommentHandling.Skip,
            });
            return Refusal.Try(fileName, () => new SpecReader(SpecNames.Of(catalogue)).Read(new(document.RootElement, "$")));
        }
        catch (JsonException exception)
        {
            var where = exception.LineNumber is { } line
                ? $"{fileName}, line {line + 1}, column {exception.BytePositionInLine + 1}" : fileName;
            return Outcome.Fail<StackSpec>(where, $"this is not JSON: {Explained(exception.Message)}", "Fix the JSON at this position.");
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // An invalid surrogate, as a character or as an escape.
            return Outcome.Fail<StackSpec>(fileName, "the text is not valid Unicode", "Save the file as UTF-8.");
        }
    }

    /// <summary>
    /// The spec as JSON; parsing it gives the same spec. Fails for a learner or transform that the catalogue has no name for.
    /// </summary>
    /// <param name="spec">The spec.</param>
    /// <param name="catalogue">The known learners and transforms; null for the library's.</param>
    public static Outcome<string> Write(StackSpec spec, Catalogue? catalogue = null) => Written(spec, catalogue, null);

    /// <summary>The same, with comments for someone who will change it: a title, what the parts do, and the description of each
    /// base's learner.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="title">The first comment; it may have several lines.</param>
    /// <param name="catalogue">The known learners and transforms; null for the library's.</param>
    public static Outcome<string> WriteCommented(StackSpec spec, string title, Catalogue? catalogue = null) =>
        Written(spec, catalogue, new(title, catalogue ?? Library.Catalogue));

    private static Outcome<string> Written(StackSpec spec, Catalogue? catalogue, SpecComments? comments) => Refusal.Try("spec", () =>
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            new SpecWriter(json, SpecNames.Of(catalogue), comments).Write(spec);
        }

        // The writer puts the comma that ends a value behind the comment of the next.
        return AfterComment().Replace(Encoding.UTF8.GetString(stream.ToArray()), ",$1");
    });

    [GeneratedRegex(@"(\n */\*(?:(?!\*/).)*\*/),", RegexOptions.Singleline)]
    private static partial Regex AfterComment();

    // System.Text.Json adds "LineNumber: 3 | BytePositionInLine: 7." to its message.
    private static string Explained(string message) => message.Contains("trailing comma", StringComparison.Ordinal)
        ? "there is a comma before a closing bracket"
        : message.Contains("configured depth", StringComparison.Ordinal)
        ? $"it is nested more than {MaxDepth} deep"
        : message.Split(" LineNumber:")[0].Split(" Change the reader options")[0].TrimEnd('.', ' ');
}
