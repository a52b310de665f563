namespace FunctionalStack.Onnx;

/// <summary>A matrix of numbers in the graph: one row per row, [N, width].</summary>
/// <param name="Edge">The matrix.</param>
/// <param name="Width">The number of columns.</param>
internal sealed record NumberBlock(Edge Edge, int Width)
{
    public bool Equals(NumberBlock? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>A column of a frame in the graph.</summary>
/// <param name="Name">The name.</param>
internal abstract record GraphColumn(string Name)
{
    /// <summary>A column of a matrix; NaN is a missing value.</summary>
    public sealed record Number(string Name, NumberBlock Block, int Place) : GraphColumn(Name);

    /// <summary>Texts, [N, 1]; the empty text is a missing value.</summary>
    public sealed record Words(string Name, Edge Edge) : GraphColumn(Name);
}

/// <summary>
/// A frame in the graph. Columns of numbers are columns of matrices, so that an operation on all of them is one node.
/// </summary>
/// <param name="Zeros">A zero for each row, [N, 1].</param>
/// <param name="Columns">The columns.</param>
internal sealed record GraphFrame(Edge Zeros, EquatableArray<GraphColumn> Columns)
{
    public GraphColumn? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <summary>Only these columns, in this order.</summary>
    public Outcome<GraphFrame> Select(EquatableArray<string> names) => Outcome.All(names.Select(Required))
        .Map(columns => this with { Columns = columns });

    /// <summary>The columns of numbers as one matrix, [N, count]. Fails if a column is absent or holds text.</summary>
    public Outcome<Edge> Numbers(EquatableArray<string> names) => Outcome.All(names.Select(name => Required(name).Bind(column =>
        column is GraphColumn.Number number ? Outcome.Ok(number)
        : Outcome.Fail<GraphColumn.Number>($"column '{name}'", "holds categories, but this part reads numbers",
            "Export the model with the schema that it was fitted with.")))).Map(Joined);

    /// <summary>The same, with a check that stops a run with a missing or infinite number, as the library refuses it.</summary>
    public Outcome<Edge> Complete(EquatableArray<string> names) => Numbers(names).Map(Completed);

    /// <summary>The texts of a column, [N, 1]. Fails if it is absent or holds numbers.</summary>
    public Outcome<Edge> Words(string name) => Required(name).Bind(column => column is GraphColumn.Words words
        ? Outcome.Ok(words.Edge)
        : Outcome.Fail<Edge>($"column '{name}'", "holds numbers, but this part reads them as text, which ONNX cannot",
            "Read the column as categories when the model is fitted."));

    /// <summary>Replaces columns in place, and appends others, as transforms do.</summary>
    public GraphFrame Replace(IReadOnlyDictionary<string, EquatableArray<GraphColumn>> made, params IEnumerable<GraphColumn> appended) =>
        this with
        {
            Columns = EquatableArray.From(Columns.SelectMany(column =>
                made.TryGetValue(column.Name, out var replacing) ? replacing : [column]).Concat(appended)),
        };

    /// <summary>The columns of a matrix.</summary>
    public static EquatableArray<GraphColumn> ColumnsOf(Edge matrix, EquatableArray<string> names)
    {
        var block = new NumberBlock(matrix, names.Count);
        return EquatableArray.From(names.Select((name, place) => (GraphColumn)new GraphColumn.Number(name, block, place)));
    }

    /// <summary>The matrix, with a check that stops a run with a missing or infinite number: the difference of such a number and itself is
    /// missing, and no table has an entry for it.</summary>
    public static Edge Completed(Edge matrix)
    {
        var isBroken = (matrix - matrix).SumOfAll().IsNaN().Cast(ElementType.Int64);
        return matrix * new Operation("Gather", [Arrays.Vector([1.0]), isBroken], NodeAttribute.Of("axis", 0))
        {
            Label = "a number is missing or infinite",
        }[0];
    }

    private Outcome<GraphColumn> Required(string name) => Find(name) is { } column
        ? Outcome.Ok(column)
        : Outcome.Fail<GraphColumn>($"column '{name}'", "is not among the columns of the model's schema",
            "Export the model with the schema that it was fitted with.");

    // Neighbours of one matrix are taken at once.
    private Edge Joined(EquatableArray<GraphColumn.Number> columns)
    {
        var parts = new List<Edge>();
        for (var (from, to) = (0, 0); from < columns.Count; from = to)
        {
            var block = columns[from].Block;
            while (to < columns.Count && columns[to].Block == block) to++;
            var places = Enumerable.Range(from, to - from).Select(at => columns[at].Place).ToArray();
            parts.Add(places.SequenceEqual(Enumerable.Range(0, block.Width)) ? block.Edge : block.Edge.Columns(places));
        }

        return parts.Count == 0 ? Zeros.Columns([]) : Arrays.Concat(1, parts);
    }
}
