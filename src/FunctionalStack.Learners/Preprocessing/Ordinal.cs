namespace FunctionalStack.Preprocessing;

/// <summary>
/// Ordinal encoding: replaces categories by 0, 1, 2, ..., in ordinal order of the training levels' names. Missing values and
/// unseen levels become -1. For trees, which can split the order anywhere.
/// </summary>
/// <param name="Unseen">How unseen levels are encoded: as -1, or as a failure.</param>
public sealed record Ordinal(Unseen Unseen = Unseen.Ignore) : ILeafTransform
{
    /// <inheritdoc/>
    public string Name => "ordinal";

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(Name, Ensure.Defined("unseen", Unseen));

    /// <summary>Fails if no training row has positive weight.</summary>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) => Gathered.Weights(Name, data).Bind(weights =>
    {
        var map = new OrdinalMap(
            EquatableArray.From(data.Frame.Columns
                .Where(column => column.Column is Column.Categorical)
                .Select(column => Known(column.Name, (Column.Categorical)column.Column, weights))),
            Unseen);
        return Replacement.Agreeing(map, map.Make(data.Frame));
    });

    private static OrdinalMap.Known Known(string name, Column.Categorical column, double[]? weights)
    {
        var mass = Gathered.Mass(column, weights);
        return new(name, EquatableArray.From(column.Levels.Where((_, level) => mass[level] > 0).Order(StringComparer.Ordinal)));
    }
}

/// <summary>Replaces each level by its index among the training levels.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Unseen">How unseen levels are encoded.</param>
public sealed record OrdinalMap(EquatableArray<OrdinalMap.Known> Columns, Unseen Unseen) : IRowwiseMap
{
    /// <summary>The levels of a column.</summary>
    /// <param name="Column">The replaced column.</param>
    /// <param name="Levels">The levels by code.</param>
    public sealed record Known(string Column, EquatableArray<string> Levels);

    /// <inheritdoc/>
    public Outcome<Frame> Apply(Frame rows) => Make(rows);

    RowMap? IRowwiseMap.ForRow(Frame columns) => Replacement.ForRow(this, columns, Columns.Select(known =>
    {
        var count = known.Levels.Count;
        return (known.Column, LevelPlaces.Of(columns, known.Column, known.Levels, count, Unseen == Unseen.Ignore ? count : null)
            is { } places ? (RowFunction)new LevelCells(places, [Codes(count)]) : null);
    }));

    // The codes, and that of missing and unseen levels.
    private static EquatableArray<double> Codes(int count) =>
        EquatableArray.Own([.. Enumerable.Range(0, count).Select(code => (double)code), -1]);

    internal Outcome<Frame> Make(Frame rows)
    {
        var made = new Dictionary<string, NamedColumn[]>(Columns.Count);
        foreach (var known in Columns)
        {
            var count = known.Levels.Count;
            switch (Levels.Match("ordinal", known.Column, Gathered.LaterCategories(known.Column, rows), known.Levels, missing: count,
                Unseen == Unseen.Ignore ? count : null))
            {
                case Outcome<int[]>.Fail fail:
                    return new Outcome<Frame>.Fail(fail.Failure);
                case Outcome<int[]>.Ok places:
                    made[known.Column] =
                        Levels.Look([new(known.Column, new Column.Numeric(Codes(count)))], count + 1, places.Value);
                    break;
            }
        }

        return Replacement.Replace("ordinal", rows, made);
    }
}
