using System.Globalization;

namespace FunctionalStack;

/// <summary>The scores of a fit as a table of text.</summary>
internal static class Leaderboard
{
    /// <summary>One line per base and for the stack, the lowest log-loss or RMSE first. Without out-of-fold predictions, the kind of the
    /// model.</summary>
    public static string Of(Trained trained)
    {
        var scores = trained.Scores;
        if (scores.Count == 0) return $"{trained.Model.GetType().Name}, without out-of-fold scores";
        var metrics = scores[0].Scores.Select(score => score.Metric).ToArray();
        var loss = metrics.Contains(Metric.LogLoss.Name) ? Metric.LogLoss.Name : Metric.Rmse.Name;
        string[] header = ["out of fold", .. metrics];
        var rows = scores.OrderBy(model => model[loss].Mean)
            .Select(model => (string[])[model.Name, .. metrics.Select(metric => Text(model[metric].Mean))])
            .Prepend(header).ToArray();
        var widths = header.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        return string.Join("\n", rows.Select(row => string.Join("  ",
            row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column])))));
    }

    private static string Text(double score) => Math.Abs(score) < 1000
        ? score.ToString("F4", CultureInfo.InvariantCulture)
        : score.ToString("G6", CultureInfo.InvariantCulture);
}
