using FunctionalStack.IO;

namespace FunctionalStack.Cli.Output;

/// <summary>Predictions as the columns of a file.</summary>
internal static class PredictionFrame
{
    /// <summary>
    /// The ids where there are some, the prediction under the target's name, and, where asked for, <c>P(level)</c> columns.
    /// Fails where the ids go by a name of those.
    /// </summary>
    public static Outcome<Frame> Of(string target, Prediction prediction, NamedColumn? ids, bool probabilities)
    {
        NamedColumn[] predicted =
        [
            new(target, prediction switch
            {
                Prediction.Probabilities p => new Column.Categorical(p.Levels, p.Codes()),
                Prediction.Numeric estimates => new Column.Numeric(estimates.Values),
                _ => throw new InvalidOperationException(),
            }),
            .. probabilities && prediction is Prediction.Probabilities ? new StackColumns().Columns(target, prediction).Columns.Select(c => c with { Name = c.Name[(target.Length + 1)..] }) : [],
        ];
        return Distinct("--out", "Give another id column.", prediction.Count, ids is null ? predicted : [ids, .. predicted]);
    }

    /// <summary>Words as a column, kept as they are.</summary>
    public static Column Words(EquatableArray<string> words) => Column.Categorical.Of(words.ToArray());

    /// <summary>Fails where <see cref="WriteOutOfFold"/> would for what <paramref name="learner"/> will say.</summary>
    public static Outcome<Done> CheckOutOfFold(ILearner learner, LabelledRows rows)
    {
        var names = (learner as ICompositeLearner)?.OutOfFoldNames.ToArray() ?? [];
        if (names.Length == 0) return Outcome.Fail<Done>("--oof", "this spec holds no stack, so it has no folds", "Leave --oof out, or give a stack.");
        Prediction nothing = rows.Target is Target.Classes classes ? new Prediction.Probabilities(classes.Levels, default) : new Prediction.Numeric(default);
        return OutOfFold(EquatableArray.From(names.Select(name => new OutOfFold(name, default, nothing))), rows.Take(default)).Map(_ => default(Done));
    }

    /// <summary>Out-of-fold predictions of each base and of the meta learner, in row order: ids, the target, a column a base and class.</summary>
    public static Outcome<string> WriteOutOfFold(string path, EquatableArray<OutOfFold> parts, LabelledRows rows, CancellationToken cancellation) =>
        OutOfFold(parts, rows).Bind(frame => CsvFile.Write(path, frame, cancellation));

    private static Outcome<Frame> OutOfFold(EquatableArray<OutOfFold> parts, LabelledRows rows) => Distinct("--oof", "Give the id column, the target or the base of that name another name.", rows.Target.Count,
    [
        .. rows.Ids is { } ids ? [new NamedColumn(rows.IdName ?? "id", Words(ids))] : Array.Empty<NamedColumn>(),
        new NamedColumn(rows.TargetName, rows.Target switch
        {
            Target.Classes classes => new Column.Categorical(classes.Levels, classes.Codes),
            Target.Numeric values => new Column.Numeric(values.Values),
            _ => throw new InvalidOperationException(),
        }),
        .. parts.SelectMany(part => new StackColumns().Columns(part.Name, part.Prediction).Columns.Select(column => Whole(column, part.Rows, rows.Target.Count))),
    ]);

    private static Outcome<Frame> Distinct(string where, string remedy, int rowCount, NamedColumn[] columns) =>
        Ensure.Twice(columns.Select(column => column.Name)) is { } twice
            ? Outcome.Fail<Frame>(where, $"two columns would be named '{twice}'", remedy)
            : Outcome.Ok(new Frame(rowCount, EquatableArray.Own(columns)));

    // A row without an out-of-fold prediction gets an empty cell.
    private static NamedColumn Whole(NamedColumn column, EquatableArray<int> rows, int count)
    {
        if (rows.Count == count) return column;
        var whole = new double[count];
        Array.Fill(whole, double.NaN);
        for (var i = 0; i < rows.Count; i++) whole[rows[i]] = ((Column.Numeric)column.Column)[i];
        return column with { Column = new Column.Numeric(EquatableArray.Own(whole)) };
    }
}

/// <summary>What stands beside out-of-fold predictions.</summary>
internal sealed record LabelledRows(string TargetName, Target Target, string? IdName, EquatableArray<string>? Ids)
{
    public LabelledRows Take(EquatableArray<int> rows) => this with { Target = Target.Take(rows), Ids = Ids?.At(rows) };
}
