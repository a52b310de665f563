using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Composition;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class StackColumnsTests
{
    private static readonly Prediction.Probabilities three = new(["a", "b", "c"], [0.5, 0.25, 0.25, 0, 0.5, 0.5]);

    [Fact]
    public void Probabilities_are_a_column_a_class() => Assert.Equal(
        Frame.Of(("rf:P(a)", Column.Numeric.Of(0.5, 0)), ("rf:P(b)", Column.Numeric.Of(0.25, 0.5)),
            ("rf:P(c)", Column.Numeric.Of(0.25, 0.5))),
        new StackColumns().Columns("rf", three));

    [Fact]
    public void Logarithms_are_natural_and_no_less_than_the_floor() => Assert.Equal(
        Frame.Of(("rf:logP(a)", Column.Numeric.Of(Math.Log(0.5), Math.Log(0.001))),
            ("rf:logP(b)", Column.Numeric.Of(Math.Log(0.25), Math.Log(0.5))),
            ("rf:logP(c)", Column.Numeric.Of(Math.Log(0.25), Math.Log(0.5)))),
        new StackColumns(StackMethod.LogProbabilities, Floor: 0.001).Columns("rf", three));

    [Fact]
    public void Labels_are_one_categorical_column_that_knows_all_levels() => Assert.Equal(
        Frame.Of(("rf:class", new Column.Categorical(["a", "b", "c"], [0, 1]))),
        new StackColumns(StackMethod.Labels, DropFirstClass: true).Columns("rf", three));

    [Fact]
    public void Numeric_predictions_are_one_column_for_any_stack_method() => Assert.All(
        Enum.GetValues<StackMethod>(),
        method =>
            Assert.Equal(Frame.Of(("ridge", Column.Numeric.Of(1, 2))),
                new StackColumns(method, true).Columns("ridge", new Prediction.Numeric([1.0, 2]))));

    [Property]
    public void Dropping_the_first_class_drops_its_column_alone_and_keeps_the_rows(ClassData any, Seed seed, bool log)
    {
        if (new Digest().Fit(any.Data, seed) is not Outcome<Trained>.Ok ok) return;
        var prediction = ok.Value.Predict(any.Data.Frame).OrThrow();
        var all = new StackColumns(log ? StackMethod.LogProbabilities : StackMethod.Probabilities).Columns("a", prediction);
        var fewer = new StackColumns(log ? StackMethod.LogProbabilities : StackMethod.Probabilities, DropFirstClass: true)
            .Columns("a", prediction);
        Assert.Equal(all.Without(all.Names[0]), fewer);
        Assert.Equal(any.Data.RowCount, fewer.RowCount);
    }

    [Property]
    public void Columns_of_taken_rows_are_taken_columns(ClassData any, Seed seed, int[] picks, StackMethod method)
    {
        if (new Digest().Fit(any.Data, seed) is not Outcome<Trained>.Ok ok || !Enum.IsDefined(method)) return;
        var rows = EquatableArray.From(picks.Select(pick => (int)((uint)pick % any.Data.RowCount)));
        var prediction = ok.Value.Predict(any.Data.Frame).OrThrow();
        Assert.Equal(new StackColumns(method).Columns("a", prediction).Take(rows),
            new StackColumns(method).Columns("a", prediction.Take(rows)));
    }
}
