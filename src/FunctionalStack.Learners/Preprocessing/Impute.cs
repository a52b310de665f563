using FunctionalStack.Learners;

namespace FunctionalStack.Preprocessing;

/// <summary>
/// Replaces missing numbers by the training median, and missing categories by the most frequent training level (ties go to
/// the earlier level). New rows are imputed too, including columns that were complete in training. A numeric column without any
/// training value becomes 0, with a note. Such a categorical column stays missing, which one-hot encoding
/// turns into zeros.
/// </summary>
/// <param name="Indicator">
/// Append a 0/1 column <c>X:missing</c> for each column X that had both present and missing values in training, since
/// missingness is often informative.
/// </param>
public sealed record Impute(bool Indicator = true) : ILeafTransform
{
    /// <inheritdoc/>
    public string Name => "impute";

    /// <summary>Fails if no training row has positive weight, if a value is infinite, or if <c>X:missing</c> already exists.</summary>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) => Gathered.Weights(Name, data).Bind(weights =>
    {
        var numbers = new List<ImputeMap.Number>();
        var categories = new List<ImputeMap.Category>();
        var notes = new List<Note>();
        foreach (var (name, column) in data.Frame.Columns)
        {
            if (column is Column.Categorical categorical)
            {
                categories.Add(MostFrequent(name, categorical, weights));
                if (categories[^1].Level.Count == 0)
                    notes.Add($"{Name}: column '{name}' has no value in any training row and stays missing");
                continue;
            }

            switch (Gathered.Numbers(Name, name, (Column.Numeric)column))
            {
                case Outcome<double[]>.Fail fail:
                    return new Outcome<Fitted>.Fail(fail.Failure);
                case Outcome<double[]>.Ok gathered:
                    var (number, present) = MedianOf(name, gathered.Value, weights);
                    numbers.Add(number);
                    if (!present) notes.Add($"{Name}: column '{name}' has no value in any training row and becomes 0");
                    break;
            }
        }

        var map = new ImputeMap(EquatableArray.From(numbers), EquatableArray.From(categories));
        return Replacement.Agreeing(map, map.Make(data.Frame)).Noting(EquatableArray.From(notes));
    });

    private (ImputeMap.Number Number, bool Present) MedianOf(string name, double[] numbers, double[]? weights)
    {
        // Moves present values to the front, with their weights. The array is not shared.
        var present = 0;
        var missing = false;
        var kept = weights is null ? null : new double[numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (weights is not null && weights[i] == 0) continue;
            if (double.IsNaN(numbers[i]))
            {
                missing = true;
                continue;
            }

            if (kept is not null) kept[present] = weights![i];
            numbers[present++] = numbers[i];
        }

        var values = numbers.AsSpan(0, present);
        var median = present == 0 ? 0 : kept is null ? Median.Of(values) : Median.Of(values, kept.AsSpan(0, present));
        return (new(name, median, Indicator && missing && present > 0), present > 0);
    }

    private ImputeMap.Category MostFrequent(string name, Column.Categorical column, double[]? weights)
    {
        var mass = Gathered.Mass(column, weights);
        var best = -1;
        for (var level = 0; level < column.Levels.Count; level++)
        {
            if (mass[level] > (best < 0 ? 0 : mass[best])) best = level;
        }

        return best < 0 ? new(name, default, false) : new(name, [column.Levels[best]], Indicator && mass[^1] > 0);
    }
}

