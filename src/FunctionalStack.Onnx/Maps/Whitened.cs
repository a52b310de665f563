using FunctionalStack.Preprocessing;

namespace FunctionalStack.Onnx;

/// <summary>Uncorrelated columns: a product with a matrix. A missing value makes its row missing.</summary>
internal static class Whitened
{
    public static Outcome<GraphFrame> Write(WhitenMap map, GraphFrame rows, Scope scope) =>
        map.Columns.Count == 0 ? Outcome.Ok(rows) : rows.Numbers(map.Columns).Map(x =>
        {
            var product = (x - Arrays.Row(map.Means.AsSpan())).MatMul(Arrays.Matrix(map.Matrix.AsSpan(), map.Made.Count));
            var made = GraphFrame.ColumnsOf(product, map.Made);
            return rows.Replace(map.Made == map.Columns
                ? made.ToDictionary(column => column.Name, column => EquatableArray.Of(column))
                : map.Columns.Index().ToDictionary(column => column.Item, column => column.Index == 0 ? made : default));
        });
}
