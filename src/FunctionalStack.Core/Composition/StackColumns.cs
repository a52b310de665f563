namespace FunctionalStack;

/// <summary>How a base's predictions become columns for the meta-learner.</summary>
/// <param name="StackMethod">What a classifier passes.</param>
/// <param name="DropFirstClass">Drop the first class's column, since the others determine it.</param>
/// <param name="Floor">
/// The lower bound of probabilities before the logarithm is taken; above 0. It keeps overconfident bases, such as a vote
/// of five neighbours with probability 0 or 1, from dominating the others.
/// </param>
public sealed record StackColumns([FormerName("Upward")] StackMethod StackMethod = StackMethod.Probabilities, bool DropFirstClass = false,
    double Floor = 0.01)
{
    /// <summary>The columns of <paramref name="prediction"/> with prefix <paramref name="name"/>: <c>rf:P(yes)</c>, <c>rf:logP(yes)</c>,
    /// <c>rf:class</c>, or <c>rf</c> for regression.</summary>
    public Frame Columns(string name, Prediction prediction) => prediction switch
    {
        Prediction.Numeric numeric => Single(name, new Column.Numeric(numeric.Values), new(name, null)),
        Prediction.Probabilities p when StackMethod == StackMethod.Labels =>
            Single(ColumnName(name, StackMethod, ""), new Column.Categorical(p.Levels, p.Codes()), new(name, null, StackMethod)),
        // Not Frame.Of: if the only class is dropped, the row count must be kept.
        Prediction.Probabilities p =>
            new(p.Count,
                EquatableArray.From(Enumerable.Range(0, p.Levels.Count).Skip(DropFirstClass ? 1 : 0)
                .Select(level => ClassColumn(name, p, level)))),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>Computes the cells of <see cref="Columns"/> from a row's prediction.</summary>
    internal RowFunction ForRow(Prediction outline)
    {
        var first = DropFirstClass ? 1 : 0;
        return outline switch
        {
            Prediction.Probabilities p when StackMethod == StackMethod.Labels => new LabelCell(p),
            Prediction.Probabilities p when StackMethod == StackMethod.LogProbabilities => new LogCells(first, p.Levels.Count, Floor),
            Prediction.Probabilities p => new PickCells([.. Enumerable.Range(first, p.Levels.Count - first)]),
            _ => new PickCells([0]),
        };
    }

    private static double Log(double probability, double floor) => Math.Log(Math.Max(probability, floor));

    /// <summary>The code of a row's class.</summary>
    private sealed class LabelCell(Prediction.Probabilities outline) : RowFunction
    {
        public override int Count => 1;

        public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
        {
            results[0] = outline.CodeOf(row.Numbers[..outline.Levels.Count]);
            return true;
        }
    }

    /// <summary>Logarithms of probabilities, from the first class passed on.</summary>
    private sealed class LogCells(int first, int classes, double floor) : RowFunction
    {
        public override int Count => classes - first;

        public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
        {
            for (var level = first; level < classes; level++) results[level - first] = Log(row[level], floor);
            return true;
        }
    }

    /// <summary>The name of a class's column.</summary>
    private static string ColumnName(string name, StackMethod method, string level) => method switch
    {
        StackMethod.Labels => $"{name}:class",
        StackMethod.LogProbabilities => $"{name}:logP({level})",
        _ => $"{name}:P({level})",
    };

    private static Frame Single(string name, Column column, PredictionOrigin origin) =>
        new(column.Count, [new NamedColumn(name, column) { Origin = origin }]);

    private NamedColumn ClassColumn(string name, Prediction.Probabilities p, int level)
    {
        var log = StackMethod == StackMethod.LogProbabilities;
        var numbers = new double[p.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            var probability = p.Matrix[i * p.Levels.Count + level];
            numbers[i] = log ? Log(probability, Floor) : probability;
        }

        return new(ColumnName(name, StackMethod, p.Levels[level]),
            new Column.Numeric(EquatableArray.Own(numbers)))
        { Origin = new(name, p.Levels[level], StackMethod) };
    }
}
