using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Parts;

/// <summary>The scores of a model on labelled rows.</summary>
internal static class ScoresPart
{
    /// <summary>One line a metric, with its bootstrap standard error.</summary>
    public static Section Of(TestScores scores)
    {
        var first = scores.Scores[0];
        return new("scores", "Scores", Html.All(
            Html.Of("p", $"On {Figures.Rows(scores.Rows)}, the {Figures.Title(first.Metric)} is {Figures.Fixed(first.Value)}"
                + (double.IsNaN(first.StandardError) ? "." : $" ± {Figures.Fixed(first.StandardError)}.")).Class("lead"),
            Grid.Of("All metrics; standard errors are those of 200 bootstrap resamples of the rows", ["metric", "#score",
                "#standard error"],
                scores.Scores.Select(score => (Html[])
                [
                    Figures.Title(score.Metric), Figures.Fixed(score.Value), Figures.Fixed(score.StandardError),
                ]))));
    }

    /// <summary>The same for scores without errors.</summary>
    /// <param name="rows">What was scored: <c>10,000 images</c>.</param>
    /// <param name="scores">The scores by metric.</param>
    public static Section Of(string rows, EquatableArray<(string Metric, double Value)> scores) => new("scores", "Scores", Html.All(
        Html.Of("p", $"On {rows}, the {Figures.Title(scores[0].Metric)} is {Figures.Fixed(scores[0].Value)}.").Class("lead"),
        Grid.Of("All metrics", ["metric", "#score"],
            scores.Select(score => (Html[])[Figures.Title(score.Metric), Figures.Fixed(score.Value)]))));
}
