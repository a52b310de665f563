using System.Reflection;
using Xunit;

namespace FunctionalStack.Cli.Tests;

/// <summary>The house: dependencies point down, and devices are named in one place only.</summary>
public class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> allowed = new()
    {
        ["FunctionalStack.Core"] = [],
        ["FunctionalStack.Learners"] = ["FunctionalStack.Core", "MathNet.Numerics"],
        ["FunctionalStack.IO"] = ["FunctionalStack.Core", "FunctionalStack.Learners", "FunctionalStack.Neural", "CsvHelper"],
        ["FunctionalStack.Neural"] = ["FunctionalStack.Core"],
        ["FunctionalStack.Gpu"] = ["FunctionalStack.Core", "FunctionalStack.Neural", "ILGPU", "ILGPU.Algorithms"],
        ["fstack"] = ["FunctionalStack.Core", "FunctionalStack.Learners", "FunctionalStack.Neural", "FunctionalStack.IO", "FunctionalStack.Gpu", "Spectre.Console", "Spectre.Console.Ansi", "System.CommandLine", "ScottPlot", "SkiaSharp"],
    };

    public static TheoryData<string> Assemblies => [.. allowed.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_refers_only_to_what_lies_below_it(string name)
    {
        var others = Assembly.Load(name).GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(reference => !reference.StartsWith("System.", StringComparison.Ordinal) || reference == "System.CommandLine")
            .Where(reference => reference is not ("netstandard" or "mscorlib" or "System" or "Microsoft.Win32.Primitives"));
        Assert.Empty(others.Except(allowed[name]));
    }

    [Fact]
    public void Models_are_data_sealed_records_without_delegates()
    {
        var models = allowed.Keys.Take(2).SelectMany(name => Assembly.Load(name).GetExportedTypes())
            .Where(type => !type.IsAbstract && (typeof(IModel).IsAssignableFrom(type) || typeof(IMap).IsAssignableFrom(type))).ToArray();
        Assert.NotEmpty(models);
        Assert.All(models, type =>
        {
            Assert.True(type.IsSealed, $"{type} is not sealed");
            Assert.NotNull(type.GetMethod("<Clone>$"));
            Assert.DoesNotContain(
                type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public),
                field => typeof(Delegate).IsAssignableFrom(field.FieldType) || typeof(IDisposable).IsAssignableFrom(field.FieldType) || !field.IsInitOnly);
        });
    }
}