/// <summary>Imputes the named columns, and appends <c>X:missing</c> if requested.</summary>
/// <param name="Numbers">The numeric columns.</param>
/// <param name="Categories">The categorical columns.</param>
public sealed record ImputeMap(EquatableArray<ImputeMap.Number> Numbers, EquatableArray<ImputeMap.Category> Categories)
    : IRowwiseMap
{
    /// <summary>The imputation of a numeric column.</summary>
    /// <param name="Column">The column.</param>
    /// <param name="Value">The replacement of missing values.</param>
    /// <param name="Indicator">Whether <c>X:missing</c> is appended.</param>
    public sealed record Number(string Column, double Value, bool Indicator);

    /// <summary>The imputation of a categorical column.</summary>
    /// <param name="Column">The column.</param>
    /// <param name="Level">The replacement of missing values: one level, or empty to keep them missing.</param>
    /// <param name="Indicator">Whether <c>X:missing</c> is appended.</param>
    public sealed record Category(string Column, EquatableArray<string> Level, bool Indicator);

    /// <inheritdoc/>
    public Outcome<Frame> Apply(Frame rows) => Make(rows);

    RowMap? IRowwiseMap.ForRow(Frame columns)
    {
        if (Apply(columns) is not Outcome<Frame>.Ok { Value: var made }) return null;
        var (cells, indicators) = (new Dictionary<string, RowFunction>(), new List<RowFunction>());
        foreach (var fill in Numbers)
        {
            if (columns.NumericPlaces([fill.Column]) is not [var place]) return null;
            cells[fill.Column] = new NumberCell(place, number => double.IsNaN(number) ? fill.Value : number);
            if (fill.Indicator) indicators.Add(new NumberCell(place, number => double.IsNaN(number) ? 1 : 0));
        }

        foreach (var fill in Categories)
        {
            if (columns.PlaceOf(fill.Column) is not { } place
                || columns.Columns[place].Column is not Column.Categorical { Levels: var levels }) return null;
            if (fill.Indicator) indicators.Add(new NumberCell(place, code => code < 0 ? 1 : 0));
            if (fill.Level.Count == 0) continue;
            var (known, code) = Filling(levels, fill);
            cells[fill.Column] = new FilledCategory(place, code, levels.Count, known.Count);
            made = made.With(fill.Column, Column.Categorical.Known(known, default));
        }

        return Replacement.ForRow(made, columns, cells, [.. indicators]);
    }

    /// <summary>The levels with that which replaces missing values, and its code.</summary>
    private static (EquatableArray<string> Levels, int Code) Filling(EquatableArray<string> levels, Category fill) =>
        fill.Level.Count == 0 ? (levels, -1)
        : levels.AsSpan().IndexOf(fill.Level[0]) is var place and >= 0 ? (levels, place)
        : ([.. levels, fill.Level[0]], levels.Count);

    internal Outcome<Frame> Make(Frame rows)
    {
        var made = new Dictionary<string, NamedColumn[]>();
        var indicators = new List<NamedColumn>();
        foreach (var fill in Numbers)
        {
            switch (Gathered.LaterNumbers("impute", fill.Column, rows))
            {
                case Outcome<Column.Numeric>.Fail fail:
                    return new Outcome<Frame>.Fail(fail.Failure);
                case Outcome<Column.Numeric>.Ok column:
                    var filled = Filled(column.Value, fill, indicators);
                    if (!ReferenceEquals(filled, rows[fill.Column])) made[fill.Column] = [new(fill.Column, filled)];
                    break;
            }
        }

        foreach (var fill in Categories)
        {
            var filled = Filled(Gathered.LaterCategories(fill.Column, rows), fill, indicators);
            if (!ReferenceEquals(filled, rows[fill.Column])) made[fill.Column] = [new(fill.Column, filled)];
        }

        return Replacement.Replace("impute", rows, made, indicators.ToArray());
    }

    // A column without missing values is shared, not copied.
    private static Column Filled(Column.Numeric column, Number fill, List<NamedColumn> indicators)
    {
        var numbers = column.ToArray();
        var missing = fill.Indicator ? new double[numbers.Length] : null;
        var any = false;
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!double.IsNaN(numbers[i])) continue;
            any = true;
            numbers[i] = fill.Value;
            if (missing is not null) missing[i] = 1;
        }

        if (missing is not null) indicators.Add(Indicates(fill.Column, missing));
        return any ? new Column.Numeric(EquatableArray.Own(numbers)) : column;
    }

    private static Column Filled(Column.Categorical column, Category fill, List<NamedColumn> indicators)
    {
        var codes = column.ToArray();
        var missing = fill.Indicator ? new double[codes.Length] : null;
        var any = false;
        var (levels, filled) = Filling(column.Levels, fill);
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] >= 0) continue;
            any = true;
            codes[i] = filled;
            if (missing is not null) missing[i] = 1;
        }

        if (missing is not null) indicators.Add(Indicates(fill.Column, missing));
        return any && fill.Level.Count > 0 ? new Column.Categorical(levels, EquatableArray.Own(codes)) : column;
    }

    private static NamedColumn Indicates(string column, double[] missing) =>
        new(IndicatorOf(column), new Column.Numeric(EquatableArray.Own(missing)));

    /// <summary>The name of a column's indicator of missing values.</summary>
    internal static string IndicatorOf(string column) => $"{column}:missing";
}
