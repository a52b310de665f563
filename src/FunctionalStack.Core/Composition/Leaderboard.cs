using System.Globalization;

namespace FunctionalStack;

/// <summary>The scores of a fit as a table of text.</summary>
internal static class Leaderboard
{
    /// <summary>One line per base and for the stack, the lowest log-loss or RMSE first. Without out-of-fold predictions, the kind of the
    /// model.</summary>
    public static string Of(Trained trained) => trained.Scores.Count == 0
        ? $"{trained.Model.GetType().Name}, without out-of-fold scores"
        : Of("out of fold", trained.Scores);

    /// <summary>One line per model, the lowest log-loss or RMSE first.</summary>
    public static string Of(string title, EquatableArray<ScoredModel> models) => models.Count == 0 ? "no models" : Of(title,
        [.. models.Select(model =>
            (model.Name, (IReadOnlyList<(string, double)>)[.. model.Scores.Select(one => (one.Metric, one.Mean))]))]);

    /// <summary>The same for any scores. The models have the same metrics, in the same order.</summary>
    public static string Of(string title, IReadOnlyList<(string Name, IReadOnlyList<(string Metric, double Mean)> Scores)> models)
    {
        var metrics = models[0].Scores.Select(score => score.Metric).ToArray();
        var loss = Math.Max(0, Array.FindIndex(metrics, metric => metric == Metric.LogLoss.Name || metric == Metric.Rmse.Name));
        string[] header = [title, .. metrics];
        var rows = models.OrderBy(model => model.Scores[loss].Mean)
            .Select(model => (string[])[model.Name, .. model.Scores.Select(score => Text(score.Mean))])
            .Prepend(header).ToArray();
        var widths = header.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        return string.Join("\n", rows.Select(row => string.Join("  ",
            row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column])))));
    }

    private static string Text(double score) => Math.Abs(score) < 1000
        ? score.ToString("F4", CultureInfo.InvariantCulture)
        : score.ToString("G6", CultureInfo.InvariantCulture);
}
