namespace FunctionalStack.Onnx;

/// <summary>The inputs of an exported model: one for each column of its schema.</summary>
internal static class OnnxInputs
{
    public static IReadOnlyList<Port> Ports(Schema schema) =>
        [.. schema.Columns.Select(column => new Port(column.Name, IsNumber(column) ? ElementType.Double : ElementType.Text, 1))];

    /// <summary>The frame of the inputs. All numbers are one matrix.</summary>
    public static GraphFrame Frame(Schema schema)
    {
        var numbers = schema.Columns.Where(IsNumber).Select(column => column.Name).ToArray();
        var matrix = numbers.Length == 0 ? default
            : GraphFrame.ColumnsOf(Arrays.Concat(1, [.. numbers.Select(name => new Edge.Given(name))]), EquatableArray.Own(numbers));
        var place = numbers.Index().ToDictionary(one => one.Item, one => one.Index, StringComparer.Ordinal);
        return new(
            new Edge.Given(schema.Columns[0].Name).ZerosLike(),
            EquatableArray.From(schema.Columns.Select(column => place.TryGetValue(column.Name, out var at)
                ? matrix[at] : new GraphColumn.Words(column.Name, new Edge.Given(column.Name)))));
    }

    private static bool IsNumber(ColumnSchema column) => column is ColumnSchema.Numeric;
}
