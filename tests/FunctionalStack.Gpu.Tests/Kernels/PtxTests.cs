using System.Reflection;
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
public class PtxTests(ITestOutputHelper output)
{
    private const int LinesShown = 5;

    private static readonly Type[] shapes = [typeof(Narrow), typeof(Middle), typeof(Wide)];

    private static readonly Type[] products = [typeof(Fp32Products), typeof(Tf32Products<TensorCore>)];

    // What generic kernels are launched with: one that is not here fails a test.
    private static readonly Dictionary<Type, Type[][]> arguments = new()
    {
        [typeof(ConvolveTile<>)] = [[typeof(F8)], [typeof(F16)]],
        [typeof(KernelGradientTile<>)] = [[typeof(F8)], [typeof(F16)]],
        [typeof(ChannelSumPartials<>)] = [[typeof(SourceReader)], [typeof(GradientReader)]],
        [typeof(TiledConvolve<,,,>)] =
        [
            .. from shape in shapes
               from product in products
               from read in new[]
               {
                   (typeof(WithMoments), typeof(WindowReader<SourceReader>)), (typeof(WithMoments), typeof(DenseWindows)),
                   (typeof(WithoutMoments), typeof(WindowReader<SourceReader>)), (typeof(WithoutMoments), typeof(DenseWindows)),
                   (typeof(WithoutMoments), typeof(WindowReader<GradientReader>)),
               }
               select new[] { shape, product, read.Item1, read.Item2 },
        ],
        [typeof(TiledKernelGradient<,,,>)] =
        [
            .. from shape in shapes
               from product in products
               from windows in new[] { typeof(WindowReader<SourceReader>), typeof(DenseWindows) }
               select new[] { shape, product, windows, typeof(GradientReader) },
        ],
    };

    // Those that have a reason to load number by number: they read a number an item or a column, or belong to processors.
    private static readonly HashSet<Type> narrow =
    [
        typeof(ConvolveTile<>), typeof(KernelGradientTile<>), typeof(PackKernel), typeof(DropElements), typeof(FillElements),
        typeof(InverseDeviations),
        typeof(MergeMoments), typeof(MergeSums), typeof(LossRows), typeof(MeanLoss), typeof(SoftmaxRow), typeof(SoftmaxBackwardRow),
    ];

    [Fact]
    public void Every_generic_kernel_says_what_it_is_launched_with() =>
        None(Written().Where(type => type.IsGenericTypeDefinition && !arguments.ContainsKey(type)).Select(NameOf));

    [Fact]
    public void Every_kernel_compiles_for_sm_80_with_nothing_in_local_memory_and_nothing_left_to_link()
    {
        using var context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2).KernelIntrinsics());
        using var backend = Backend(context);
        output.WriteLine(
            "registers are virtual: "
                + $"{(Ptxas.IsHere ? "the assembler's are at the end" : "without ptxas their number is unknown")}");
        List<string> wrong = [];
        foreach (var kernel in Kernels())
        {
            var (name, ptx) = (NameOf(kernel), Compiled(backend, kernel));
            var (accepted, assembled) = Ptxas.IsHere ? Ptxas.Assemble(ptx) : (true, "");
            output.WriteLine(
                $"{name,-72} {ptx.Registers,6} registers {ptx.Lines,6} lines {ptx.Text.Length / 1024,4} KiB, "
                    + $"{ptx.Count("fma.rn.f32"),4} fma, " +
                $"16 bytes at once: {ptx.Count("ld.global.v4"),2} loads, {ptx.Count("st.global.v4"),2} stores, "
                    + $"{ptx.Count("ld.shared.v4"),2} of shared memory {assembled}");
            wrong.AddRange(Faults(kernel, ptx).Concat(accepted ? [] : [assembled]).Select(fault => $"{name}: {fault}"));
        }

        None(wrong);
    }

    // A check that finds nothing must have been able to.
    [Fact]
    public void Local_memory_and_calls_are_found_where_they_are()
    {
        using var context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2).KernelIntrinsics());
        using var backend = Backend(context);
        var offending = Compiled(backend, typeof(Spilling)).Offending.ToArray();
        foreach (var word in new[] { ".local", ".func", "call" })
            Assert.Contains(offending, line => line.Contains(word, StringComparison.Ordinal));
    }

    // Whole: an assertion about a collection cuts short what it holds.
    private static void None(IEnumerable<string> wrong) => Assert.True(!wrong.Any(), string.Join('\n', wrong));

    private static PTXBackend Backend(Context context) => new(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, null!);

    private static Ptx Compiled(PTXBackend backend, Type kernel) =>
        new(((PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(EntryOf(kernel)),
            KernelSpecialization.Empty)).PTXAssembly);

    private static IEnumerable<string> Faults(Type kernel, Ptx ptx)
    {
        foreach (var line in ptx.Offending.Take(LinesShown)) yield return line;
        if (!narrow.Contains(Written(kernel)) && ptx.Count("ld.global.v4") == 0) yield return "global memory is not read by 16 bytes";
        if (!typeof(ITile).IsAssignableFrom(kernel)) yield break;
        if (kernel.GenericTypeArguments.Contains(typeof(Tf32Products<TensorCore>)))
        {
            if (ptx.Count("mma.sync.aligned.m16n8k8") != 16)
                yield return "a warp's 64 x 32 products are not 16 instructions of matrix units";
            if (ptx.Count("cvt.rna.tf32.f32") < 2 * F8.Count) yield return "operands are not rounded";
            yield break;
        }

        // Two reads of each operand a depth, and 8 x 8 products.
        if (ptx.Count("ld.shared.v4") < Accumulators.Depth * 4) yield return "shared memory is not read by 16 bytes";
        if (ptx.Count("fma.rn.f32") < Accumulators.Depth * 64) yield return "products and sums are not fused";
    }

    private static IEnumerable<Type> Written() => typeof(Launcher).Assembly.GetTypes()
        .Where(type =>
            type.IsValueType
                && (typeof(IEach).IsAssignableFrom(type) || typeof(IGroup).IsAssignableFrom(type) || typeof(ITile).IsAssignableFrom(type)));

    private static Type Written(Type kernel) => kernel.IsGenericType ? kernel.GetGenericTypeDefinition() : kernel;

    // A generic kernel of which nothing is said fails a test of its own.
    private static IEnumerable<Type> Kernels() => Written()
        .SelectMany(type =>
            type.IsGenericTypeDefinition ? arguments.GetValueOrDefault(type, []).Select(given => type.MakeGenericType(given)) : [type])
        .OrderBy(NameOf, StringComparer.Ordinal);

    private static MethodInfo EntryOf(Type kernel) => typeof(Launcher)
        .GetMethod(
            typeof(IEach).IsAssignableFrom(kernel)
                ? nameof(Launcher.One) : typeof(IGroup).IsAssignableFrom(kernel) ? nameof(Launcher.Together) : nameof(Launcher.OnTile),
            BindingFlags.Static | BindingFlags.NonPublic)!
        .MakeGenericMethod(kernel);

    private static string NameOf(Type type) =>
        type.IsGenericType ? $"{type.Name[..^2]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : type.Name;
}
