using FunctionalStack.Neural;

namespace FunctionalStack.Oracle;

public sealed partial class OracleCompute
{
    private static void Pool(int batch, Shape input, Pooling pooling, double[] a, Span<double> y)
    {
        var windows = Windows(batch, input, pooling);
        for (var window = 0; window < windows.Length; window++)
        {
            y[window] = pooling.Kind == PoolingKind.Max ? windows[window].Max(i => a[i]) : windows[window].Average(i => a[i]);
        }
    }

    // A window's gradient goes to its first maximum in row order, or to all its elements in equal shares; windows may overlap.
    private void Unpool(int batch, Source x, Pooling pooling, ReadOnlySpan<double> upstream, double[] gradient)
    {
        var a = Values(batch, x);
        var windows = Windows(batch, x.Shape, pooling);
        for (var window = 0; window < windows.Length; window++)
        {
            if (pooling.Kind == PoolingKind.Max) gradient[windows[window].MaxBy(i => a[i])] += upstream[window];
            else foreach (var i in windows[window]) gradient[i] += upstream[window] / windows[window].Length;
        }
    }

    // For each element of batch x pooled shape, the elements of batch x input that it pools, in row order.
    private static int[][] Windows(int batch, Shape input, Pooling pooling)
    {
        var output = pooling.Of(input);
        return
        [
            .. from example in Enumerable.Range(0, batch)
               from row in Enumerable.Range(0, output.Height)
               from column in Enumerable.Range(0, output.Width)
               from channel in Enumerable.Range(0, output.Channels)
               select (int[])
               [
                   .. from y in Enumerable.Range(row * pooling.Stride, pooling.Height)
                      from x in Enumerable.Range(column * pooling.Stride, pooling.Width)
                      select ((example * input.Height + y) * input.Width + x) * input.Channels + channel,
               ],
        ];
    }
}
