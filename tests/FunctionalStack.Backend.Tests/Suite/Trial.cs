using FunctionalStack.Neural;
using FunctionalStack.Oracle;
using Xunit;

namespace FunctionalStack.Backend.Tests;

/// <summary>The location of a result and the tolerance of each of its elements.</summary>
internal sealed record Result(string Name, Slice At, Func<OracleCompute, Func<int, double>> Tolerance);

/// <summary>One operation on one arena. Everything except sources is NaN before it, including the results.</summary>
/// <param name="Arena">The content before the operation.</param>
/// <param name="Do">The operation.</param>
/// <param name="Results">The expected results.</param>
internal sealed record Trial(float[] Arena, Action<ICompute> Do, IReadOnlyList<Result> Results)
{
    private Slice All => new(0, Arena.Length);

    /// <summary>The arena after the operation on a backend.</summary>
    public float[] Run(IBackend backend)
    {
        using var compute = backend.Open(Arena.Length);
        return Run(compute);
    }

    /// <inheritdoc cref="Run(IBackend)"/>
    public float[] Run(ICompute compute)
    {
        compute.Write(Arena, All);
        Do(compute);
        var after = new float[Arena.Length];
        compute.Read(All, after);
        return after;
    }

    /// <summary>The arena after the operation on the oracle.</summary>
    public OracleCompute Expected()
    {
        var oracle = new OracleCompute(Arena.Length);
        oracle.Write(Arena, All);
        Do(oracle);
        return oracle;
    }

    /// <summary>Asserts that the results are the oracle's, within a multiple of each one's tolerance.</summary>
    public void AgreesOn(IBackend backend, double coarser = 1)
    {
        var (oracle, found) = (Expected(), Run(backend));
        foreach (var (name, at, tolerance) in Results)
        {
            var allowed = tolerance(oracle);
            for (var i = 0; i < at.Length; i++)
            {
                var (expected, actual) = (oracle.At(at)[i], found[at.Offset + i]);
                if (double.IsNaN(expected) && float.IsNaN(actual)) continue;
                if (!(Math.Abs(expected - actual) <= coarser * allowed(i)))
                    Assert.Fail($"{name}[{i}] of {at.Length} is {actual}, expected {expected} within {coarser * allowed(i):g2}");
            }
        }
    }

    /// <summary>Asserts that everything outside the results is unchanged, bit for bit.</summary>
    public void LeavesTheRestOn(IBackend backend)
    {
        var found = Run(backend);
        var free = new bool[found.Length];
        foreach (var (_, at, _) in Results) free.AsSpan(at.Offset, at.Length).Fill(true);
        for (var i = 0; i < found.Length; i++)
        {
            if (!free[i] && Bits(found[i]) != Bits(Arena[i]))
                Assert.Fail(
                    $"number {i} is {found[i]} and was {Arena[i]}; results: "
                        + $"{string.Join(", ", Results.Select(result => $"{result.Name} at {result.At}"))}");
        }
    }

    /// <summary>Asserts that two arenas have the same bits in the results.</summary>
    public void SameBits(float[] one, float[] two)
    {
        foreach (var (name, at, _) in Results)
        {
            for (var i = 0; i < at.Length; i++)
            {
                var (a, b) = (one[at.Offset + i], two[at.Offset + i]);
                if (Bits(a) != Bits(b)) Assert.Fail($"{name}[{i}] of {at.Length} is {a:r} and then {b:r}");
            }
        }
    }

    /// <summary>The elements of a slice in an arena that was read back.</summary>
    public static ReadOnlySpan<float> At(float[] arena, Slice slice) => arena.AsSpan(slice.Offset, slice.Length);

    private static int Bits(float number) => BitConverter.SingleToInt32Bits(number);
}
