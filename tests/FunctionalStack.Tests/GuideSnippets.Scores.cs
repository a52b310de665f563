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
        double[] days = [.. Enumerable.Range(0, data.RowCount).Select(row => (double)row)];

        var scores = stack.Evaluate(data, Seed.Of(42), folds: 5, threads: 2).OrThrow();
        if (scores.WithBestBase(data.Target) is { } compared)
        {
            Console.WriteLine($"{compared.Other}: {compared.Metric} differs by {compared.Difference:F3}, "
                + $"95% interval {compared.Lower:F3} to {compared.Upper:F3}, p = {compared.P:F3}");
        }

        Console.WriteLine($"the simplest of the best: {scores.Simplest(data.Target)?.Name}");

        var onNewRows = model.Score(labelled, Seed.Of(42)).OrThrow();
        foreach (var score in onNewRows.Scores)
            Console.WriteLine($"{score.Metric}: {score.Value:F3} ± {score.StandardError:F3}");

        foreach (var column in model.PermutationImportance(labelled, Seed.Of(42)).OrThrow())
            Console.WriteLine($"{column.Column}: {column.Mean:F3} ± {column.Std:F3}");

        var byAge = model.PartialDependence(labelled.Frame, "Age").OrThrow();

        var forest = Learn.RandomForest(50).Preprocess(Prepare.ForTrees).Fit(data, Seed.Of(42)).OrThrow();
        if (Shap.Of(forest, labelled.Frame) is { } explained)
            Console.WriteLine(string.Join(", ", explained.OrThrow().Columns));

        var daily = data.WithTime([.. days]).WithGap(7);

        Assert.Equal(["knn", "tree", "stack"], scores.Models.Select(one => one.Name));
        Assert.Equal("accuracy", onNewRows.Scores[0].Metric);
        Assert.InRange(byAge.Grid.Count, 2, 20);
        Assert.Equal(7, daily.Roles.Gap);
    }
}
