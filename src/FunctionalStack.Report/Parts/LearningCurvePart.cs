using FunctionalStack.Reporting.Charts;
using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Parts;

/// <summary>How the scores depend on the number of training rows.</summary>
internal static class LearningCurvePart
{
    private const string Id = "learning-curve";
    private const string Heading = "Learning curve";

    /// <summary>The curve of the leading metric, and a table of all metrics.</summary>
    public static Section Of(Evaluation found, Target target)
    {
        var points = found.LearningCurve;
        if (points.Count == 0)
        {
            return Section.Without(Id, Heading, "How the scores depend on the number of training rows was not computed, since it takes "
                + "more than twice the time of the evaluation. Add --learning-curve to evaluate, or call LearningCurve.");
        }

        var (metrics, leading) = (Metric.For(target), Metric.Leading(target));
        return new(Id, Heading, Html.All(
            Html.Of("p", $"The evaluated model, {PlainText.Short(found.Final.Name, 40)}, is fitted on shares of the training rows of each "
                + "outer fold, and scored on the same held-out rows each time. The last point is the evaluation above."),
            points.Count < 2
                ? Html.Of("p", "On smaller shares it could not be fitted, as the notes say.").Class("absent")
                : Drawn(points, leading),
            Grid.Of("Mean ± standard deviation over the folds; below, the mean on the rows that were fitted on",
                ["#training rows", .. metrics.Select(metric => $"#{Figures.Title(metric.Name)}"
                    + (metric.HigherIsBetter ? " ↑" : " ↓"))],
                points.Select(point => (Html[])
                [
                    Figures.Whole(point.MeanRows), .. metrics.Select(metric => Cell(point[metric], point.TrainingScore(metric))),
                ]))));
    }

    private static Html Cell(Score held, Score training) => Html.All(Figures.Fixed(held.Mean), LeaderboardPart.Spread(held),
        Html.Of("div", Figures.Fixed(training.Mean)).Class("pm"));

    private static Html Drawn(EquatableArray<LearningPoint> points, Metric metric)
    {
        var defined = points.Where(point => !double.IsNaN(point[metric].Mean)).ToArray();
        if (defined.Length < 2) return Html.Of("p", "The score is not defined, so there is nothing to draw.").Class("absent");
        var title = Figures.Title(metric.Name);
        return Lines.Of("learning", $"{LeaderboardPart.Upper(title)} by the number of training rows",
            $"{Last(defined[^2], defined[^1], metric)} {Gap(defined[^1], metric)} The band is one standard deviation over the folds to "
                + "both sides.",
            new("training rows", IsLog: true), new($"{title} (lower is better)"),
            [
                new("held-out rows", 0, EquatableArray.From(defined.Select(point => (point.MeanRows, point[metric].Mean))))
                {
                    IsMarked = true,
                    Band = EquatableArray.From(defined.Select(point =>
                        (point[metric].Mean - point[metric].Std, point[metric].Mean + point[metric].Std))),
                },
                new("rows fitted on", 1, EquatableArray.From(defined.Select(point => (point.MeanRows, point.TrainingScore(metric).Mean))))
                {
                    IsMarked = true,
                },
            ]).Figure();
    }

    // Folds are compared one by one, since all points have the same held-out rows.
    private static string Last(LearningPoint before, LearningPoint last, Metric metric)
    {
        var changes = last[metric].PerFold.Zip(before[metric].PerFold, (after, earlier) => after - earlier)
            .Where(change => !double.IsNaN(change)).ToArray();
        var (mean, better) = (changes.DefaultIfEmpty(double.NaN).Average(), changes.Count(change => change < 0));
        return $"From {Figures.Whole(before.MeanRows)} to {Figures.Whole(last.MeanRows)} training rows, the {Figures.Title(metric.Name)} "
            + $"on held-out rows {(mean < 0 ? "falls" : "rises")} by {Figures.Fixed(Math.Abs(mean))} in the mean, and falls in {better} of "
            + $"{Figures.Counted(changes.Length, "fold")}: "
            + (mean < 0 && better == changes.Length ? "more rows would probably improve it further."
                : mean < 0 && 2 * better > changes.Length ? "more rows may improve it a little."
                : "more rows of this kind are unlikely to improve it.");
    }

    private static string Gap(LearningPoint last, Metric metric) => last.TrainingScore(metric).Mean is var training
        && double.IsNaN(training) ? "" : $"On the rows fitted on it is {Figures.Fixed(training)} at the end.";
}
