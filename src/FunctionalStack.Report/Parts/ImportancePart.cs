using FunctionalStack.Reporting.Charts;
using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Parts;

/// <summary>What an explanation computed.</summary>
/// <param name="Rows">The number of rows it was computed on.</param>
/// <param name="Permutation">Permutation importance, one a column.</param>
/// <param name="Shap">The mean absolute Shapley value of each column; null if there are none.</param>
/// <param name="Partial">Partial dependence of the leading columns.</param>
internal sealed record Explained(int Rows, EquatableArray<ColumnImportance> Permutation, ShapMeans? Shap,
    EquatableArray<PartialDependence> Partial);

/// <summary>Mean absolute Shapley values.</summary>
/// <param name="What">What the values are shares of: the raw score, or the prediction.</param>
/// <param name="Columns">Each column, in descending order of the mean.</param>
internal sealed record ShapMeans(string What, EquatableArray<(string Column, double Mean)> Columns);

/// <summary>Which columns a model uses, and how.</summary>
internal static class ImportancePart
{
    private const int MostColumns = 20;

    /// <summary>An explanation, with one sentence about the rows.</summary>
    public static Section Of(Explained found, Target target, string about)
    {
        var title = Figures.Title(Metric.Leading(target).Name);
        var sorted = found.Permutation.OrderByDescending(one => one.Mean).ToArray();
        if (sorted.Length == 0) return Section.Without("importance", "Importance of the columns", "The model reads no column.");
        var used = sorted.Count(one => one.Mean != 0);
        return new("importance", "Importance of the columns", Html.All(
            Html.Of("p", about),
            Html.Of("div",
                used == 0 ? Html.Of("p", "No column changes the predictions when its values are shuffled.").Class("absent")
                    : Bars.Of("permutation", "Permutation importance",
                        $"Shuffling {sorted[0].Column} raises the {title} most, by {Figures.Fixed(sorted[0].Mean)}. Whiskers are one "
                            + "standard deviation over the permutations. Columns that share information share importance."
                            + Left(sorted.Length), $"increase of {title}",
                        [.. sorted.Take(MostColumns).Select(one => (one.Column, one.Mean, one.Std, Figures.Fixed(one.Mean)))]).Figure(),
                found.Shap is { Columns: { Count: > 0 } shares } shap
                    ? Bars.Of("shap", "Shapley values",
                        $"{shares[0].Column} moves the {shap.What} most, by {Figures.Fixed(shares[0].Mean)} in the mean."
                            + Left(shares.Count), "mean absolute value",
                        [.. shares.Take(MostColumns).Select(one => (one.Column, one.Mean, double.NaN, Figures.Fixed(one.Mean)))]).Figure()
                    : Html.None)
                .Class("cards"),
            found.Shap is null ? Html.All(Html.Of("p", Html.All("Shapley values of models that are not trees are those of ",
                Html.Of("code", "fstack explain --shap"), ".")).Class("absent")) : Html.None,
            found.Partial.Count == 0 ? Html.None : Html.All(
                Html.Of("h3", "Partial dependence"),
                Html.Of("p", "The mean prediction if the column has the same value in every row. It describes the model, and not causes."),
                Html.Of("div", found.Partial.Select((one, i) => Partial(one, i, target))).Class("cards"))));
    }

    private static string Left(int columns) => columns > MostColumns ? $" The first {MostColumns} of {columns} columns are shown." : "";

    private static Html Partial(PartialDependence found, int number, Target target)
    {
        // Of two classes one line says all.
        var outputs = Math.Max(1, found.Levels.Count);
        int[] shown = outputs == 2 ? [1] : [.. Enumerable.Range(0, Math.Min(outputs, 10))];
        var (low, high) = (found.Mean.Min(), found.Mean.Max());
        if (outputs > 1) (low, high) = shown.SelectMany(Means).Aggregate((Low: 1.0, High: 0.0), (range, one) =>
            (Math.Min(range.Low, one), Math.Max(range.High, one)));
        var what = outputs == 1 ? "mean prediction" : outputs == 2
            ? $"probability of {PlainText.Short(found.Levels[1], 20)}" : "mean probability";
        var range = Ticks.Around(low, high);
        var id = $"partial-{number + 1}";
        var finding = $"The {what} is from {Figures.Fixed(low, 3)} to {Figures.Fixed(high, 3)}"
            + (outputs > 2 ? $" over {shown.Length} classes." : ".");
        return found.Grid is Column.Numeric numbers
            ? Lines(id, found, numbers, shown, range, what, finding)
            : Levels(id, found, (Column.Categorical)found.Grid, shown, what, finding);

        IEnumerable<double> Means(int output) => Enumerable.Range(0, found.Grid.Count).Select(at => found.Mean[at * outputs + output]);
    }

    private static Html Lines(string id, PartialDependence found, Column.Numeric grid, int[] shown, (double, double) range, string what,
        string finding)
    {
        var (values, outputs) = (grid.ToArray(), Math.Max(1, found.Levels.Count));
        var ends = values.Length == 1 ? (values[0] - 1, values[0] + 1) : (values[0], values[^1]);
        var plane = Plane.Of(ends, range, height: 220);
        return new Chart(id, PlainText.Short(found.Column, 40), finding + " Ticks at the foot are the values of the grid.", Chart.Narrow,
            220, Html.All(
            plane.Axes(found.Column, what),
            Html.All(values.Select(value => Svg.Line(plane.X.At(value), plane.Y.Start - 5, plane.X.At(value), plane.Y.Start, "a"))),
            Html.All(shown.Select((output, series) => Svg.Path(values.Select((value, at) => plane.At(value,
                found.Mean[at * outputs + output])),
                Chart.Series(series))))))
        {
            Legend = shown.Length == 1 ? default
                : EquatableArray.From(shown.Select((output, series) => Chart.Entry(series, found.Levels[output]))),
        }.Figure();
    }

    // Categories are bars; of several classes, a table.
    private static Html Levels(string id, PartialDependence found, Column.Categorical grid, int[] shown, string what, string finding)
    {
        var (names, outputs) = (grid.ToArray().Select(code => grid.Levels[code]).ToArray(), Math.Max(1, found.Levels.Count));
        var title = PlainText.Short(found.Column, 40);
        return shown.Length == 1
            ? Bars.Of(id, title, finding, what, [.. names.Select((name, at) => (name, found.Mean[at * outputs + shown[0]], double.NaN,
                Figures.Fixed(found.Mean[at * outputs + shown[0]], 3))).Take(MostColumns)]).Figure()
            : Grid.Of($"{title}: {finding}", [title, .. shown.Select(output => $"#{found.Levels[output]}")],
                names.Select((name, at) => (Html[])[PlainText.Name(name),
                    .. shown.Select(output => (Html)Figures.Fixed(found.Mean[at * outputs + output], 3))]));
    }
}
