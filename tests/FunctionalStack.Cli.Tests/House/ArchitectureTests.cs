using System.Reflection;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Cli.Tests.House;

/// <summary>The architecture: dependencies point down, and only one assembly refers to ILGPU.</summary>
public class ArchitectureTests
{
    private const string Gpu = "FunctionalStack.Gpu";

    private const BindingFlags Any =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<string, string[]> allowed = new()
    {
        ["FunctionalStack.Core"] = [],
        ["FunctionalStack.Learners"] = ["FunctionalStack.Core", "MathNet.Numerics"],
        ["FunctionalStack.IO"] =
            ["FunctionalStack.Core", "FunctionalStack.Learners", "FunctionalStack.Neural", "CsvHelper", "StbImageSharp"],
        ["FunctionalStack.Neural"] = ["FunctionalStack.Core"],
        ["FunctionalStack.Onnx"] = ["FunctionalStack.Core", "FunctionalStack.Learners", "FunctionalStack.Neural", "FunctionalStack.IO"],
        ["FunctionalStack.Laws"] = ["FunctionalStack.Core", "FunctionalStack.IO"],
        ["FunctionalStack.Report"] = ["FunctionalStack.Core", "FunctionalStack.Learners", "FunctionalStack.Neural", "FunctionalStack.IO"],
        ["FunctionalStack.Columnar"] =
            ["FunctionalStack.Core", "FunctionalStack.IO", "Apache.Arrow", "Apache.Arrow.Compression", "Parquet"],
        ["FunctionalStack.Serving"] =
            ["FunctionalStack.Core", "FunctionalStack.Learners", "FunctionalStack.Neural", "FunctionalStack.IO", "Microsoft.AspNetCore*",
                "Microsoft.Extensions*", "Microsoft.Net.Http.Headers", "Microsoft.OpenApi", "Swashbuckle.AspNetCore.SwaggerUI"],
        ["FunctionalStack.Cluster"] =
            ["FunctionalStack.Core", "FunctionalStack.IO", "Microsoft.Extensions*",
                "Microsoft.AspNetCore.Connections.Abstractions", "Orleans*",
                "StackExchange.Redis"],
        [Gpu] = ["FunctionalStack.Core", "FunctionalStack.Neural", "ILGPU", "ILGPU.Algorithms"],
        ["FunctionalStack.Demos"] =
            ["FunctionalStack.Core", "FunctionalStack.Learners", "FunctionalStack.Neural", "FunctionalStack.IO", "FunctionalStack.Report"],
        ["fstack"] =
            ["FunctionalStack.Core", "FunctionalStack.Learners", "FunctionalStack.Neural", "FunctionalStack.IO", "FunctionalStack.Columnar",
                "FunctionalStack.Onnx", "FunctionalStack.Report", "FunctionalStack.Serving", "FunctionalStack.Demos", "FunctionalStack.Gpu",
                "FunctionalStack.Cluster", "Microsoft.Extensions.Hosting.Abstractions",
                "Spectre.Console", "Spectre.Console.Ansi", "System.CommandLine"],
    };

