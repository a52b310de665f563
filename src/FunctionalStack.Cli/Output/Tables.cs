using System.Globalization;
using Spectre.Console;

namespace FunctionalStack.Cli.Output;

/// <summary>Tables for people.</summary>
internal static class Tables
{
    /// <summary>How many metrics people are shown, so that a table fits 80 characters; the leading ones. JSON has all.</summary>
    public const int MostMetrics = 3;

    private const int MostLevels = 12;

    // A longer name is broken over lines.
    private const int MostNameWidth = 24;

    private const int MostOfLevel = 24;

    /// <summary>A row a contender, a column a metric: mean and, over several folds, standard deviation. The best of each column is bold.</summary>
    /// <param name="contenders">The models scored.</param>
    /// <param name="target">What they predict.</param>
    /// <param name="width">Characters a line; metrics that do not fit beside the names are left out, but for the leading one.</param>
    /// <param name="near">Those to be marked by a star; null for none.</param>
    public static Table Scores(IReadOnlyList<ScoredModel> models, Target target, int width, IReadOnlyCollection<ScoredModel>? near = null)
    {
        var room = width - Math.Min(MostNameWidth, models.Max(contender => contender.Name.Length) + 2) - 4;
        var columns = Metric.For(target).Take(MostMetrics).Select(metric => (Metric: metric, Cells: Cells(metric, models))).ToArray();
        var fitting = Enumerable.Range(1, columns.Length).Last(count => count == 1 || columns.Take(count).Sum(column => Wide(column) + 3) <= room);
        columns = columns[..fitting];
        var table = new Table().Border(TableBorder.Rounded).AddColumn("model");
        // A name may be broken over lines, a number never.
        foreach (var (metric, _) in columns) table.AddColumn(new TableColumn(Title(metric.Name)).RightAligned().NoWrap());
        for (var row = 0; row < models.Count; row++)
        {
            table.AddRow([Name(models[row].Name) + (near?.Contains(models[row]) == true ? " *" : ""), .. columns.Select(column => column.Cells[row])]);
        }

        return table;

        static int Wide((Metric Metric, string[] Cells) column) => column.Cells.Append(Title(column.Metric.Name)).Max(cell => Markup.Remove(cell).Length);
    }

    /// <summary>Four decimals, or as many as said; where that would hide or drown the number, its power of ten.</summary>
    public static string Fixed(double number, int decimals = 4) => Math.Abs(number) switch
    {
        double.NaN => "-",
        0 or (>= 0.001 and < 1000) => number.ToString($"F{decimals}", CultureInfo.InvariantCulture),
        >= 1000 and < 1e6 => number.ToString("F1", CultureInfo.InvariantCulture),
        _ => number.ToString("0.000e+0", CultureInfo.InvariantCulture),
    };

    /// <summary>A name of others as a cell.</summary>
    public static string Name(string name) => Markup.Escape(Plain.Text(name).ReplaceLineEndings(" "));

    /// <summary>Thousands apart, no decimals.</summary>
    public static string Whole(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The levels, or the first dozen of many, long ones cut.</summary>
    public static string Levels(EquatableArray<string> levels) => levels.Count <= MostLevels
        ? string.Join(", ", levels.Select(Cut))
        : $"{string.Join(", ", levels.Take(MostLevels - 1).Select(Cut))}, ... {levels.Count} in all";

    private static string Cut(string level) => Plain.Text(level.Length <= MostOfLevel ? level : $"{level[..MostOfLevel]}...").Replace('\n', ' ');

    /// <summary>What people call a metric.</summary>
    public static string Title(string metric) => metric switch
    {
        "logLoss" => "log-loss",
        "auc" => "ROC AUC",
        "rmse" => "RMSE",
        "mae" => "MAE",
        "r2" => "R2",
        _ => metric,
    };

    // One format a column, by its largest mean.
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
