using FunctionalStack.Neural;
using FunctionalStack.Oracle;

namespace FunctionalStack.Backend.Tests;

/// <summary>Lays a trial's sources and results out in an arena, with unused elements between.</summary>
internal sealed class Layout
{
    /// <summary>The content of unused elements, of results before they are written, and of examples beyond the batch.</summary>
    public static readonly float Garbage = BitConverter.Int32BitsToSingle(0x7FC0BEEF);

    private readonly List<(Slice At, float[] Numbers)> contents = [];
    private readonly List<Result> results = [];
    private int end = Slice.Alignment;

    /// <summary>An input; the slice has room for <paramref name="spare"/> more elements with garbage.</summary>
    public Slice Source(float[] numbers, int spare = 0)
    {
        var at = Room(numbers.Length + spare);
        contents.Add((at, numbers));
        return at;
    }

    /// <summary>A result with one tolerance for all elements.</summary>
    public Slice Result(string name, int length, Func<OracleCompute, double> tolerance, int spare = 0) =>
        Result(name, length, Same(tolerance), spare);

    /// <summary>A result with a tolerance per element.</summary>
    public Slice Result(string name, int length, Func<OracleCompute, Func<int, double>> tolerance, int spare = 0)
    {
        var at = Room(length + spare);
        results.Add(new(name, at with { Length = length }, tolerance));
        return at;
    }

    /// <summary>Elements that are updated.</summary>
    public Slice Change(string name, float[] numbers, Func<OracleCompute, Func<int, double>> tolerance)
    {
        var at = Result(name, numbers.Length, tolerance);
        contents.Add((at, numbers));
        return at;
    }

    public Slice Change(string name, float[] numbers, Func<OracleCompute, double> tolerance) => Change(name, numbers, Same(tolerance));

    public Trial Trial(Action<ICompute> operation)
    {
        var arena = new float[end];
        Array.Fill(arena, Garbage);
        foreach (var (at, numbers) in contents) numbers.CopyTo(arena, at.Offset);
        return new(arena, operation, results);
    }

    /// <summary>Elements that are written, then read, and not compared.</summary>
    public Slice Room(int length)
    {
        var at = new Slice(end, length);
        end += Slice.Aligned(length) + Slice.Alignment;
        return at;
    }

    private static Func<OracleCompute, Func<int, double>> Same(Func<OracleCompute, double> tolerance) => oracle =>
    {
        var allowed = tolerance(oracle);
        return _ => allowed;
    };
}
