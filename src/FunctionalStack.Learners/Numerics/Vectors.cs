using System.Numerics;
using System.Runtime.InteropServices;

namespace FunctionalStack.Learners;

/// <summary>Vector arithmetic with a fixed order of sums.</summary>
internal static class Vectors
{
    /// <summary>The dot product, summed in order.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>For long vectors: four SIMD accumulators, since a single one would wait for each addition.</summary>
    public static double DotOfLong(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var x = MemoryMarshal.Cast<double, Vector<double>>(a);
        var y = MemoryMarshal.Cast<double, Vector<double>>(b);
        var (s0, s1, s2, s3) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i + 4 <= x.Length; i += 4)
        {
            s0 += x[i] * y[i];
            s1 += x[i + 1] * y[i + 1];
            s2 += x[i + 2] * y[i + 2];
            s3 += x[i + 3] * y[i + 3];
        }

        for (; i < x.Length; i++) s0 += x[i] * y[i];
        var sum = Vector.Sum(s0 + s1 + (s2 + s3));
        for (var rest = x.Length * Vector<double>.Count; rest < a.Length; rest++) sum += a[rest] * b[rest];
        return sum;
    }

    /// <summary>Overwrites scores with probabilities, and returns the logarithm of the sum of their exponentials.</summary>
    public static double Softmax(Span<double> scores)
    {
        var (greatest, sum) = (double.NegativeInfinity, 0.0);
        foreach (var score in scores) greatest = Math.Max(greatest, score);
        foreach (ref var score in scores) sum += score = Math.Exp(score - greatest);
        foreach (ref var score in scores) score /= sum;
        return greatest + Math.Log(sum);
    }

    /// <summary>to += factor x vector.</summary>
    public static void Add(Span<double> to, double factor, ReadOnlySpan<double> vector)
    {
        var x = MemoryMarshal.Cast<double, Vector<double>>(to);
        var y = MemoryMarshal.Cast<double, Vector<double>>(vector);
        var f = new Vector<double>(factor);
        for (var i = 0; i < x.Length; i++) x[i] += f * y[i];
        for (var rest = x.Length * Vector<double>.Count; rest < to.Length; rest++) to[rest] += factor * vector[rest];
    }
}
