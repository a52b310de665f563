using FunctionalStack.Reporting.Charts;
using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Demos;

/// <summary>The three figures of the iris report: decision regions, learning curve and ensemble size.</summary>
internal static class IrisFigures
{
    private const int Repeats = 5;
    private const double Certain = 0.8;
    private const double Margin = 0.08;
    private static readonly int[] Sizes = [20, 30, 40, 55, 70, 85, 100];
    private static readonly int[] Trees = [1, 2, 4, 8, 16, 32, 64, 128];

    /// <summary>Fits the models of the figures and draws them.</summary>
    public static Outcome<EquatableArray<Chart>> Of(IExecutor executor, Dataset data, Seed seed, CancellationToken cancellation) =>
        from regions in OfRegions(executor, data, seed, cancellation)
        from curve in LearningCurve(executor, data, seed, cancellation)
        from growth in EnsembleSize(executor, data, seed, cancellation)
        select EquatableArray.Of(regions, curve, growth);

    /// <summary>The page: the scores and the figures.</summary>
    public static DemoPage Page(EquatableArray<IrisScore> scores, EquatableArray<Chart> figures) => new(
        [
            new("scores", "Scores", Html.All(
                Html.Of("p", "Accuracy on held-out flowers, mean ± standard deviation. Three folds of fifty flowers have a large random "
                    + "error: one mistake changes a mean by 0.0067.").Class("lead"),
                Grid.Of($"Published, on the same {IrisExperiment.K} folds, and over {IrisExperiment.Repeats} shuffled repeats",
                    ["model", "#published", $"#same {IrisExperiment.K} folds", $"#{IrisExperiment.Repeats} repeats"],
                    scores.Select(score => (Html[])
                    [
                        score.Name,
                        score.Published is { } published
                            ? $"{Figures.Fixed(published.Mean, 2)} ± {Figures.Fixed(published.Spread, 2)}" : "-",
                        $"{Figures.Fixed(score.Folds.Mean)} ± {Figures.Fixed(score.Folds.Std)}",
                        $"{Figures.Fixed(score.Repeats.Mean)} ± {Figures.Fixed(score.Repeats.Std)}",
                    ])))),
            DemoPage.Section("figures", "Figures", "What the models predict, and how the stack learns.", figures),
        ],
        figures);

    private static Outcome<Chart> OfRegions(IExecutor executor, Dataset data, Seed seed, CancellationToken cancellation)
    {
        var stack = IrisExperiment.Stack(StackMethod.Labels, seed);
        var (x, y) = (Numbers(data, 0), Numbers(data, 1));
        var (across, up) = (Around(x), Around(y));
        var classes = (Target.Classes)data.Target;
        return Outcome.All(stack.Bases.Append(new Base("stack of the three", stack)).Select(one =>
            from trained in executor.Fit(one.Learner, data, seed.Fork(one.Name), null, cancellation)
            from predicted in trained.Model.Predict(Plane(data.Frame.Names, across, up))
            select new Region(one.Name, Cells((Prediction.Probabilities)predicted)))).Map(panels => Regions.Of(
                "iris-regions", "Decision regions", "The predicted species at each point of the plane; pale where its probability is below "
                    + $"{Figures.Percent(Certain)}. 1-NN follows single flowers, the forest cuts along the axes, naive Bayes has smooth "
                    + "borders, and the stack mixes them.",
                ("sepal width, cm", across.From, across.To), ("petal length, cm", up.From, up.To),
                [.. classes.Levels.Select((level, code) => (level, EquatableArray.From(Enumerable.Range(0, x.Length)
                    .Where(row => classes.Codes[row] == code).Select(row => (x[row], y[row])).Distinct())))],
                panels));
    }

    // The middles of the cells of the panels, by rows from the top.
    private static Frame Plane(EquatableArray<string> names, (double From, double To) across, (double From, double To) up)
    {
        var cells = Enumerable.Range(0, Regions.Columns * Regions.Rows).ToArray();
        return Frame.Of(
            (names[0], new Column.Numeric(EquatableArray.From(cells.Select(cell =>
                across.From + (across.To - across.From) * (cell % Regions.Columns + 0.5) / Regions.Columns)))),
            (names[1], new Column.Numeric(EquatableArray.From(cells.Select(cell =>
                up.To - (up.To - up.From) * (cell / Regions.Columns + 0.5) / Regions.Rows)))));
    }

