using FunctionalStack.Demos.Pictures;

namespace FunctionalStack.Demos;

/// <summary>The three pictures of the iris report: decision regions, learning curve and ensemble size.</summary>
public static class IrisPictures
{
    private const int Repeats = 5;
    private static readonly int[] Sizes = [20, 30, 40, 55, 70, 85, 100];
    private static readonly int[] Trees = [1, 2, 4, 8, 16, 32, 64, 128];

    /// <summary>Draws the pictures into <paramref name="folder"/>, which is created if absent. Returns the paths.</summary>
    public static Outcome<EquatableArray<string>> Draw(string folder, IExecutor executor, Dataset data, Seed seed,
        CancellationToken cancellation) =>
        from made in PictureFile.Folder(folder)
        from regions in Regions(executor, data, seed, cancellation)
        from first in PictureFile.Save(Path.Combine(folder, "iris-decision-regions.png"), regions, cancellation)
        from curves in LearningCurves(executor, data, seed, cancellation)
        from second in PictureFile.Save(Path.Combine(folder, "iris-learning-curves.png"), curves, cancellation)
        from growth in EnsembleSize(executor, data, seed, cancellation)
        from third in PictureFile.Save(Path.Combine(folder, "iris-ensemble-size.png"), growth, cancellation)
        select EquatableArray.Of(first, second, third);

    private static Outcome<byte[]> Regions(IExecutor executor, Dataset data, Seed seed, CancellationToken cancellation)
    {
        var stack = IrisExperiment.Stack(StackMethod.Labels, seed);
        var all = stack.Bases.Append(new Base("stack of the three", stack));
        return Outcome.All(all.Select(b =>
            executor.Fit(b.Learner, data, seed.Fork(b.Name), null, cancellation).Map(trained => (b.Name, trained.Model))))
            .Map(models => DecisionRegions.Render(data, models, "sepal width, cm", "petal length, cm"));
    }

    /// <summary>The accuracy of the stack on its training rows and on held-out rows, by the number of training rows.</summary>
    private static Outcome<byte[]> LearningCurves(IExecutor executor, Dataset data, Seed seed, CancellationToken cancellation)
    {
        var splits = new FoldPlan.Repeated(new FoldPlan.Stratified(IrisExperiment.K), Repeats, seed.Fork("learning curve"));
        return splits.Split(data.Roles).Bind(folds =>
        {
            var stack = IrisExperiment.Stack(StackMethod.Labels, seed) with { Plan = new FoldPlan.Stratified(3, seed.Fork("inner folds")) };
            var graph = new FitGraph();
            var scope = graph.Over(data);
            var runs = Sizes.Select(size => folds.Select((fold, i) =>
            {
                var rows = Some(data, fold.Train, size, seed.Fork("rows").Fork(i));
                var taken = scope.Take(rows).Named($"{size} rows");
                var model = taken.Fit(stack, seed.Fork(i));
                return taken.Join([model.Trained],
                    () => model.Trained.Outcome.Map(m =>
                    (Train: Accuracy(data.Take(rows), m), Held: Accuracy(data.Take(fold.Holdout), m))));
            }).ToArray()).ToArray();
            executor.Run(graph, null, cancellation);
            return Outcome.All(runs.Select(size => Outcome.All(size.Select(run => run.Outcome)))).Map(sizes => BandedLines.Render(
                "iris: the stack's learning curve",
                "training rows",
                "accuracy",
                [.. Sizes.Select(size => (size, size.ToString()))],
                logarithmic: false,
                new BandedLines.Line("training rows",
                    EquatableArray.From(sizes.Select(size => EquatableArray.From(size.Select(run => run.Train))))),
                new BandedLines.Line("held-out rows",
                    EquatableArray.From(sizes.Select(size => EquatableArray.From(size.Select(run => run.Held)))))));
        });
    }

    private static Outcome<byte[]> EnsembleSize(IExecutor executor, Dataset data, Seed seed, CancellationToken cancellation)
    {
        var plan = new FoldPlan.Repeated(new FoldPlan.Stratified(IrisExperiment.K), Repeats, seed.Fork("ensemble size"));
        return Outcome.All(Trees.Select(trees =>
            executor.Evaluate(IrisExperiment.Stack(StackMethod.Labels, seed, trees), data, plan, seed, null, cancellation)))
                .Map(sizes => BandedLines.Render(
            "iris: accuracy by forest size, alone and stacked",
            "trees in the forest",
            "accuracy on held-out rows",
            [.. Trees.Select(trees => (trees, trees.ToString()))],
            logarithmic: true,
            new BandedLines.Line("forest alone",
                EquatableArray.From(sizes.Select(size => size.Models.Single(c => c.Name == "forest")["accuracy"].PerFold))),
            new BandedLines.Line("stack with 1-NN and naive Bayes",
                EquatableArray.From(sizes.Select(size => size.Final["accuracy"].PerFold)))));
    }

    /// <summary>A stratified sample of <paramref name="size"/> rows. The samples are nested: a smaller one is a subset of a larger
    /// one.</summary>
    private static EquatableArray<int> Some(Dataset data, EquatableArray<int> rows, int size, Seed seed)
    {
        var shuffled = rows.ToArray();
        var stream = seed.Stream();
        stream.Shuffle(shuffled.AsSpan());
        var codes = ((Target.Classes)data.Target).Codes;
        return EquatableArray.From(shuffled.GroupBy(row => codes[row]).OrderBy(of => of.Key)
            .SelectMany(of => of.Select((row, rank) => (row, rank)))
            .OrderBy(pair => pair.rank).Take(size).Select(pair => pair.row).Order());
    }

    private static double Accuracy(Dataset data, IModel model) =>
        Metric.Accuracy.Score(data.Target, model.Predict(data.Frame).OrThrow(), null);
}
