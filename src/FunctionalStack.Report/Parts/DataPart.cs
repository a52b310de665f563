using FunctionalStack.Reporting.Charts;
using FunctionalStack.Reporting.Curves;
using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Parts;

/// <summary>The columns and the target of the rows.</summary>
internal static class DataPart
{
    private const int MostColumns = 200;
    private const int MostLevels = 24;

    /// <summary>A sentence about rows that are to be predicted later.</summary>
    public const string Later = "Whether rows that are to be predicted later differ from these is checked by fstack audit --test, in code "
        + "by Audit.";

    /// <summary>A sentence about labelled rows for a fitted model.</summary>
    public const string Against = "Whether these rows differ from those that the model was fitted on is checked by fstack audit, with the "
        + "training file as --data and this one as --test.";

    /// <summary>One line a column, the distribution of the target, and what may be wrong with them.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="about">A sentence about other rows.</param>
    /// <param name="later">The rows to be predicted later, whose values stand beside those of the columns; null if there are none.</param>
    public static Section Of(Dataset data, string about, Frame? later = null)
    {
        var (columns, warnings) = (data.Frame.Columns, DataWarnings.Of(data));
        return new("data", "Data", Html.All(
            Html.Of("p", $"{Figures.Rows(data.RowCount)} and {Figures.Counted(columns.Count, "column")} besides the target. "
                + $"{Missing(data)}"),
            warnings.Count == 0 ? Html.Of("p", data.Target is Target.Classes
                ? "No column is constant or like an id, and no class is rare." : "No column is constant or like an id.")
                : Html.Of("ul", warnings.Select(warning => Html.Of("li", warning))).Class("warnings"),
            TargetChart(data).Figure(),
            columns.Count == 0 ? Html.Of("p", "There are no columns.").Class("absent")
                : Grid.Of("The columns" + (columns.Count > MostColumns
                    ? $", the first {MostColumns} of {Figures.Whole(columns.Count)}" : ""),
                    ["column", "type", "#missing", "~values", "distribution",
                        .. later is null ? [] : (string[])["#missing in the test rows", "values of the test rows"]],
                    columns.Take(MostColumns).Select(column => (Html[])[.. Line(column), .. later is null ? [] : Beside(column, later)])),
            Html.Of("p", about).Class("absent")));
    }

    private static Html[] Beside(NamedColumn named, Frame later) =>
        later.Columns.FirstOrDefault(column => column.Name == named.Name) is { } found && Line(found) is [_, _, var missing, var values, ..]
            ? [missing, values] : ["", ""];

    private static string Missing(Dataset data)
    {
        var cells = (double)data.RowCount * data.Frame.Columns.Count;
        var with = data.Frame.Columns.Count(column => MissingIn(column.Column) > 0);
        return with == 0 ? "No value is missing."
            : $"{Figures.Percent(data.Frame.Columns.Sum(column => (double)MissingIn(column.Column)) / cells)} of the values are missing, "
                + $"in {Figures.Counted(with, "column")}.";
    }

    private static Html[] Line(NamedColumn named)
    {
        var share = named.Column.Count == 0 ? 0 : (double)MissingIn(named.Column) / named.Column.Count;
        return named.Column switch
        {
            Column.Numeric numbers => [PlainText.Name(named.Name), "numbers", Figures.Percent(share), .. Numbers(named.Name, numbers)],
            Column.Categorical categories => [PlainText.Name(named.Name), Texts.Are(categories) ? "texts" : "categories",
                Figures.Percent(share), .. Categories(named.Name, categories)],
            _ => throw new InvalidOperationException(),
        };
    }

    private static Html[] Numbers(string name, Column.Numeric column)
    {
        var values = EquatableArray.Own(column.ToArray());
        if (Quartiles.Of(values) is not { } found) return ["no value", ""];
        var text = found.Least == found.Most ? $"always {Figures.Few(found.Least)}"
            : $"{Figures.Few(found.Least)} to {Figures.Few(found.Most)}; quartiles {Figures.Few(found.Lower)}, "
                + $"{Figures.Few(found.Median)}, "
                + Figures.Few(found.Upper);
        return [text, Histogram.Of(values) is { } bars
            ? Small.Of($"Distribution of {PlainText.Short(name, 40)}", text, [.. bars.Counts.Select(count => (double)count)]) : ""];
    }

