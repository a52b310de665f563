using FunctionalStack.IO;

namespace FunctionalStack.Cli.Output;

/// <summary>Predictions as the columns of a file.</summary>
internal static class PredictionFrame
{
    /// <summary>The ids where there are some, the prediction under the target's name, and, where asked for, <c>P(level)</c> columns.</summary>
    public static Frame Of(string target, Prediction prediction, NamedColumn? ids, bool probabilities) => new(prediction.Count,
    [
        .. ids is null ? Array.Empty<NamedColumn>() : [ids],
        new NamedColumn(target, prediction switch
        {
            Prediction.Probabilities p => new Column.Categorical(p.Levels, p.Codes()),
            Prediction.Estimates estimates => new Column.Numeric(estimates.Numbers),
            _ => throw new InvalidOperationException(),
        }),
        .. probabilities && prediction is Prediction.Probabilities ? new StackOn().Columns(target, prediction).Columns.Select(c => c with { Name = c.Name[(target.Length + 1)..] }) : [],
    ]);

    /// <summary>Words as a column, kept as they are.</summary>
    public static Column Words(Values<string> words) => Column.Categorical.Of(words.ToArray());

    /// <summary>Out-of-fold predictions of each base and of the meta learner, in row order: ids, the target, a column a base and class.</summary>
    public static Outcome<string> WriteOutOfFold(string path, Values<OutOfFold> parts, string target, TrainingRows rows, CancellationToken cancellation)
    {
        NamedColumn[] first =
        [
            .. rows.Ids is { } ids ? [new NamedColumn(rows.IdName ?? "id", Words(ids))] : Array.Empty<NamedColumn>(),
            new NamedColumn(target, rows.Target switch
            {
                Target.Classes classes => new Column.Categorical(classes.Levels, classes.Codes),
                Target.Values values => new Column.Numeric(values.Numbers),
                _ => throw new InvalidOperationException(),
            }),
        ];
        var columns = parts.SelectMany(part => new StackOn().Columns(part.Name, part.Prediction).Columns.Select(column => Whole(column, part.Rows, rows.Target.Count)));
        return CsvFile.Write(path, new Frame(rows.Target.Count, [.. first, .. columns]), cancellation);
    }

    // A row without an out-of-fold prediction gets an empty cell.
    private static NamedColumn Whole(NamedColumn column, Values<int> rows, int count)
    {
        if (rows.Count == count) return column;
        var whole = new double[count];
        Array.Fill(whole, double.NaN);
        for (var i = 0; i < rows.Count; i++) whole[rows[i]] = ((Column.Numeric)column.Column)[i];
        return column with { Column = new Column.Numeric(Values.Own(whole)) };
    }
}

/// <summary>What stands beside out-of-fold predictions.</summary>
internal sealed record TrainingRows(Target Target, string? IdName, Values<string>? Ids);
