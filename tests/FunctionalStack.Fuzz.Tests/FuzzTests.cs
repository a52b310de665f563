using System.Runtime.CompilerServices;
using Xunit;

namespace FunctionalStack.Fuzz.Tests;

/// <summary>
/// Parsers read anything: each input is refused by a message, or read as what it says, without an exception, within seconds and 1 GB.
/// FSTACK_FUZZ=100000 reads so many inputs for each parser; FSTACK_FUZZ_FROM is the first seed,
/// and FSTACK_FUZZ_KEEP a folder for the inputs that are read wrongly.
/// </summary>
public class FuzzTests
{
    private static readonly Parser[] Parsers =
        [Texts.Csv, Texts.Spec, Files.Parquet, Files.Arrow, Files.Images, Files.Labels, Files.Pictures, Models.All, Models.Checkpoints];

    public static TheoryData<string> Names() => [.. Parsers.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Changed_inputs_are_refused_or_read_as_what_they_say(string name)
    {
        var faults = Fuzzer.Faults(Of(name), Setting("FSTACK_FUZZ_FROM", 0), Math.Min(Setting("FSTACK_FUZZ", 2000), Of(name).Most));
        if (Environment.GetEnvironmentVariable("FSTACK_FUZZ_KEEP") is { Length: > 0 } folder) Keep(Of(name), faults, folder);
        Assert.True(faults.Length == 0, string.Join("\n\n", faults.Select(fault => $"{name}, seed {fault.Seed}: {fault.What}")));
    }

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

    private static void Keep(Parser parser, Fault[] faults, string folder)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, parser.Name)).FullName;
        foreach (var fault in faults) File.WriteAllBytes(Path.Combine(own, $"{fault.Seed}"), parser.Input(fault.Seed));
    }

    private static Parser Of(string name) => Parsers.Single(target => target.Name == name);

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : usual;

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
