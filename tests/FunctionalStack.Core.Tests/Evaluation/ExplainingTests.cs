using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Evaluation;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 40)]
public class ExplainingTests
{
    private sealed record Sum(EquatableArray<string> Columns) : IModel
    {
        public Outcome<Prediction> Predict(Frame rows) => Outcome.Ok<Prediction>(new Prediction.Numeric(EquatableArray.From(
            Enumerable.Range(0, rows.RowCount).Select(row => Columns.Sum(name => ((Column.Numeric)rows[name])[row])))));
    }

    private static Dataset Rows(int count) => new(
        Frame.Of(("x", Column.Numeric.Of([.. Enumerable.Range(0, count).Select(i => (double)i)])),
            ("y", Column.Numeric.Of([.. Enumerable.Range(0, count).Select(i => (double)(i * 7 % count))])),
            ("unread", Column.Numeric.Of([.. Enumerable.Range(0, count).Select(i => (double)(i % 3))]))),
        new Target.Numeric(EquatableArray.From(Enumerable.Range(0, count).Select(i => i + 0.5))));

    [Fact]
    public void The_importance_of_a_column_is_the_increase_of_the_loss_over_its_permutations()
    {
        // Predictions are off by 0.5. Shuffled, the squared error of x is 0.25 plus twice its variance of (n^2 - 1) / 12, on average.
        var found = new Sum(["x"]).PermutationImportance(Rows(1000), Seed.Of(1)).OrThrow();
        Assert.Equal(["x", "y", "unread"], found.Select(one => one.Column));
        var expected = Math.Sqrt(0.25 + 2 * (1e6 - 1) / 12) - 0.5;

        // The relative standard deviation of one permutation is about 1 / (2 sqrt(1000)) = 1.6%.
        Assert.InRange(found[0].Mean, 0.95 * expected, 1.05 * expected);
        Assert.InRange(found[0].Std, 1e-6 * expected, 0.1 * expected);
        Assert.All(found.Skip(1), one => Assert.Equal((0.0, 0.0), (one.Mean, one.Std)));
    }

    [Property]
    public void Importance_is_the_same_on_any_number_of_threads_and_that_of_the_seed(AnyData any, Seed seed)
    {
        if (new Nearest().Fit(any.Data, seed) is not Outcome<Trained>.Ok { Value: var model }) return;
        var once = model.PermutationImportance(any.Data, seed, 2).OrThrow();
        var reports = new Reports();
        Assert.Equal(once, model.PermutationImportance(any.Data, seed, 2, Executor.Threads(3), reports).OrThrow());
        Assert.Equal(once.Select((one, i) => (i + 1, once.Count, one.Column)), reports.All.Select(one => (one.Done, one.Total, one.Label)));
        Assert.Equal(any.Data.Frame.Names, once.Select(one => one.Column));
    }

    [Property]
    public void Explanations_are_those_of_a_prediction_for_each_changed_copy_of_the_rows(AnyData any, Seed seed)
    {
        if (new Nearest().Fit(any.Data, seed) is not Outcome<Trained>.Ok { Value.Model: var model }) return;
        var (frame, roles, metric) = (any.Data.Frame, any.Data.Roles, Metric.Leading(any.Data.Target));
        var loss = metric.Score(roles.Target, model.Predict(frame).OrThrow(), roles.Weights);
        foreach (var found in model.PermutationImportance(any.Data, seed, 3).OrThrow())
        {
            var increases = Enumerable.Range(0, 3).Select(repeat =>
            {
                var rows = Enumerable.Range(0, frame.RowCount).ToArray();
                var stream = seed.Fork(found.Column).Fork(repeat).Stream();
                stream.Shuffle(rows.AsSpan());
                var copy = frame.With(found.Column, frame[found.Column].Take(EquatableArray.Own(rows)));
                return metric.Score(roles.Target, model.Predict(copy).OrThrow(), roles.Weights) - loss;
            }).ToArray();
            Assert.Equal(increases.Average(), found.Mean);
            if (model.PartialDependence(frame, found.Column, 4) is not Outcome<PartialDependence>.Ok { Value: var partial }) continue;
            Assert.Equal(partial.Mean, Enumerable.Range(0, partial.Grid.Count).SelectMany(point =>
            {
                var same = partial.Grid.Take(EquatableArray.From(Enumerable.Repeat(point, frame.RowCount)));
                return Means(model.Predict(frame.With(found.Column, same)).OrThrow());
            }));
        }

        static IEnumerable<double> Means(Prediction prediction) => prediction is Prediction.Probabilities classes
            ? classes.Levels.Select((_, level) => Enumerable.Range(0, classes.Count).Sum(row => classes.Row(row)[level]) / classes.Count)
            : [((Prediction.Numeric)prediction).Values.Average()];
    }

