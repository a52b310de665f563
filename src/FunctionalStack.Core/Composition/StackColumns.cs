namespace FunctionalStack;

/// <summary>How a prediction becomes columns for the level above.</summary>
/// <param name="StackMethod">What is handed up.</param>
/// <param name="DropFirstClass">Leave out the first class's column: the others determine it.</param>
/// <param name="Floor">
/// The least probability whose logarithm is handed up; above 0. It keeps one base's certainty (a vote of five neighbours
/// knows only fifths) from drowning the others.
/// </param>
public sealed record StackColumns([FormerName("Upward")] StackMethod StackMethod = StackMethod.Probabilities, bool DropFirstClass = false, double Floor = 0.01)
{
    /// <summary>The columns of <paramref name="prediction"/> by <paramref name="name"/>: <c>rf:P(yes)</c>, <c>rf:logP(yes)</c>, <c>rf:class</c>, or <c>rf</c> for estimates.</summary>
    public Frame Columns(string name, Prediction prediction) => prediction switch
    {
        Prediction.Numeric estimates => Single(name, new Column.Numeric(estimates.Values), new(name, null)),
        Prediction.Probabilities p when StackMethod == StackMethod.Labels => Single(ColumnName(name, StackMethod, ""), new Column.Categorical(p.Levels, p.Codes()), new(name, null, StackMethod)),
        // Not Frame.Of: the only class may be the one left out, and the rows must still be counted.
        Prediction.Probabilities p => new(p.Count, EquatableArray.From(Enumerable.Range(0, p.Levels.Count).Skip(DropFirstClass ? 1 : 0).Select(level => ClassColumn(name, p, level)))),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>What the column of a class is called.</summary>
    private static string ColumnName(string name, StackMethod method, string level) => method switch
    {
        StackMethod.Labels => $"{name}:class",
        StackMethod.LogProbabilities => $"{name}:logP({level})",
        _ => $"{name}:P({level})",
    };

    private static Frame Single(string name, Column column, PredictionOrigin origin) => new(column.Count, [new NamedColumn(name, column) { Origin = origin }]);

    private NamedColumn ClassColumn(string name, Prediction.Probabilities p, int level)
    {
        var log = StackMethod == StackMethod.LogProbabilities;
        var numbers = new double[p.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            var probability = p.Matrix[i * p.Levels.Count + level];
            numbers[i] = log ? Math.Log(Math.Max(probability, Floor)) : probability;
        }

        return new(ColumnName(name, StackMethod, p.Levels[level]), new Column.Numeric(EquatableArray.Own(numbers))) { Origin = new(name, p.Levels[level], StackMethod) };
    }
}
