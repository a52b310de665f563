using System.Globalization;
using Spectre.Console;

namespace FunctionalStack.Cli.Output;

/// <summary>Tables for people.</summary>
internal static class Tables
{
    /// <summary>How many metrics people are shown, so that a table fits 80 characters; the leading ones. JSON has all.</summary>
    public const int MostMetrics = 3;

    private const int MostLevels = 12;

    /// <summary>A row a contender, a column a metric: mean and, over several folds, standard deviation. The best of each column is bold.</summary>
    /// <param name="contenders">The models scored.</param>
    /// <param name="target">What they predict.</param>
    /// <param name="near">Those to be marked by a star; null for none.</param>
    public static Table Scores(IReadOnlyList<Contender> contenders, Target target, IReadOnlyCollection<Contender>? near = null)
    {
        var metrics = Metric.For(target).Take(MostMetrics).ToArray();
        var table = new Table().Border(TableBorder.Rounded).AddColumn("model");
        // A name may be broken over lines, a number never.
        foreach (var metric in metrics) table.AddColumn(new TableColumn(Title(metric.Name)).RightAligned().NoWrap());
        foreach (var contender in contenders)
        {
            table.AddRow([Markup.Escape(contender.Name) + (near?.Contains(contender) == true ? " *" : ""), .. metrics.Select(metric => Cell(contender, metric, contenders))]);
        }

        return table;
    }

    /// <summary>Four decimals, or as many as said; where that would hide or drown the number, its power of ten.</summary>
    public static string Fixed(double number, int decimals = 4) => Math.Abs(number) switch
    {
        double.NaN => "-",
        0 or (>= 0.001 and < 1000) => number.ToString($"F{decimals}", CultureInfo.InvariantCulture),
        >= 1000 and < 1e6 => number.ToString("F1", CultureInfo.InvariantCulture),
        _ => number.ToString("0.000e+0", CultureInfo.InvariantCulture),
    };

    /// <summary>Thousands apart, no decimals.</summary>
    public static string Whole(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The levels, or the first dozen of many.</summary>
    public static string Levels(Values<string> levels) => levels.Count <= MostLevels
        ? string.Join(", ", levels)
        : $"{string.Join(", ", levels.Take(MostLevels - 1))}, ... {levels.Count} in all";

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

    private static string Cell(Contender contender, Metric metric, IReadOnlyList<Contender> all)
    {
        var score = contender[metric.Name];
        var means = all.Select(other => other[metric.Name].Mean).Where(mean => !double.IsNaN(mean)).DefaultIfEmpty(double.NaN);
        // Beside a mean of four decimals a smaller spread is as good as none.
        var spread = score.Std < 0.001 && score.Mean is >= 0.001 and < 1000 ? score.Std.ToString("F4", CultureInfo.InvariantCulture) : Fixed(score.Std);
        var text = score.PerFold.Count > 1 ? $"{Fixed(score.Mean)} ± {spread}" : Fixed(score.Mean);
        return score.Mean == (metric.HigherIsBetter ? means.Max() : means.Min()) ? $"[bold]{text}[/]" : text;
    }
}