    [Fact]
    public void Rows_that_are_equal_in_several_copies_are_predicted_once()
    {
        var data = Rows(300);
        var counted = new Counted(new Sum(["x", "unread"]));
        counted.PermutationImportance(data, Seed.Of(1), 50).OrThrow();

        // The rows themselves twice, 3 values of one column, and in each of 50 copies almost all values of the other.
        Assert.InRange(counted.Rows, 50 * 290, 50 * 300 + 4 * 300);
    }

    private sealed class Counted(IModel model) : IModel
    {
        public int Rows { get; private set; }

        public Outcome<Prediction> Predict(Frame rows)
        {
            Rows += rows.RowCount;
            return model.Predict(rows);
        }

        public EquatableArray<string> Needs(EquatableArray<string> columns) => ["x", "unread"];
    }

    [Fact]
    public void Features_of_one_date_are_shuffled_together()
    {
        var days = DateColumns.EveryPart("when", EquatableArray.From(Enumerable.Range(0, 50).Select(day => day * 86_400.0)));
        var frame = new Frame(50, [.. days, new("x", Column.Numeric.Of(new double[50]))]);
        var data = new Dataset(frame, new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 50).Select(day => (double)day))));
        Assert.Equal(["when", "x"], new Sum(["when:days"]).PermutationImportance(data, Seed.Of(1)).OrThrow().Select(one => one.Column));

        // The difference of two equal features stays 0 if both are shuffled together.
        var twice = new Frame(50, [days[0], days[0] with { Name = "copy" }]);
        var same = new Difference("when:days", "copy").PermutationImportance(new(twice, data.Target), Seed.Of(1)).OrThrow();
        Assert.Equal(("when", 0.0), (same.Single().Column, same.Single().Mean));
    }

    [Fact]
    public void Partial_dependence_is_the_mean_prediction_with_the_column_set()
    {
        var data = Rows(41);
        var found = new Sum(["x", "y"]).PartialDependence(data.Frame, "x", points: 5).OrThrow();
        Assert.Equal([0, 10, 20, 30, 40], ((Column.Numeric)found.Grid).ToArray());
        Assert.Equal([20, 30, 40, 50, 60], found.Mean);
        Assert.Equal([0, 1, 2], ((Column.Numeric)new Sum(["x"]).PartialDependence(data.Frame, "unread").OrThrow().Grid).ToArray());
        Assert.Equal([new Sum(["x", "y"]).PartialDependence(data.Frame, "y").OrThrow(), new Sum(["x", "y"]).PartialDependence(data.Frame,
            "x").OrThrow()], new Sum(["x", "y"]).PartialDependence(data.Frame, ["y", "x"]).OrThrow());
        var refused = Assert.IsType<Outcome<PartialDependence>.Fail>(new Sum(["x"]).PartialDependence(data.Frame, "unred"));
        Assert.Equal("column 'unred': the rows have no such column. Did you mean 'unread'?", refused.Failure.ToString());
        refused = Assert.IsType<Outcome<PartialDependence>.Fail>(new Sum(["x"]).PartialDependence(data.Frame, "else"));
        Assert.Equal("column 'else': the rows have no such column. Give one of the columns: x, y, unread.", refused.Failure.ToString());
        var days = DateColumns.EveryPart("when", [0.0, 1]);
        refused = Assert.IsType<Outcome<PartialDependence>.Fail>(new Sum(["x"]).PartialDependence(new(2, days), "when"));
        Assert.StartsWith("column 'when': is a date, which the model reads as its parts. Give one of them: when:days, ",
            refused.Failure.ToString());
    }

    [Fact]
    public void Partial_dependence_of_categories_has_the_categories_that_occur_and_probabilities_that_sum_to_1()
    {
        var frame = Frame.Of(("c", new Column.Categorical(["a", "b", "never"], [0, 1, -1, 1, 0, 0])));
        var data = new Dataset(frame, Target.Classes.Of("no", "yes", "no", "yes", "no", "yes"));
        var found = new Shares().Fit(data, Seed.Of(1)).OrThrow().PartialDependence(frame, "c").OrThrow();
        Assert.Equal(2, found.Grid.Count);
        Assert.Equal(["no", "yes"], found.Levels);
        Assert.Equal(1, found.Mean[0] + found.Mean[1], 1e-12);
    }

    private sealed record Difference(string First, string Second) : IModel
    {
        public Outcome<Prediction> Predict(Frame rows) => Outcome.Ok<Prediction>(new Prediction.Numeric(EquatableArray.From(
            Enumerable.Range(0, rows.RowCount).Select(row => ((Column.Numeric)rows[First])[row] - ((Column.Numeric)rows[Second])[row]))));
    }

    private sealed class Reports : IProgress<FitProgress>
    {
        public List<FitProgress> All { get; } = [];

        public void Report(FitProgress value) => All.Add(value);
    }
}