    public static TheoryData<string> Assemblies => [.. allowed.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_refers_only_to_lower_assemblies(string name)
    {
        var others = Assembly.Load(name).GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(reference => !reference.StartsWith("System.", StringComparison.Ordinal) || reference == "System.CommandLine")
            .Where(reference => reference is not ("netstandard" or "mscorlib" or "System" or "Microsoft.Win32.Primitives"));
        Assert.DoesNotContain(others, other => !allowed[name].Any(one => one.EndsWith('*')
            ? other.StartsWith(one[..^1], StringComparison.Ordinal) : other == one));
    }

    [Fact]
    public void Every_assembly_of_the_tool_is_listed_and_only_one_refers_to_ILGPU()
    {
        var ours = Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Where(name =>
                name == "fstack"
                    || (name.StartsWith("FunctionalStack.", StringComparison.Ordinal)
                        && name is not ("FunctionalStack.Cli.Tests" or "FunctionalStack.Oracle"
                            or "FunctionalStack.Laws.Tests"))).ToArray();
        Assert.Equal(allowed.Keys.Order(), ours.Order());
        Assert.Equal([Gpu], ours.Where(name => Assembly.Load(name).GetReferencedAssemblies().Any(reference => OfIlgpu(reference.Name))));
    }

    /// <summary>All source projects, including those that the tool does not use: the C# facade and the F# surface.</summary>
    [Fact]
    public void Of_the_source_projects_only_the_tool_refers_to_devices_and_none_to_ILGPU()
    {
        var source = Path.Combine(Repository.Root, "src");
        Assert.Equal(["FunctionalStack.Cli"], Holding("*.?sproj", Gpu));
        Assert.Empty(Holding("paket.references", "ILGPU"));

        string[] Holding(string files, string word) =>
            [.. Directory.GetDirectories(source)
                .Where(project =>
                    Directory.GetFiles(project, files).Any(file => File.ReadAllText(file).Contains(word, StringComparison.Ordinal)))
                        .Select(project => Path.GetFileName(project)!)];
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_type_of_ILGPU_is_in_a_public_signature(string name) =>
        Assert.DoesNotContain(Assembly.Load(name).GetExportedTypes().SelectMany(Signed).SelectMany(FolderGraph.Parts),
            type => OfIlgpu(type.Namespace));

    [Fact]
    public void A_type_is_found_at_every_place_of_a_signature()
    {
        Assert.All(
            (Type[])[typeof(InBase), typeof(InInterface), typeof(InField), typeof(InProperty), typeof(InParameter), typeof(InArray),
                typeof(InConstructor), typeof(InConstraint<>), typeof(InEvent), typeof(InProtected)],
            hiding => Assert.Contains(typeof(Hidden), Signed(hiding).SelectMany(FolderGraph.Parts)));
        Assert.DoesNotContain(typeof(Hidden), Signed(typeof(InPrivate)).SelectMany(FolderGraph.Parts));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Folders_use_one_another_in_one_direction(string name) =>
        Assert.Empty(FolderGraph.Cycles(FolderGraph.Of(Assembly.Load(name))));

    [Fact]
    public void Folders_that_use_each_other_are_found()
    {
        Assert.Contains(FolderGraph.Of(typeof(Frame).Assembly), use => use is { From: "Composition", To: "Data" });
        Assert.Equal(
            ["A/One uses B/Two", "B/Two uses C/Three", "C/Three uses A/One"],
            FolderGraph.Cycles([("A", "B", "One", "Two"), ("B", "C", "Two", "Three"), ("C", "A", "Three", "One"),
                ("A", "D", "One", "Four")]));
    }

    [Fact]
    public void Models_are_sealed_records_without_delegates()
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
                field =>
                    typeof(Delegate).IsAssignableFrom(field.FieldType) || typeof(IDisposable).IsAssignableFrom(field.FieldType)
                        || !field.IsInitOnly);
        });
    }

    private static bool OfIlgpu(string? name) => name == "ILGPU" || name?.StartsWith("ILGPU.", StringComparison.Ordinal) == true;

    // The types in public and protected signatures.
    private static IEnumerable<Type> Signed(Type type) =>
    [
        .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
        .. type.GetInterfaces(),
        .. type.GetGenericArguments().SelectMany(Constraints),
        .. type.GetFields(Any).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly)
        .Select(field => field.FieldType),
        .. type.GetConstructors(Any).Where(Seen).SelectMany(Parameters),
        .. type.GetMethods(Any).Where(Seen)
        .SelectMany(method => (Type[])[method.ReturnType, .. Parameters(method), .. method.GetGenericArguments().SelectMany(Constraints)]),
    ];

    private static bool Seen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static IEnumerable<Type> Parameters(MethodBase method) => method.GetParameters().Select(parameter => parameter.ParameterType);

    private static Type[] Constraints(Type argument) => argument.IsGenericParameter ? argument.GetGenericParameterConstraints() : [];

#pragma warning disable CS0067, CS0169, CS0649
    public class Hidden;

    public interface IOf<T>;

    public class InBase : Hidden;

    public class InInterface : IOf<Hidden>;

    public class InField
    {
        public Hidden? Field;
    }

    public class InProperty
    {
        public Outcome<EquatableArray<Hidden>>? Property { get; }
    }

    public class InParameter
    {
        public void Method(ref Hidden hidden) => _ = hidden;
    }

    public class InArray
    {
        public Hidden[][]? Method() => null;
    }

    public class InConstructor
    {
        public InConstructor(Func<int, Hidden> hidden) => _ = hidden;
    }

    public class InConstraint<T> where T : Hidden;

    public class InEvent
    {
        public event Action<Hidden>? Event;
    }

    public class InProtected
    {
        protected Hidden? Method() => null;
    }

    public class InPrivate
    {
        private readonly Hidden? field;

        internal Hidden? Method() => field;
    }
#pragma warning restore CS0067, CS0169, CS0649
}
