namespace FunctionalStack.Learners;

/// <summary>Arithmetic on vectors of variables, summed in order.</summary>
internal static class Vectors
{
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    public static void Add(double[] to, double factor, double[] vector)
    {
        for (var i = 0; i < to.Length; i++) to[i] += factor * vector[i];
    }
}
