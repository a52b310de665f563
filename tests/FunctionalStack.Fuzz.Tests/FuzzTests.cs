using System.Runtime.CompilerServices;
using Xunit;

namespace FunctionalStack.Fuzz.Tests;

/// <summary>
/// Parsers read anything: each input is refused by a message, or read as what it says, without an exception, within seconds and 1 GB.
/// FSTACK_FUZZ=100000 reads so many inputs for each parser (<see cref="Fuzzer.Check"/>).
/// </summary>
public class FuzzTests
{
    private static readonly Parser[] Parsers =
        [Texts.Csv, Texts.Spec, Files.Parquet, Files.Arrow, Files.Images, Files.Labels, Files.Pictures, Models.All, Models.Checkpoints,
            Nets.Onnx];

    public static TheoryData<string> Names() => [.. Parsers.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Changed_inputs_are_refused_or_read_as_what_they_say(string name) => Fuzzer.Check(Of(name));

    /// <summary>The corpus itself is read, so that most changes are near to what is read.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Unchanged_inputs_are_read(string name)
    {
        var target = Of(name);
        Assert.All(target.Corpus, (input, at) => Assert.Null(Fuzzer.WrongWith(target, target.Finish(input, 1))));
    }

    /// <summary>Inputs that once broke a parser.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Inputs_that_were_found_are_refused_or_read(string name)
    {
        var folder = Path.Combine(Here(), "Found", name);
        if (!Directory.Exists(folder)) return;
        Assert.All(Directory.GetFiles(folder), path => Assert.Null(Fuzzer.WrongWith(Of(name), File.ReadAllBytes(path))));
    }

    private static Parser Of(string name) => Parsers.Single(target => target.Name == name);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
