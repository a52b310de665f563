using System.Globalization;
using FunctionalStack.Reporting.Markup;
using Spectre.Console;

namespace FunctionalStack.Cli.Output;

/// <summary>Formats scores and numbers for text output.</summary>
internal static class Tables
{
    /// <summary>The number of metrics in a table: the leading ones, so that it fits 80 characters. JSON has all.</summary>
    public const int MostMetrics = 3;

    private const int MostLevels = 12;

    // Longer names are wrapped.
    private const int MostNameWidth = 24;

    private const int MostOfLevel = 24;

    private const string RowsTitle = "rows";

    /// <summary>A table with one row per model and one column per metric: the mean and, for several folds, the standard deviation. The best
    /// mean per column is bold.</summary>
    /// <param name="models">The scored models.</param>
    /// <param name="target">The target. It determines the metrics.</param>
    /// <param name="width">The characters per line. Metrics that do not fit are left out; the leading one is always shown.</param>
    /// <param name="near">The models to mark with a star; null for none.</param>
    /// <param name="withRows">Whether a column has the number of rows that each model is scored on.</param>
    public static Table Scores(IReadOnlyList<ScoredModel> models, Target target, int width, IReadOnlyCollection<ScoredModel>? near = null,
        bool withRows = false)
    {
        string[] rows = withRows ? [.. models.Select(model => Whole(model.OutOfFold.Rows.Count))] : [];
        var room = width - Math.Min(MostNameWidth, models.Max(model => model.Name.Length) + 2) - 4
            - (withRows ? rows.Append(RowsTitle).Max(cell => cell.Length) + 3 : 0);
        var columns = Metric.For(target).Take(MostMetrics).Select(metric => (Metric: metric, Cells: Cells(metric, models))).ToArray();
        var fitting = Enumerable.Range(1, columns.Length)
            .Last(count => count == 1 || columns.Take(count).Sum(column => Wide(column) + 3) <= room);
        columns = columns[..fitting];
        var table = new Table().Border(TableBorder.Rounded).AddColumn("model");
        // Names may be wrapped, scores may not.
        foreach (var (metric, _) in columns) table.AddColumn(new TableColumn(Title(metric.Name)).RightAligned().NoWrap());
        if (withRows) table.AddColumn(new TableColumn(RowsTitle).RightAligned().NoWrap());
        for (var row = 0; row < models.Count; row++)
        {
            table.AddRow([Name(models[row].Name) + (near?.Contains(models[row]) == true ? " *" : ""),
                .. columns.Select(column => column.Cells[row]), .. rows.Skip(row).Take(1)]);
        }

        return table;

        static int Wide((Metric Metric, string[] Cells) column) =>
            column.Cells.Append(Title(column.Metric.Name)).Max(cell => Markup.Remove(cell).Length);
    }

    /// <inheritdoc cref="Figures.Fixed"/>
    public static string Fixed(double number, int decimals = 4) => Figures.Fixed(number, decimals);

    /// <summary>A name as the text of a cell, escaped, on one line.</summary>
    public static string Name(string name) => Markup.Escape(Plain.Text(name).ReplaceLineEndings(" "));

    /// <inheritdoc cref="Figures.Whole"/>
    public static string Whole(double number) => Figures.Whole(number);

    /// <inheritdoc cref="Figures.Rows"/>
    public static string Rows(int count) => Figures.Rows(count);

    /// <summary>The levels, separated by commas. Long levels are truncated; of more than 12 levels the first 11 are listed.</summary>
    public static string Levels(EquatableArray<string> levels) => levels.Count <= MostLevels
        ? string.Join(", ", levels.Select(Truncated))
        : $"{string.Join(", ", levels.Take(MostLevels - 1).Select(Truncated))}, ... {levels.Count} in total";

    private static string Truncated(string level) =>
        Plain.Text(level.Length <= MostOfLevel ? level : $"{level[..MostOfLevel]}...").Replace('\n', ' ');

    /// <inheritdoc cref="Figures.Title"/>
    public static string Title(string metric) => Figures.Title(metric);

    // One number format per column, chosen by the largest mean.
    private static string[] Cells(Metric metric, IReadOnlyList<ScoredModel> all)
    {
        var means = all.Select(one => one[metric.Name].Mean).Where(mean => !double.IsNaN(mean)).DefaultIfEmpty(double.NaN).ToArray();
        var format = means.Max(Math.Abs) switch
        {
            0 or double.NaN or (>= 0.001 and < 1000) => "F4",
            >= 1000 and < 1e6 => "F1",
            _ => "0.000e+0",
        };
        var best = metric.HigherIsBetter ? means.Max() : means.Min();
        return [.. all.Select(one => Cell(one[metric.Name]))];

        string Cell(Score score)
        {
            var text = score.PerFold.Count > 1 ? $"{Shown(score.Mean)} ± {Shown(score.Std)}" : Shown(score.Mean);
            return score.Mean == best ? $"[bold]{text}[/]" : text;
        }

        string Shown(double number) => double.IsNaN(number) ? "-" : number.ToString(format, CultureInfo.InvariantCulture);
    }
}
