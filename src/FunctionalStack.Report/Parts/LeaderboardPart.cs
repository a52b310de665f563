using FunctionalStack.Reporting.Charts;
using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Parts;

/// <summary>The scores of all models.</summary>
internal static class LeaderboardPart
{
    private const double Row = 26;
    private const double Names = 130;
    private const double Foot = 44;
    private const double LogFrom = 4;

    /// <summary>The models of a cross-validation.</summary>
    /// <param name="found">The result of the cross-validation.</param>
    /// <param name="target">The target of its rows.</param>
    /// <param name="costs">What the fits of each model cost, by its name; null if it was not measured.</param>
    public static Section Of(Evaluation found, Target target, IReadOnlyDictionary<string, FitCost>? costs = null)
    {
        var near = found.WithinOneStandardError(target);
        var (leading, best) = (Metric.Leading(target), Best(found.Models, target));
        var title = Figures.Title(leading.Name);
        return new("leaderboard", "Leaderboard", Html.All(
            Html.Of("p", Gains.Text(found, target)
                ?? $"One learner was scored on {Figures.Counted(found.Folds.Count, "outer fold")}; there is no base to compare it with.")
                .Class("lead"),
            Table(found.Models, target, near, withRows: false, costs),
            Html.Of("p", near.Count > 1
                ? $"★ marks the models within one standard error of the best {title}: these folds do not distinguish them, and the "
                    + "simplest of them is an equally good choice."
                : $"No other model is within one standard error of the best {title}."),
            found.Folds.Count > 1 && best is not null && !double.IsNaN(best[leading].Mean)
                ? Dots(found.Models, leading, best).Figure()
                : Html.Of("p", "With one fold there is no spread to draw.").Class("absent")));
    }

    /// <summary>Models that were scored on the same folds, of which there are at least two.</summary>
    /// <param name="models">The models.</param>
    /// <param name="target">The target.</param>
    /// <param name="lead">What to see.</param>
    public static Section Of(EquatableArray<ScoredModel> models, Target target, string lead) => new("leaderboard", "Leaderboard", Html.All(
        Html.Of("p", lead).Class("lead"),
        Table(models, target, default, withRows: false, null),
        Best(models, target) is { } best ? Dots(models, Metric.Leading(target), best).Figure() : Html.None));

    /// <summary>The out-of-fold scores of a fit: one score a model.</summary>
    /// <param name="fit">The result of the fit.</param>
    /// <param name="data">Its rows.</param>
    /// <param name="costs">What the fits of each model cost, by its name; null if it was not measured.</param>
    public static Section Of(Trained fit, Dataset data, IReadOnlyDictionary<string, FitCost>? costs = null) => fit.Scores.Count == 0
        ? Section.Without("leaderboard", "Leaderboard", "The spec has no stack, so there are no out-of-fold predictions and no scores. "
            + "Evaluate the same spec for scores on rows that were held out.")
        : new("leaderboard", "Leaderboard", Html.All(
            Html.Of("p", Lead(fit, data.Target)).Class("lead"),
            Table(fit.Scores, data.Target, default, fit.Scores.Any(one => one.OutOfFold.Rows.Count < data.RowCount), costs),
            Html.Of("p", "Each score is over all predicted rows together, so there is no spread over folds. That of the stack is "
                + "optimistic: the models behind its inputs were fitted on the scored row too. Evaluate has no such bias.")));

    private static string Lead(Trained fit, Target target)
    {
        var metric = Metric.Leading(target);
        var title = Figures.Title(metric.Name);
        var bases = fit.Scores.Where(one => one.Role == "base" && !double.IsNaN(one[metric].Mean)).OrderBy(one => one[metric].Mean)
            .ToArray();
        if (bases.Length == 0 || fit.Scores[^1] is not { Role: "stack" } stack)
            return $"{Figures.Counted(fit.Scores.Count, "model")} scored.";
        var difference = stack[metric].Mean - bases[0][metric].Mean;
        return $"Out of fold, the {title} of the stack is {Figures.Fixed(stack[metric].Mean)}, "
            + (difference == 0 ? "equal to that of"
                : $"{Figures.Fixed(Math.Abs(difference))} {(difference < 0 ? "lower" : "higher")} than that of")
            + $" its best base, {bases[0].Name} ({Figures.Fixed(bases[0][metric].Mean)}). Lower is better.";
    }

    private static ScoredModel? Best(EquatableArray<ScoredModel> models, Target target) =>
        models.Where(one => !double.IsNaN(one[Metric.Leading(target)].Mean)).MinBy(one => one[Metric.Leading(target)].Mean);

