using FunctionalStack.Learners;

namespace FunctionalStack.Serving;

/// <summary>Explains predictions of single rows: exactly for models of trees, and otherwise by what changes with typical values.</summary>
internal static class RowExplanations
{
    /// <summary>One explanation per row.</summary>
    public static Outcome<EquatableArray<Explanation>> Of(TableModel model, RowBlock rows, Prediction prediction) =>
        Shap.Of(model.Loaded, rows.Frame(0, rows.Count)) is { } shap
            ? shap.WithoutNotes().Map(values => EquatableArray.From(Enumerable.Range(0, rows.Count)
                .Select(row => OfShap(model, values, prediction, row))))
            : Outcome.Ok(EquatableArray.From(Enumerable.Range(0, rows.Count).Select(row => OfTypical(model, rows, prediction, row))));

    private static Explanation OfShap(TableModel model, ShapValues values, Prediction prediction, int row)
    {
        // One output is the log-odds of the second class, or the value.
        var code = values.Outputs == 1 ? 0 : ((Prediction.Probabilities)prediction).Codes()[row];
        var contributions = values.Of(row, code).ToArray();
        return new(Explanation.Shap, $"the score of {(prediction is Prediction.Probabilities p
            ? $"'{p.Levels[values.Outputs == 1 ? p.Levels.Count - 1 : code]}'" : $"'{model.Card.Target}'")}", values.Base[code],
            Sorted(values.Columns.Zip(contributions, (column, value) => new Contribution(column, value))));
    }

    private static Explanation OfTypical(TableModel model, RowBlock rows, Prediction prediction, int row)
    {
        var code = prediction is Prediction.Probabilities p ? p.Codes()[row] : 0;
        var width = Math.Max(1, model.Card.Levels.Count);
        var actual = prediction is Prediction.Probabilities { Matrix: var matrix } ? matrix[row * width + code] : prediction.Values[row];
        var (cells, results) = (rows.Numbers(row).ToArray(), new double[width]);
        var made = new List<Contribution>();
        foreach (var column in model.Schema.Columns.Select((column, place) => (column.Source, Place: place))
            .GroupBy(one => one.Source, one => one.Place))
        {
            var other = (double[])cells.Clone();
            foreach (var place in column) other[place] = model.Typical[place];
            if (other.AsSpan().SequenceEqual(cells)) made.Add(new(column.Key, 0));
            else if (model.TryRun(other, rows.Texts(row, model.NoTexts), results)) made.Add(new(column.Key, actual - results[code]));
        }

        return new(Explanation.Typical, prediction is Prediction.Probabilities probabilities
            ? $"the probability of '{probabilities.Levels[code]}'" : $"'{model.Card.Target}'", null, Sorted(made));
    }

    private static EquatableArray<Contribution> Sorted(IEnumerable<Contribution> all) =>
        EquatableArray.From(all.OrderByDescending(one => Math.Abs(one.Value)));
}
