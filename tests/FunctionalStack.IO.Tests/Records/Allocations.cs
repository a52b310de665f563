namespace FunctionalStack.IO.Tests.Records;

/// <summary>Memory that predictions take.</summary>
internal static class Allocations
{
    /// <summary>The least bytes that predicting these records took in five runs: the runtime allocates when it compiles a method
    /// again.</summary>
    public static long Of<TRow>(Predictor<TRow> predictor, IReadOnlyList<TRow> rows)
    {
        var prediction = new double[predictor.Width];
        var least = long.MaxValue;
        for (var run = 0; run < 5; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var row = 0; row < rows.Count; row++) predictor.TryPredict(rows[row], prediction);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
