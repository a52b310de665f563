using System.Text.Json;
using Xunit;

namespace FunctionalStack.Cli.Tests;

/// <summary>A temporary folder, and the tool run on it inside this process.</summary>
internal sealed class Fstack : IDisposable
{
    /// <summary>Two fast bases. Only the folds depend on the seed.</summary>
    public const string Quick =
        """{"version":1,"stack":{"folds":{"k":3},"bases":[{"learner":"knn"},{"learner":"naiveBayes"}],"meta":{"learner":"logistic"}}}""";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fstack-tests-");

    /// <summary>By default a folder with <c>data.csv</c> and <c>spec.json</c>.</summary>
    public Fstack(Sheet? data = null, string spec = Quick)
    {
        Write("data.csv", (data ?? Sheet.Passengers()).Text);
        Write("spec.json", spec);
    }

    public string Folder => folder.FullName;

    public string At(string name) => Path.Combine(Folder, name);

    public Fstack Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return this;
    }

    public Sheet Table(string name) => Sheet.Read(At(name));

    public byte[] Bytes(string name) => File.ReadAllBytes(At(name));

    /// <summary>Runs a command line. An argument that starts with <c>./</c> is a path in the folder.</summary>
    public Ran Run(string line, CancellationToken cancellation = default) => Run(line, new StringWriter(), cancellation);

    public Ran Run(string line, TextWriter error, CancellationToken cancellation)
    {
        var output = new StringWriter();
        var code = App.Run(Words(line), output, error, cancellation);
        return new(code, output.ToString(), error.ToString()!.Replace(Folder + Path.DirectorySeparatorChar, ""));
    }

    /// <summary>The arguments of a command line, with full paths; <c>''</c> is an empty argument.</summary>
    public string[] Words(string line) =>
        [.. line.Split(' ').Select(word => word == "''" ? "" : word.StartsWith("./") ? At(word[2..]) : word)];

    /// <summary>Runs a command that should succeed, and returns its result.</summary>
    public Ran Done(string line)
    {
        var ran = Run(line);
        Assert.True(ran.Code == App.Done, ran.Error);
        return ran;
    }

    /// <summary>
    /// Runs a command that should be refused: exit code 2, one line on standard error, nothing on standard output, and an
    /// unchanged folder. Returns the message, with paths relative to the folder.
    /// </summary>
    public string Refused(string line)
    {
        var before = Snapshot();
        var ran = Run(line);
        Assert.True(ran.Code == App.BadInput, $"exit code {ran.Code}: {ran.Error}");
        Assert.Empty(ran.Output);
        Assert.StartsWith("fstack: ", ran.Error);
        Assert.Equal(ran.Error.Length - 1, ran.Error.IndexOf('\n'));
        Assert.Equal(before, Snapshot());
        return ran.Error["fstack: ".Length..^1];
    }

    /// <summary>All files with their content.</summary>
    public (string Name, string Bytes)[] Snapshot() =>
        [.. folder.EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal)
            .Select(file => (file.FullName, Convert.ToBase64String(File.ReadAllBytes(file.FullName))))];

    public string[] Files => [.. folder.EnumerateFileSystemInfos().Select(file => file.Name).Order(StringComparer.Ordinal)];

    public void Dispose() => folder.Delete(recursive: true);
}

/// <summary>The exit code and the output of a run.</summary>
internal sealed record Ran(int Code, string Output, string All)
{
    private const string Heading = "how the columns were read:";

    /// <summary>Standard error without the lines of <see cref="Reading"/>.</summary>
    public string Error =>
        string.Concat(All.Split('\n').Where(line => line != Heading && !line.StartsWith("  "))
            .Select((line, i) => i == 0 ? line : "\n" + line));

    /// <summary>How the columns were read.</summary>
    public string[] Reading =>
        [.. All.Split('\n').SkipWhile(line => line != Heading).Skip(1).TakeWhile(line => line.StartsWith("  "))
            .Select(line => line.Trim())];

    public string[] Notes => [.. Error.Split('\n').Where(line => line.StartsWith("note: ")).Select(line => line["note: ".Length..])];

    /// <summary>The JSON object on standard output.</summary>
    public JsonElement Json
    {
        get
        {
            Assert.Equal(Output.Length - 1, Output.IndexOf('\n'));
            return JsonDocument.Parse(Output).RootElement;
        }
    }
}

internal static class JsonElements
{
    public static string[] Keys(this JsonElement json) => [.. json.EnumerateObject().Select(pair => pair.Name)];

    public static JsonElement[] Items(this JsonElement json, string key) => [.. json.GetProperty(key).EnumerateArray()];

    public static string[] Texts(this JsonElement json, string key) => [.. json.Items(key).Select(item => item.GetString()!)];

    public static double[] Numbers(this JsonElement json, string key) => [.. json.Items(key).Select(item => item.GetDouble())];

    public static JsonElement Model(this JsonElement json, string name) =>
        json.Items("models").Single(model => model.GetProperty("name").GetString() == name);
}
