using FunctionalStack.Auditing;
using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.Tests;

/// <summary>The guide's blocks on scores and explanations.</summary>
public partial class GuideSnippets
{
    [Fact]
    public void Scores_and_explanations()
    {
        var data = Rows.Of(passengers).Drop(p => p.Name).Target(p => p.Survived).OrThrow();
        var labelled = data.Take(EquatableArray.Range(30));
        var model = stack.Fit(data, Seed.Of(42)).OrThrow();
        var folder = Directory.CreateTempSubdirectory("report-").FullName;
        double[] days = [.. Enumerable.Range(0, data.RowCount).Select(row => (double)row)];

        var scores = stack.Evaluate(data, Seed.Of(42), folds: 5, threads: 2).OrThrow();
        if (scores.WithBestBase(data.Target) is { } compared)
        {
            Console.WriteLine($"{compared.Other}: {compared.Metric} differs by {compared.Difference:F3}, "
                + $"95% interval {compared.Lower:F3} to {compared.Upper:F3}, p = {compared.P:F3}");
        }

        Console.WriteLine($"the simplest of the best: {scores.Simplest(data.Target)?.Name}");

        var curve = stack.LearningCurve(data, Seed.Of(42), folds: 5, threads: 2).OrThrow();
        foreach (var point in curve.LearningCurve)
            Console.WriteLine($"{point.MeanRows:F0} rows: {point.LogLoss.Mean:F3} ± {point.LogLoss.Std:F3}");

        var page = scores.Report(data);
        Console.WriteLine(page.Save(folder).OrThrow());

        var onNewRows = model.Score(labelled, Seed.Of(42)).OrThrow();
        foreach (var score in onNewRows.Scores)
            Console.WriteLine($"{score.Metric}: {score.Value:F3} ± {score.StandardError:F3}");

        foreach (var column in model.PermutationImportance(labelled, Seed.Of(42)).OrThrow())
            Console.WriteLine($"{column.Column}: {column.Mean:F3} ± {column.Std:F3}");

        var byAge = model.PartialDependence(labelled.Frame, "Age").OrThrow();

        var forest = Learn.RandomForest(50).Preprocess(Prepare.ForTrees).Fit(data, Seed.Of(42)).OrThrow();
        if (Shap.Of(forest, labelled.Frame) is { } explained)
            Console.WriteLine(string.Join(", ", explained.OrThrow().Columns));

        var usual = labelled.Frame.Take([0, 1, 2, 3, 4]);
        var shares = Shap.Sampled(model, labelled.Frame.Take([0]), usual, Seed.Of(42)).OrThrow();
        Console.WriteLine($"{shares.Columns[0]}: {shares.Of(0)[0]:F3}");

        var report = stack.Audit(data, Seed.Of(42), executor: Executor.Threads(2)).OrThrow();
        foreach (var finding in report.Findings)
            Console.WriteLine($"{finding.Severity}: {finding.What} {finding.Remedy}");

        var daily = data.WithTime([.. days]).WithGap(7);

        Assert.True(File.Exists(Path.Combine(folder, "index.html")));
        Directory.Delete(folder, recursive: true);
        Assert.Equal(scores.Final.Scores, curve.LearningCurve[^1].HeldOut);
        Assert.Equal(["knn", "tree", "stack"], scores.Models.Select(one => one.Name));
        Assert.Equal("accuracy", onNewRows.Scores[0].Metric);
        Assert.Equal(11, report.Checks.Count);
        Assert.InRange(byAge.Grid.Count, 2, 20);
        Assert.Equal(labelled.Frame.Names, shares.Columns);
        Assert.Equal(7, daily.Roles.Gap);
    }

    [Fact]
    public void Intervals_sets_and_thresholds()
    {
        var houses = Enumerable.Range(0, 60).Select(i => new House(40 + i % 30, 100 + 3 * (i % 30) + i % 7)).ToArray();

        var prices = Rows.Of(houses).Target(h => h.Price).OrThrow();
        var priced = Learn.Ridge().Conformal(folds: 10).Fit(prices, Seed.Of(42)).OrThrow();
        var intervals = priced.PredictInterval(prices.Frame, level: 0.9).OrThrow();
        Console.WriteLine($"from {intervals.Lower[0]} to {intervals.Upper[0]}");
        var quantiles = priced.PredictQuantiles(prices.Frame, levels: [0.1, 0.5, 0.9]).OrThrow();
        Console.WriteLine($"median {quantiles[0, 1]}, 90% quantile {quantiles[0, 2]}");

        Assert.True(intervals.Coverage((Target.Numeric)prices.Target) > 0.9);
        Assert.InRange(quantiles.Coverage((Target.Numeric)prices.Target)[1], 0.3, 0.7);

        var data = Rows.Of(passengers).Drop(p => p.Name).Target(p => p.Survived).OrThrow();

        var careful = stack.Conformal().Thresholded(Threshold.Cost(falseNegative: 5, falsePositive: 1));
        var survival = careful.Fit(data, Seed.Of(42)).OrThrow();
        var sets = survival.PredictSet(data.Frame, level: 0.9).OrThrow();
        foreach (var p in survival.Predict(passengers).OrThrow())
            Console.WriteLine($"{p.Row.Name}: {p.Class}");

        Assert.Equal(60, sets.Count);
        Assert.IsType<ThresholdModel>(survival.Model);
    }

    public record House(double Area, double Price);
}
