namespace FunctionalStack.Preprocessing;

/// <summary>
/// Drops uninformative columns, with a note for each: columns without any value or with a single
/// value, and categorical columns that identify their row, such as a name or a key. Numeric columns with several values are
/// kept, including increasing ones, since the order of rows has no meaning. Rows of weight 0 are ignored. A row of
/// weight 2 is two rows with a shared value.
/// </summary>
/// <param name="MinShared">
/// A categorical column identifies its row if less than this fraction of its present values is shared with another row; from 0
/// (drops none) to 1. In Titanic the names share 0, the tickets 0.39 and the cabins 0.50.
/// </param>
/// <param name="MinLevels">Categorical columns with fewer levels present are kept; at least 0.</param>
public sealed record DropUseless(double MinShared = 0.1, int MinLevels = 20) : ILeafTransform
{
    private const string NoValue = "has no value in any training row";
    private const string OneValue = "has the same value in every training row";

    /// <inheritdoc/>
    public string Name => "dropUseless";

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() =>
        Ensure.All(Name, Ensure.FromZeroToOne("minShared", MinShared), Ensure.AtLeast("minLevels", MinLevels, 0));

    Frame? ITransform.Outline(Frame columns, Target target) => columns;

    /// <summary>Fails if no training row has positive weight.</summary>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed)
    {
        return Gathered.Weights(Name, data).Bind(weights =>
        {
            var dropped = new List<string>();
            var notes = new List<Note>();
            foreach (var (name, column) in data.Frame.Columns)
            {
                var why = column is Column.Numeric numeric
                    ? Useless(Counted(numeric.ToArray(), weights)) : Useless((Column.Categorical)column, weights);
                if (why is null) continue;
                dropped.Add(name);
                notes.Add($"{Name}: column '{name}' is left out, since it {why}");
            }

            var map = new DropColumns(EquatableArray.From(dropped));
            return map.Apply(data.Frame).Map(view => new Fitted(view, map)).Noting(EquatableArray.From(notes));
        });
    }

    private static T[] Counted<T>(T[] values, double[]? weights) =>
        weights is null ? values : [.. values.Where((_, row) => weights[row] > 0)];

    private static string? Useless(double[] numbers)
    {
        var first = numbers[0];
        return Array.Exists(numbers, number => !number.Equals(first)) ? null : double.IsNaN(first) ? NoValue : OneValue;
    }

    // A row of weight 2 is two rows with a shared value.
    private string? Useless(Column.Categorical column, double[]? weights)
    {
        var mass = Gathered.Mass(column, weights);
        var present = mass.AsSpan(0, column.Levels.Count);
        var (levels, sum) = (0, 0.0);
        foreach (var one in present)
        {
            if (one > 0) levels++;
            sum += one;
        }

        if (levels == 0) return NoValue;
        if (levels == 1 && mass[^1] == 0) return OneValue;
        if (levels < MinLevels) return null;
        var rows = new int[column.Levels.Count];
        for (var row = 0; row < column.Count; row++)
        {
            if (!column.IsMissing(row) && weights?[row] is not 0.0) rows[column[row]]++;
        }

        var shared = 0.0;
        for (var level = 0; level < rows.Length; level++) shared += rows[level] > 1 || mass[level] >= 2 ? mass[level] : 0;
        return shared < MinShared * sum ? "identifies its row: hardly any training rows share a value" : null;
    }
}
