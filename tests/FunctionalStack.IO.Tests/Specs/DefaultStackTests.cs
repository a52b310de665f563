using Xunit;

namespace FunctionalStack.IO.Tests.Specs;

public class DefaultStackTests
{
    [Theory]
    [InlineData(24, StackMethod.Probabilities, new[] { "knn5" })]
    [InlineData(600, StackMethod.Probabilities, new[] { "knn5", "knn15" })]
    [InlineData(DefaultStack.ManyRows, StackMethod.LogProbabilities, new[] { "knn5", "knn15" })]
    [InlineData(500_000, StackMethod.LogProbabilities, new string[0])]
    public void The_default_follows_the_number_of_rows(int rows, StackMethod method, string[] neighbours)
    {
        var stack = Assert.IsType<NodeSpec.Stack>(DefaultStack.For(Classes(rows)).Root);
        Assert.Equal(method, stack.StackColumns!.StackMethod);
        Assert.Equal(neighbours, stack.Bases.Select(b => b.Name).Where(name => name.StartsWith("knn", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_default_can_be_printed_read_back_and_fitted_on_few_rows_of_either_task()
    {
        var classes = Classes(24);
        foreach (var data in new[] { classes,
            classes.WithTarget(new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 24).Select(row => row * 0.5)))) })
        {
            var spec = DefaultStack.For(data);
            Assert.Equal(spec, SpecFile.Parse(SpecFile.Write(spec).OrThrow(), "default").OrThrow());
            Assert.Equal(24, spec.Build(data).OrThrow().Fit(data, Seed.Of(1)).OrThrow().Predict(data.Frame).OrThrow().Count);
        }
    }

    private static Dataset Classes(int rows) => new(
        Frame.Of(("x", new Column.Numeric(EquatableArray.From(Enumerable.Range(0, rows).Select(row => Math.Sin(row)))))),
        new Target.Classes(["a", "b"], EquatableArray.From(Enumerable.Range(0, rows).Select(row => row % 2))));
}
