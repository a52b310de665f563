using FunctionalStack.Preprocessing;

namespace FunctionalStack.Onnx;

/// <summary>Maps of columns of numbers that keep their names. Missing values stay missing.</summary>
internal static class Scaling
{
    public static Outcome<GraphFrame> Scale(ScalingMap map, GraphFrame rows, Scope scope) => Replace(rows,
        EquatableArray.From(map.Columns.Select(one => one.Column)),
        x => (x - Arrays.Row([.. map.Columns.Select(one => one.Center)])) / Arrays.Row([.. map.Columns.Select(one => one.Divisor)]));

    public static Outcome<GraphFrame> Log1p(Log1pMap map, GraphFrame rows, Scope scope) =>
        Replace(rows, map.Columns, x => x.Sign() * (1.0 + x.Abs()).Log());

    /// <summary>Divided by the largest value of a row first, as in the library.</summary>
    public static Outcome<GraphFrame> TfIdf(TfIdfMap map, GraphFrame rows, Scope scope) => Replace(rows,
        EquatableArray.From(map.Columns.Select(one => one.Column)), x =>
        {
            var missing = x.IsNaN();
            var largest = missing.Choose(0.0, x).Abs().MaxOver(1);
            var share = x / largest * Arrays.Row([.. map.Columns.Select(one => one.Weight)]);
            var squares = missing.Choose(0.0, share).SquaresOver(1);
            return largest.IsAbove(0.0).Choose(share / squares.Sqrt(), x);
        });

    private static Outcome<GraphFrame> Replace(GraphFrame rows, EquatableArray<string> names, Func<Edge, Edge> make) =>
        names.Count == 0 ? Outcome.Ok(rows) : rows.Numbers(names).Map(x => rows.Replace(
            GraphFrame.ColumnsOf(make(x), names).ToDictionary(column => column.Name, column => EquatableArray.Of(column))));
}