    private static Html[] Categories(string name, Column.Categorical column)
    {
        var counts = Counts(column).OrderByDescending(one => one.Count).ToArray();
        if (counts.Length == 0) return ["no value", ""];
        var (level, most) = counts[0];
        var text = $"{Figures.Counted(counts.Length, "level")}; most frequent '{PlainText.Short(level, 24)}', "
            + Figures.Percent((double)most / column.Count);
        return [text, Small.Of($"Rows of each level of {PlainText.Short(name, 40)}", text,
            [.. counts.Take(MostLevels).Select(one => (double)one.Count)])];
    }

    /// <summary>The levels that have rows, with their number.</summary>
    public static IEnumerable<(string Level, int Count)> Counts(Column.Categorical column) =>
        column.ToArray().Where(code => code >= 0).CountBy(code => code).OrderBy(one => one.Key)
            .Select(one => (column.Levels[one.Key], one.Value));

    /// <summary>The number of rows without a value.</summary>
    public static int MissingIn(Column column) => column switch
    {
        Column.Numeric numbers => numbers.ToArray().Count(double.IsNaN),
        Column.Categorical categories => categories.ToArray().Count(code => code < 0),
        _ => 0,
    };

    private static string Balance((string Level, double Rows)[] counts, int rows)
    {
        var (most, least) = (counts.MaxBy(one => one.Rows), counts.MinBy(one => one.Rows));
        return most.Rows == least.Rows
            ? $"Each class has {Figures.Percent(most.Rows / rows)} of the rows."
            : $"The largest class is '{PlainText.Short(most.Level, 24)}' with {Figures.Percent(most.Rows / rows)} of the rows, "
                + $"the smallest '{PlainText.Short(least.Level, 24)}' with {Figures.Percent(least.Rows / rows)}.";
    }

    private static Chart TargetChart(Dataset data)
    {
        var name = PlainText.Short(data.Roles.TargetName, 40);
        if (data.Target is Target.Classes classes)
        {
            var counts = classes.Levels.Zip(classes.Mass(), (level, mass) => (Level: level, Rows: mass)).ToArray();
            var shown = (classes.IsOrdered ? counts : [.. counts.OrderByDescending(one => one.Rows)]).Take(MostLevels).ToArray();
            return Bars.Of("target", $"Rows of each class of {name}",
                Balance(counts, data.RowCount)
                    + (counts.Length > shown.Length ? $" {shown.Length} of {counts.Length} classes are shown." : ""),
                "rows", [.. shown.Select(one => (one.Level, one.Rows, double.NaN, Figures.Whole(one.Rows)))]);
        }

        var values = ((Target.Numeric)data.Target).Values;
        var (bars, spread) = (Histogram.Of(values)!, Quartiles.Of(values)!);
        var plane = Plane.Of((bars.From, bars.To), (0, Ticks.Around(0, bars.Counts.Max()).To));
        return new("target", $"Distribution of {name}",
            $"Half of the rows are from {Figures.Few(spread.Lower)} to {Figures.Few(spread.Upper)}, all from {Figures.Few(spread.Least)} "
                + $"to {Figures.Few(spread.Most)}.",
            Chart.Narrow, 260, Html.All(plane.Axes(name, "rows"),
                Svg.Boxes(bars.Counts.Index().Where(bin => bin.Item > 0).Select(bin => (
                    plane.X.At(bars.From + bin.Index * bars.Step) + 0.5, plane.Y.At(bin.Item),
                    Math.Max(0.5, plane.X.At(bars.From + bars.Step) - plane.X.At(bars.From) - 1), plane.Y.At(0) - plane.Y.At(bin.Item))),
                    "b")));
    }
}