    private static Html Table(EquatableArray<ScoredModel> models, Target target, EquatableArray<ScoredModel> near, bool withRows,
        IReadOnlyDictionary<string, FitCost>? costs)
    {
        var (metrics, leading) = (Metric.For(target), Metric.Leading(target));
        var best = metrics.ToDictionary(metric => metric.Name, metric => models.Select(one => one[metric].Mean)
            .Where(mean => !double.IsNaN(mean)).DefaultIfEmpty(double.NaN).Aggregate(metric.HigherIsBetter ? Math.Max : Math.Min));
        string[] more = [.. withRows ? (string[])["#rows"] : [], .. costs is null ? [] : (string[])["#fit time", "#memory"]];
        var folds = models.Max(one => one.Scores[0].PerFold.Count) > 1;
        return Html.All(Grid.Of("Scores of all models" + (folds ? ": mean ± standard deviation over the folds, the best of each column in "
                + "bold" : ", the best of each column in bold"),
            ["model", "role", .. metrics.Select(metric => $"#{Figures.Title(metric.Name)}{(metric.HigherIsBetter ? " ↑" : " ↓")}"),
                .. more],
            models.OrderBy(one => double.IsNaN(one[leading].Mean) ? double.PositiveInfinity : one[leading].Mean).Select(one => (Html[])
            [
                Html.All(PlainText.Name(one.Name, 28), near.Count > 1 && near.Contains(one) ? " ★" : ""),
                one.Role,
                .. metrics.Select(metric => Cell(one[metric], best[metric.Name])),
                .. withRows ? [Figures.Whole(one.OutOfFold.Rows.Count)] : Array.Empty<Html>(),
                .. costs is null ? [] : Cells(costs.GetValueOrDefault(one.Name)),
            ])),
            costs is null ? Html.None : Html.Of("p", "Fit time is that of one fit, measured in this run and summed over the parts that ran "
                + "side by side; that of a stack includes its bases. Memory is the estimate that --memory-budget counts.").Class("absent"));
    }

    private static Html[] Cells(FitCost? cost) =>
    [
        Html.Of("span", cost is null ? "-" : Figures.Seconds(cost.Seconds)).Class("measured"),
        cost is null ? "-" : Figures.Megabytes(cost.Bytes),
    ];

    private static Html Cell(Score score, double best)
    {
        Html mean = Figures.Fixed(score.Mean);
        return Html.All(score.Mean == best ? Html.Of("b", mean) : mean, Spread(score));
    }

    /// <summary>The standard deviation over the folds, as it stands after a mean.</summary>
    public static Html Spread(Score score) => score.PerFold.Count > 1 && !double.IsNaN(score.Mean)
        ? Html.Of("span", $" ± {Figures.Fixed(score.Std)}").Class("pm") : Html.None;

    // A dot for each fold, a diamond for the mean, a line of one standard error to both sides.
    private static Chart Dots(EquatableArray<ScoredModel> models, Metric metric, ScoredModel best)
    {
        var sorted = models.Where(one => !double.IsNaN(one[metric].Mean)).OrderBy(one => one[metric].Mean).ToArray();
        var all = sorted.SelectMany(one => one[metric].PerFold.Where(score => !double.IsNaN(score))).ToArray();
        // A few bad models would leave no room for the others.
        var log = all.Min() > 0 && all.Max() > LogFrom * all.Min();
        var bounds = log ? (From: all.Min() * 0.97, To: all.Max() * 1.03) : Ticks.Around(all.Min(), all.Max(), 6);
        var scale = new AxisScale(bounds.From, bounds.To, Names + 10, Chart.Wide - 16, log);
        var bottom = sorted.Length * Row + 8;
        var (ticks, most) = (scale.Ticks(6), best[metric].Mean + best[metric].StandardError);
        var title = Figures.Title(metric.Name);
        return new("scores-by-fold", $"{Upper(title)} of each model in each fold",
            $"Further left is better. {best.Name} has the lowest mean, {Figures.Fixed(best[metric].Mean)}; the shaded band ends one "
                + "standard error above it. Dots are folds, diamonds are means, bars reach one standard error to both sides.",
            Chart.Wide, bottom + Foot, Html.All(
                Svg.Box(scale.At(best[metric].Mean), 2, scale.At(Math.Min(most, bounds.To)) - scale.At(best[metric].Mean), bottom - 2,
                    "band"),
                Html.All(ticks.Values.Select(value => Html.All(
                    Svg.Line(scale.At(value), 2, scale.At(value), bottom, "g"),
                    Svg.Text(scale.At(value), bottom + 16, ticks.Text(value), "t m0")))),
                Html.All(sorted.Index().Select(row => One(row.Item, metric, row.Index * Row + Row / 2 + 4, scale))),
                Svg.Line(scale.Start, bottom, scale.End, bottom, "a"),
                Svg.Text((scale.Start + scale.End) / 2, bottom + 36, $"{title} (lower is better{(log ? ", logarithmic" : "")})",
                    "t n m0")));
    }

    private static Html One(ScoredModel model, Metric metric, double middle, AxisScale scale)
    {
        var (score, series) = (model[metric], model.Role == "base" ? 4 : 0);
        var error = double.IsNaN(score.StandardError) ? 0 : score.StandardError;
        return Html.All(
            Svg.Fitted(Names, middle + 4, model.Name, model.Role == "base" ? "t e" : "t e k", Names),
            Svg.Dots(score.PerFold.Select(value => (scale.At(value), middle)), $"o c{series}"),
            Svg.Line(scale.At(Math.Max(scale.From, score.Mean - error)), middle, scale.At(Math.Min(scale.To, score.Mean + error)), middle,
                $"l c{series}"),
            Svg.Marker(scale.At(score.Mean), middle, 3, $"m f{series}"));
    }

    /// <summary>The text with a capital first letter.</summary>
    public static string Upper(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
