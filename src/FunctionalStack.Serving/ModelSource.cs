namespace FunctionalStack.Serving;

/// <summary>A model to serve.</summary>
/// <param name="Name">Its name in URLs: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, at most 64 characters.</param>
/// <param name="Path">The model file, written by <c>fstack fit</c>, <c>fstack train</c> or <c>Save</c>.</param>
public sealed record ModelSource(string Name, string Path)
{
    private const int Longest = 64;

    /// <summary>A model with the name of its file, without the folder and the extension. Characters that a name cannot have become
    /// <c>-</c>.</summary>
    public static ModelSource Of(string path)
    {
        var name = new string([.. System.IO.Path.GetFileNameWithoutExtension(path).Take(Longest).Select(one => IsOfName(one) ? one : '-')]);
        return new(name.Trim('-', '.').Length == 0 ? "model" : name.TrimStart('.'), path);
    }

    internal Failure? Fault => Name.Length is 0 or > Longest || !Name.All(IsOfName) || Name[0] == '.'
        ? new($"the model '{Name}'", "has a name that does not fit into a URL",
            $"Give a name of at most {Longest} letters, digits, '-', '_' and '.', not beginning with '.'.")
        : null;

    private static bool IsOfName(char one) => char.IsAsciiLetterOrDigit(one) || one is '-' or '_' or '.';
}
