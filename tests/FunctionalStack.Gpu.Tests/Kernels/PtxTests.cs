using System.Reflection;
using System.Text.RegularExpressions;
using FunctionalStack.Gpu.Kernels;
using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Reading;
using FunctionalStack.Gpu.Registers;
using FunctionalStack.Gpu.Tiles;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using Xunit;
using Xunit.Abstractions;

namespace FunctionalStack.Gpu.Tests.Kernels;

/// <summary>
/// Every kernel as NVIDIA's assembler gets it, with no GPU at hand: ILGPU compiles without a word what spills to local memory
/// or calls what is not there, and only the text shows it.
/// </summary>
public partial class PtxTests(ITestOutputHelper output)
{
    private static readonly Type[] shapes = [typeof(Narrow), typeof(Middle), typeof(Wide)];

    // What generic kernels are launched with: a kernel that is not here fails the test below.
    private static readonly Dictionary<Type, Type[][]> arguments = new()
    {
        [typeof(ConvolveTile<>)] = [[typeof(F8)], [typeof(F16)]],
        [typeof(KernelGradientTile<>)] = [[typeof(F8)], [typeof(F16)]],
        [typeof(ChannelSumPartials<>)] = [[typeof(SourceReader)], [typeof(GradientReader)]],
        [typeof(TiledConvolve<,>)] =
        [
            .. from shape in shapes
               from windows in new[] { typeof(WindowReader<SourceReader>), typeof(WindowReader<GradientReader>), typeof(DenseWindows) }
               select new[] { shape, windows },
        ],
        [typeof(TiledKernelGradient<,,>)] =
        [
            .. from shape in shapes
               from windows in new[] { typeof(WindowReader<SourceReader>), typeof(DenseWindows) }
               select new[] { shape, windows, typeof(GradientReader) },
        ],
    };

    // Those that have a reason to load number by number: they read a number an item or a column, or belong to processors.
    private static readonly HashSet<Type> narrow =
    [
        typeof(ConvolveTile<>), typeof(KernelGradientTile<>), typeof(PackKernel), typeof(DropNumbers), typeof(FillNumbers), typeof(InverseDeviations),
        typeof(MergeMoments), typeof(MergeSums), typeof(LossRows), typeof(MeanLoss), typeof(SoftmaxRow), typeof(SoftmaxBackwardRow),
    ];

    [Fact]
    public void Every_kernel_compiles_for_sm_80_with_nothing_in_local_memory_and_nothing_left_to_link()
    {
        using var context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2).FusedMultiplyAdd());
        using var backend = new PTXBackend(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, null!);
        output.WriteLine("registers are virtual: the assembler has fewer");
        List<string> wrong = [];
        foreach (var kernel in Kernels())
        {
            var ptx = ((PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(EntryOf(kernel)), KernelSpecialization.Empty)).PTXAssembly;
            var lines = ptx.Split('\n');
            output.WriteLine($"{NameOf(kernel),-60} {Registers(ptx),6} registers {lines.Length,6} lines, {Count(ptx, "ld.global.v4"),3} wide loads, {Count(ptx, "ld.shared.v4"),3} from shared memory");
            wrong.AddRange(lines.Where(line => Forbidden().IsMatch(line)).Take(3).Select(line => $"{NameOf(kernel)}: {line.Trim()}"));
            if (!narrow.Contains(kernel.IsGenericType ? kernel.GetGenericTypeDefinition() : kernel) && Count(ptx, "ld.global.v4") == 0) wrong.Add($"{NameOf(kernel)}: global memory is not read by 16 bytes");
            if (typeof(ITile).IsAssignableFrom(kernel) && Count(ptx, "ld.shared.v4") < Accumulators.Depth * 4) wrong.Add($"{NameOf(kernel)}: shared memory is not read by 16 bytes");
        }

        Assert.Empty(wrong);
    }

    private static IEnumerable<Type> Kernels() => typeof(Launcher).Assembly.GetTypes()
        .Where(type => type is { IsValueType: true } && (typeof(IEach).IsAssignableFrom(type) || typeof(IGroup).IsAssignableFrom(type) || typeof(ITile).IsAssignableFrom(type)))
        .SelectMany(type => type.IsGenericTypeDefinition ? arguments[type].Select(given => type.MakeGenericType(given)) : [type])
        .OrderBy(NameOf, StringComparer.Ordinal);

    private static MethodInfo EntryOf(Type kernel) => typeof(Launcher)
        .GetMethod(
            typeof(IEach).IsAssignableFrom(kernel) ? nameof(Launcher.One) : typeof(IGroup).IsAssignableFrom(kernel) ? nameof(Launcher.Together) : nameof(Launcher.OnTile),
            BindingFlags.Static | BindingFlags.NonPublic)!
        .MakeGenericMethod(kernel);

    private static string NameOf(Type type) => type.IsGenericType ? $"{type.Name[..^2]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : type.Name;

    // .reg .f32 %f<120>;
    private static int Registers(string ptx) => Declared().Matches(ptx).Sum(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));

    private static int Count(string ptx, string word) => Regex.Count(ptx, Regex.Escape(word));

    [GeneratedRegex(@"\.local\b|\.extern\s+\.func|\bcall\b")]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"\.reg\s+\.\w+\s+%\w+<(\d+)>")]
    private static partial Regex Declared();
}
