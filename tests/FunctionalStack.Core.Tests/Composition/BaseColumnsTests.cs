using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Composition;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 100)]
public class BaseColumnsTests
{
    private static readonly string[] nasty = ["a", "a:P(a)", "", "b):logP(", "x:class", "a:P(c"];

    /// <summary>For any names and levels.</summary>
    [Property]
    public void Predictions_of_bases_are_read_back(ClassData any, byte names, StackMethod method, bool dropFirst)
    {
        var (levels, rows) = (EquatableArray.Of("a", "b", "b):P(a", "c:class"), any.Data.RowCount);
        var target = new Target.Classes(levels, EquatableArray.From(Enumerable.Repeat(0, rows)));
        var stackColumns = new StackColumns(method, dropFirst, Floor: 1e-9);
        var bases = nasty.Skip(names % 3).Take(1 + names % 4).ToArray();
        var predicted =
            bases.Select((_, b) =>
                new Prediction.Probabilities(levels, EquatableArray.From(Enumerable.Range(0, rows).SelectMany(row => Row(row + b)))))
                    .ToArray();
        var frame = bases.Zip(predicted, stackColumns.Columns).Aggregate((left, right) => left.Beside(right));

        var found = BaseColumns.Of(frame, target).OrThrow();
        Assert.Equal(bases, found.Select(one => one.Base));
        Assert.Equal(frame.Names, found.SelectMany(one => one.Columns));
        for (var b = 0; b < bases.Length; b++)
        {
            var read = Assert.IsType<Prediction.Probabilities>(found[b].Read(frame).OrThrow());
            if (method == StackMethod.Labels) Assert.Equal(predicted[b].Codes(), read.Codes());
            else Assert.Equal(predicted[b].Matrix, read.Matrix, (x, y) => Math.Abs(x - y) < 1e-8);
        }

        static double[] Row(int row) => [(row % 5) / 10.0, 0.1, (row % 3) / 10.0, 0.9 - (row % 5) / 10.0 - (row % 3) / 10.0];
    }

    [Property]
    public void Of_numbers_every_base_has_one_column(ValueData any)
    {
        var plan = new FoldPlan.KFold(2);
        var frame = new Union([new("a", new Digest().CrossFit("a", plan)), new("b", new Shares().CrossFit("b", plan))])
            .Fit(any.Data.WithFrequencies(null), Seed.Of(1)).OrThrow().TrainView;
        var bases = BaseColumns.Of(frame, any.Data.Target).OrThrow();
        Assert.Equal(["a", "b"], bases.Select(one => one.Base));
        Assert.Equal(new Prediction.Numeric(EquatableArray.Own(((Column.Numeric)frame["b"]).ToArray())), bases[1].Read(frame).OrThrow());
        Assert.Equal(bases, BaseColumns.Of(frame.Select("a", "b").Take(EquatableArray.Range(frame.RowCount)), any.Data.Target).OrThrow());
    }

    /// <summary>Not even one that is named as a base's would be.</summary>
    [Fact]
    public void A_column_that_holds_no_prediction_is_refused()
    {
        var predictions = new StackColumns().Columns("a", new Prediction.Probabilities(["no", "yes"], [0.5, 0.5, 1, 0]));
        foreach (var frame in new[]
        {
            Frame.Of(("a:P(no)", Column.Numeric.Of(1, 0)), ("a:P(yes)", Column.Numeric.Of(0, 1))),
            predictions.With("a:P(no)", Column.Numeric.Of(1, 0)),
            new Shift(1).Apply(predictions).OrThrow() is var moved
                ? Frame.Of([.. moved.Columns.Select(column => (column.Name, column.Column))]) : moved,
        })
        {
            var failure = BaseColumns.Of(frame, Target.Classes.Of("no", "yes")).Match(_ => "", failure => failure.ToString());
            Assert.StartsWith("column 'a:P(no)': does not hold predictions of a base. Use it as the meta-learner of a stack", failure);
        }

        Assert.StartsWith("base 'a': some of its classes have no column",
            BaseColumns.Of(predictions.Select("a:P(no)"), Target.Classes.Of("no", "yes")).Match(_ => "", failure => failure.ToString()));
    }

    [Theory]
    [InlineData(0.5, 0.6, "columns of 'a', row 2: the probabilities sum to 1.1")]
    [InlineData(1.5, -0.5, "column 'a:P(no)', row 2: the number is 1.5")]
    [InlineData(double.NaN, 0.5, "column 'a:P(no)', row 2: the number is NaN")]
    public void Numbers_that_are_no_probabilities_are_refused(double no, double yes, string message)
    {
        var bases =
            BaseColumns.Of(new StackColumns().Columns("a", new Prediction.Probabilities(["no", "yes"], [0.5, 0.5, no, yes])),
                Target.Classes.Of("no", "yes")).OrThrow();
        var frame = Frame.Of(("a:P(no)", Column.Numeric.Of(0.5, no)), ("a:P(yes)", Column.Numeric.Of(0.5, yes)));
        Assert.StartsWith(message, bases[0].Read(frame).Match(_ => "", failure => failure.ToString()));
    }

    [Fact]
    public void Original_columns_do_not_pass_to_a_learner_that_reads_bases_only()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4)));
        var stack = new Stack([new("a", new Shares())], new Reader(), new FoldPlan.KFold(2), Passthrough: new Identity());
        Assert.StartsWith("stack: reader weights the predictions of bases",
            stack.Fit(data, Seed.Of(1)).Match(_ => "", failure => failure.ToString()));
        var deeper = stack with { Meta = new Stack([new("r", new Reader())], new Shares(), new FoldPlan.KFold(2)) };
        Assert.StartsWith("stack: stack weights the predictions of bases",
            Executor.Inline.Fit(deeper, data, Seed.Of(1)).Match(_ => "", failure => failure.ToString()));
        Assert.IsType<Outcome<Trained>.Ok>((stack with { Passthrough = null }).Fit(data, Seed.Of(1)));
        Assert.StartsWith("meta-learner: reader: it weights the predictions of bases, but shift before it changes these columns",
            (stack with { Passthrough = null, Meta = new Shift(1).Then(new Reader()) }).Fit(data, Seed.Of(1))
            .Match(_ => "", failure => failure.ToString()));
        Assert.IsType<Outcome<Trained>.Ok>((stack with { Passthrough = null, Meta = SelectColumns.Of("a").Then(new Reader()) })
            .Fit(data, Seed.Of(1)));
    }

    private sealed record Reader : ILeafLearner
    {
        public string Name => "reader";

        public Capabilities Capabilities => new(PredictionsOnly: true);

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed) =>
            BaseColumns.Of(data.Frame, data.Target).Bind(_ => new Shares().FitLeaf(data, seed));
    }
}
