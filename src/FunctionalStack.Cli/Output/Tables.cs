using System.Globalization;
using Spectre.Console;

namespace FunctionalStack.Cli.Output;

/// <summary>Tables for people.</summary>
internal static class Tables
{
    /// <summary>A row a contender, a column a metric: mean and, over several folds, standard deviation. The best of each column is bold.</summary>
    public static Table Scores(IReadOnlyList<Contender> contenders, Target target)
    {
        var metrics = Metric.For(target);
        var table = new Table().Border(TableBorder.Rounded).AddColumn("model");
        foreach (var metric in metrics) table.AddColumn(new TableColumn(Title(metric)).RightAligned());
        foreach (var contender in contenders)
        {
            table.AddRow([Markup.Escape(contender.Name), .. metrics.Select(metric => Cell(contender, metric, contenders))]);
        }

        return table;
    }

    public static string Fixed(double number, int digits = 4) =>
        double.IsNaN(number) ? "-" : Math.Abs(number) >= 1000 ? number.ToString("N1", CultureInfo.InvariantCulture) : number.ToString($"F{digits}", CultureInfo.InvariantCulture);

    private static string Title(Metric metric) => metric.Name switch
    {
        "logLoss" => "log-loss",
        "auc" => "ROC AUC",
        "balancedAccuracy" => "balanced",
        "brier" => "Brier",
        "f1" => "F1",
        "rmse" => "RMSE",
        "mae" => "MAE",
        "r2" => "R2",
        var name => name,
    };

    private static string Cell(Contender contender, Metric metric, IReadOnlyList<Contender> all)
    {
        var score = contender[metric.Name];
        var means = all.Select(other => other[metric.Name].Mean).Where(mean => !double.IsNaN(mean)).DefaultIfEmpty(double.NaN);
        var text = score.PerFold.Count > 1 ? $"{Fixed(score.Mean)} ± {Fixed(score.Std)}" : Fixed(score.Mean);
        return score.Mean == (metric.HigherIsBetter ? means.Max() : means.Min()) ? $"[bold]{text}[/]" : text;
    }
}