    private static EquatableArray<(int, bool)> Cells(Prediction.Probabilities predicted) =>
        EquatableArray.From(predicted.Codes().Select((code, cell) => (code, predicted.Row(cell)[code] >= Certain)));

    private static double[] Numbers(Dataset data, int column) => ((Column.Numeric)data.Frame.Columns[column].Column).ToArray();

    private static (double From, double To) Around(double[] numbers)
    {
        var margin = Margin * (numbers.Max() - numbers.Min());
        return (numbers.Min() - margin, numbers.Max() + margin);
    }

    /// <summary>The accuracy of the stack on its training rows and on held-out rows, by the number of training rows.</summary>
    private static Outcome<Chart> LearningCurve(IExecutor executor, Dataset data, Seed seed, CancellationToken cancellation)
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
            return Outcome.All(runs.Select(size => Outcome.All(size.Select(run => run.Outcome)))).Map(sizes =>
            {
                Line[] lines =
                [
                    Banded("training rows", 0, Sizes, sizes.Select(size => size.Select(run => run.Train))),
                    Banded("held-out rows", 1, Sizes, sizes.Select(size => size.Select(run => run.Held))),
                ];
                return Lines.Of("iris-learning-curve", "Learning curve of the stack",
                    $"From {Sizes[0]} to {Sizes[^1]} training rows the accuracy on held-out rows rises from {First(lines[1])} to "
                        + $"{Last(lines[1])}, and that on training rows is {Last(lines[0])} at the end: the gap narrows. Bands are one "
                        + $"standard deviation over {folds.Count} splits.",
                    new("training rows", IsWhole: true), new("accuracy"), lines);
            });
        });
    }

    private static Outcome<Chart> EnsembleSize(IExecutor executor, Dataset data, Seed seed, CancellationToken cancellation)
    {
        var plan = new FoldPlan.Repeated(new FoldPlan.Stratified(IrisExperiment.K), Repeats, seed.Fork("ensemble size"));
        return Outcome.All(Trees.Select(trees =>
            executor.Evaluate(IrisExperiment.Stack(StackMethod.Labels, seed, trees), data, plan, seed, null, cancellation)))
            .Map(sizes =>
            {
                Line[] lines =
                [
                    Banded("forest alone", 0, Trees,
                        sizes.Select(size => size.Models.Single(one => one.Name == "forest")["accuracy"].PerFold)),
                    Banded("stack with 1-NN and naive Bayes", 1, Trees, sizes.Select(size => size.Final["accuracy"].PerFold)),
                ];
                return Lines.Of("iris-ensemble-size", "Size of the forest",
                    $"From {Trees[0]} to {Trees[^1]} trees the forest alone rises from {First(lines[0])} to {Last(lines[0])}; the stack "
                        + $"that contains it has {First(lines[1])} with a single tree and {Last(lines[1])} at the end. Bands are one standard "
                        + "deviation over 15 splits.",
                    new("trees in the forest", IsLog: true), new("accuracy on held-out rows"), lines);
            });
    }

    // The mean of the scores at each place, with a band of one standard deviation below 1.
    private static Line Banded<T>(string name, int colour, int[] places, IEnumerable<T> samples) where T : IEnumerable<double>
    {
        var scores = samples.Select(sample => new Score(name, EquatableArray.From(sample))).ToArray();
        return new(name, colour, EquatableArray.From(places.Zip(scores, (place, score) => ((double)place, score.Mean))))
        {
            IsMarked = true,
            Band = EquatableArray.From(scores.Select(score => (score.Mean - score.Std, Math.Min(1, score.Mean + score.Std)))),
        };
    }

    private static string First(Line line) => Figures.Fixed(line.Points[0].Y, 2);

    private static string Last(Line line) => Figures.Fixed(line.Points[^1].Y, 2);

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
