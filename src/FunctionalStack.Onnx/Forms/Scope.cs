namespace FunctionalStack.Onnx;

/// <summary>Where in a composition an export is.</summary>
/// <param name="Forms">The forms of models and maps.</param>
/// <param name="Path">The path of the composition: <c>stack/knn5/fold1</c>.</param>
internal sealed record Scope(FormRegistry Forms, string Path)
{
    /// <summary>One level deeper.</summary>
    public Scope At(string name) =>
        name.Length == 0 ? this : this with { Path = Path.Length == 0 ? name : $"{Path}/{name}" };

    /// <summary>The prediction of a model. Fails if it has no form in ONNX.</summary>
    public Outcome<GraphPrediction> Model(IModel model, GraphFrame rows) => Forms.Of(model) is var (name, form)
        ? At(name).Made(scope => form(model, rows, scope)).Map(made => made with { Numbers = made.Numbers.Within(At(name).Path) })
        : Unknown<GraphPrediction>("model", model);

    /// <summary>The predictions of members.</summary>
    public Outcome<EquatableArray<GraphPrediction>> Models(EquatableArray<IModel> models, GraphFrame rows, string member) =>
        Outcome.All(models.Select((model, at) => At(models.Count == 1 ? member : $"{member}{at + 1}").Model(model, rows)));

    /// <summary>The frame that a map makes. Fails if it has no form in ONNX.</summary>
    public Outcome<GraphFrame> Map(IMap map, GraphFrame rows) => Forms.Of(map) is var (name, form)
        ? At(name).Made(scope => form(map, rows, scope)).Map(At(name).Within)
        : Unknown<GraphFrame>("transform", map);

    // A part inside has already named itself.
    private Outcome<T> Made<T>(Func<Scope, Outcome<T>> form) => form(this) is var made && made is Outcome<T>.Fail { Failure: var failure }
            && Path.Length > 0 && !failure.Where.StartsWith(Path, StringComparison.Ordinal)
        ? new Outcome<T>.Fail(failure.At(Path)) : made;

    private GraphFrame Within(GraphFrame made)
    {
        var named = new Dictionary<NumberBlock, NumberBlock>();
        return made with { Columns = EquatableArray.From(made.Columns.Select(Named)) };

        GraphColumn Named(GraphColumn column)
        {
            if (column is GraphColumn.Words words) return words with { Edge = words.Edge.Within(Path) };
            var number = (GraphColumn.Number)column;
            if (!named.TryGetValue(number.Block, out var block))
            {
                var edge = number.Block.Edge.Within(Path);
                named[number.Block] = block = edge == number.Block.Edge ? number.Block : new(edge, number.Block.Width);
            }

            return number with { Block = block };
        }
    }

    private Outcome<T> Unknown<T>(string kind, object part) => Outcome.Fail<T>(
        Path, $"the {kind} {part.GetType().Name} has no form in ONNX",
        kind == "model" ? "Leave this learner out of the stack, or serve the model with the library."
            : "Make its columns before the model, or serve the model with the library.");
}
