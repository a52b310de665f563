using FunctionalStack.IO;

namespace FunctionalStack.Cli.Output;

/// <summary>Converts predictions to the columns of a CSV file.</summary>
internal static class PredictionFrame
{
    /// <summary>
    /// The id column, if any, the prediction under the name of the target, if requested the columns <c>P(level)</c>, and
    /// <paramref name="more"/>. Fails if two columns have one name.
    /// </summary>
    public static Outcome<Frame> Of(string target, Prediction prediction, NamedColumn? ids, bool probabilities,
        EquatableArray<NamedColumn> more = default) => Distinct("--out", "Give another id column.", prediction.Count,
            PredictionColumns.Of(target, prediction, ids, probabilities, more));

    /// <summary>Strings as a column.</summary>
    public static Column Strings(EquatableArray<string> strings) => Column.Categorical.Of(strings.ToArray());

    /// <summary>Fails before the fit if <see cref="WriteOutOfFold"/> would fail for the predictions of
    /// <paramref name="learner"/>.</summary>
    public static Outcome<Done> CheckOutOfFold(ILearner learner, LabelledRows rows)
    {
        var names = (learner as ICompositeLearner)?.OutOfFoldNames.ToArray() ?? [];
        if (names.Length == 0)
            return Outcome.Fail<Done>("--oof", "the spec has no stack, so there are no out-of-fold predictions",
                "Leave out --oof, or give a spec with a stack.");
        Prediction nothing = rows.Target is Target.Classes classes
            ? new Prediction.Probabilities(classes.Levels, default) : new Prediction.Numeric(default);
        return OutOfFold(EquatableArray.From(names.Select(name => new OutOfFold(name, default, nothing))), rows.Take(default))
            .Map(_ => default(Done));
    }

    /// <summary>Writes the out-of-fold predictions of each base and of the meta-learner, in row order: the ids, the target, and one column
    /// per base and class.</summary>
    public static Outcome<string> WriteOutOfFold(string path, EquatableArray<OutOfFold> parts, LabelledRows rows,
        CancellationToken cancellation) =>
        OutOfFold(parts, rows).Bind(frame => CsvFile.Write(path, frame, cancellation));

    private static Outcome<Frame> OutOfFold(EquatableArray<OutOfFold> parts, LabelledRows rows) =>
        Distinct("--oof", "Rename the id column, the target or the base with this name.", rows.Target.Count,
    [
        .. rows.Ids is { } ids ? [new NamedColumn(rows.IdName ?? "id", Strings(ids))] : Array.Empty<NamedColumn>(),
        new NamedColumn(rows.TargetName, rows.Target switch
        {
            Target.Classes classes => new Column.Categorical(classes.Levels, classes.Codes),
            Target.Numeric numeric => new Column.Numeric(numeric.Values),
            _ => throw new InvalidOperationException(),
        }),
        .. parts.SelectMany(part =>
            new StackColumns().Columns(part.Name, part.Prediction).Columns.Select(column => Whole(column, part.Rows, rows.Target.Count))),
    ]);

    /// <summary>The columns as a frame. Fails at <paramref name="where"/> if two have one name.</summary>
    public static Outcome<Frame> Distinct(string where, string remedy, int rowCount, NamedColumn[] columns) =>
        Ensure.Twice(columns.Select(column => column.Name)) is { } twice
            ? Outcome.Fail<Frame>(where, $"two columns would be named '{twice}'", remedy)
            : Outcome.Ok(new Frame(rowCount, EquatableArray.Own(columns)));

    // Rows without an out-of-fold prediction get an empty cell.
    private static NamedColumn Whole(NamedColumn column, EquatableArray<int> rows, int count)
    {
        if (rows.Count == count) return column;
        var whole = new double[count];
        Array.Fill(whole, double.NaN);
        for (var i = 0; i < rows.Count; i++) whole[rows[i]] = ((Column.Numeric)column.Column)[i];
        return column with { Column = new Column.Numeric(EquatableArray.Own(whole)) };
    }
}

/// <summary>The ids and the target written beside out-of-fold predictions.</summary>
internal sealed record LabelledRows(string TargetName, Target Target, string? IdName, EquatableArray<string>? Ids)
{
    public LabelledRows Take(EquatableArray<int> rows) => this with { Target = Target.Take(rows), Ids = Ids?.At(rows) };
}
