using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Reporting.Tests;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 60)]
public class ReportsTests
{
    private const string Hostile = "</script><img src=x onerror=\"alert('1')\">&amp;\u0000\u202e\ud800";

    [Property]
    public void The_report_of_any_evaluation_is_well_formed_and_the_same_again(AnyLearner any, Seed seed)
    {
        if (Executor.Inline.Evaluate(any.Learner, any.Data, new FoldPlan.Usual(2),
            seed) is not Outcome<Evaluation>.Ok { Value: var found }) return;
        var page = found.Report(any.Data);
        WellFormed.Check(page.Html);
        Assert.Equal(page, found.Report(any.Data));
    }

    [Property(MaxTest = 20)]
    public void So_is_one_with_a_learning_curve(AnyLearner any, Seed seed)
    {
        if (Executor.Inline.LearningCurve(any.Learner, any.Data, new FoldPlan.Usual(2), seed, [0.5]) is not
            Outcome<Evaluation>.Ok { Value: var found }) return;
        WellFormed.Check(found.Report(any.Data).Html);
    }

    [Fact]
    public void A_learning_curve_is_drawn_with_its_finding_and_without_one_the_page_says_how_to_get_it()
    {
        var (data, found) = Named(2, level => $"level {level}");
        Assert.Contains("Add --learning-curve to evaluate, or call LearningCurve.", found.Report(data).Html, StringComparison.Ordinal);
        Score Of(params double[] folds) => new("logLoss", EquatableArray.Of(folds));
        EquatableArray<Score> All(Score loss) => EquatableArray.From(Metric.For(data.Target).Select(metric =>
            metric.Name == loss.Metric ? loss : new(metric.Name, [0.5, 0.5, 0.5])));
        var page = (found with
        {
            LearningCurve =
            [
                new(0.5, [80, 80, 80], All(Of(0.6, 0.7, 0.8)), All(Of(0.1, 0.1, 0.1))),
                new(1, [160, 160, 160], All(Of(0.5, 0.6, 0.7)), All(Of(0.2, 0.2, 0.2))),
            ],
        }).Report(data).Html;
        Assert.Contains("From 80 to 160 training rows, the log-loss on held-out rows falls by 0.1000 in the mean, and falls in 3 of 3 "
            + "folds: more rows would probably improve it further. On the rows fitted on it is 0.2000 at the end.", page,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_fit_draws_the_folds_of_its_stack()
    {
        var (data, _) = Named(2, level => $"level {level}");
        var stack = Stacking.Of(("tree", Learn.Tree(maxDepth: 3)), ("bayes", Learn.NaiveBayes())).Folds(4).Meta(Learn.OpinionPool());
        var page = Prepare.ForTrees.Then(stack).Fit(data, Seed.Of(1)).OrThrow().Report(data).Html;
        Assert.Contains("4 folds with 60 rows held out in each", page, StringComparison.Ordinal);
        var single = Prepare.ForTrees.Then(Learn.NaiveBayes()).Fit(data, Seed.Of(1)).OrThrow().Report(data).Html;
        Assert.Contains("The spec has no stack, so all rows were fitted on", single, StringComparison.Ordinal);
    }

    [Property]
    public void The_report_of_any_fit_is_well_formed_and_the_same_again(AnyLearner any, Seed seed)
    {
        if (any.Learner.Fit(any.Data, seed) is not Outcome<Trained>.Ok { Value: var fit }) return;
        var page = fit.Report(any.Data);
        WellFormed.Check(page.Html);
        Assert.Equal(page, fit.Report(any.Data));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(30)]
    [InlineData(0)]
    public void Names_of_any_text_are_only_text(int classes)
    {
        var (data, found) = Named(classes, level => $"{Hostile}{level}");
        var page = found.Report(data).Html;
        WellFormed.Check(page);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("&lt;/script&gt;&lt;img", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_names_each_model_its_scores_and_the_comparison()
    {
        var (data, found) = Named(2, level => $"level {level}");
        var page = found.Report(data).Html;
        foreach (var model in found.Models)
        {
            Assert.Contains($">{model.Name}<", page, StringComparison.Ordinal);
            Assert.Contains($"{Reporting.Markup.Figures.Fixed(model.LogLoss.Mean)}", page, StringComparison.Ordinal);
        }

        Assert.Contains(Reporting.Markup.PlainText.Escaped(Reporting.Parts.Gains.Text(found, data.Target)!), page,
            StringComparison.Ordinal);
        string[] parts = ["leaderboard", "learning-curve", "predictions", "agreement", "importance", "data", "folds", "notes", "again"];
        foreach (var part in parts)
            Assert.Contains($"<section id=\"{part}\"", page, StringComparison.Ordinal);
        string[] charts = ["scores-by-fold", "correlation", "model-1-roc", "model-1-pr", "model-1-calibration", "target", "fold-chart"];
        foreach (var chart in charts)
            Assert.Contains($"<figure id=\"{chart}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_numeric_target_has_residuals_and_no_curves_of_classes()
    {
        var (data, found) = Named(0, level => $"level {level}");
        var page = found.Report(data).Html;
        Assert.Contains("<figure id=\"model-1-residuals\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("-roc\"", page, StringComparison.Ordinal);
    }

    /// <summary>The size of a page does not grow with the rows: curves are thinned, and points are counted in cells.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public void Many_rows_are_few_marks(int classes)
    {
        var (data, found) = Named(classes, level => $"{level}", rows: 20_000);
        Assert.InRange(found.Report(data).Html.Length, 10_000, 300_000);
    }

    [Fact]
    public void Times_are_drawn_as_folds_over_time()
    {
        var (data, _) = Named(0, level => $"{level}");
        var timed = data.WithTime(EquatableArray.From(Enumerable.Range(0, data.RowCount).Select(row => row * 86_400.0)));
        var found = Executor.Inline.Evaluate(Prepare.ForLinear.Then(Learn.Ridge()), timed, new FoldPlan.Usual(4), Seed.Of(1)).OrThrow();
        var page = found.Report(timed).Html;
        WellFormed.Check(page);
        Assert.Contains("Folds over time", page, StringComparison.Ordinal);
    }

    // Rows whose target depends on a column; two bases and a stack.
    private static (Dataset Data, Evaluation Found) Named(int classes, Func<int, string> name, int rows = 240)
    {
        var stream = Seed.Of(7).Stream();
        var x = Enumerable.Range(0, rows).Select(_ => stream.NextDouble()).ToArray();
        var codes = x.Select(value => Math.Clamp((int)(Math.Max(1, classes) * (value + 0.2 * (stream.NextDouble() - 0.5))), 0, Math.Max(0,
            classes - 1)))
            .ToArray();
        var levels = EquatableArray.From(Enumerable.Range(0, Math.Max(1, classes)).Select(name));
        Target target = classes > 0 ? new Target.Classes(levels, EquatableArray.Own(codes))
            : new Target.Numeric(EquatableArray.From(x.Select(value => value + 0.1 * stream.NextNormal())));
        var frame = Frame.Of((Hostile, Column.Numeric.Of(x)), ("levels", Column.Categorical.Of([.. codes.Select(code => name(code % 3))])));
        var data = new Dataset(frame, target).WithTargetName(Hostile);
        var stack = classes > 0
            ? Stacking.Of(("tree", Learn.Tree(maxDepth: 3)), ("bayes", Learn.NaiveBayes())).Meta(Learn.OpinionPool())
            : Stacking.Of(("tree", Learn.Tree(maxDepth: 3)), ("ridge", Learn.Ridge())).Meta(Learn.OpinionPool());
        ILearner learner = Prepare.ForTrees.Then(stack);
        return (data, Executor.Inline.Evaluate(learner, data, new FoldPlan.Usual(3), Seed.Of(1)).OrThrow());
    }
}
