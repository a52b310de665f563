using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.IO.Tests.Specs;

public class DefaultStackTests
{
    [Theory]
    [InlineData(24, new[] { "knn5" })]
    [InlineData(600, new[] { "knn5", "knn15" })]
    [InlineData(500_000, new string[0])]
    public void Neighbours_follow_the_number_of_cells(int rows, string[] neighbours) =>
        Assert.Equal(neighbours, NamesOf(Classes(rows)).Where(name => name.StartsWith("knn", StringComparison.Ordinal)));

    [Theory]
    [InlineData(600, true)]
    [InlineData(DefaultStack.ManyRows, false)]
    public void Strong_regularization_is_tried_on_few_rows(int rows, bool strong) =>
        Assert.Equal(strong, NamesOf(Classes(rows)).Contains("logisticStrong"));

    [Fact]
    public void Quadratic_discriminants_are_left_out_of_wide_tables()
    {
        Assert.Contains("qda", NamesOf(Classes(30)));
        var wide = Frame.Of([.. Enumerable.Range(0, DefaultStack.MostColumnsForQuadratic + 1)
            .Select(c => ($"x{c}", (Column)new Column.Numeric(EquatableArray.From(Enumerable.Range(0, 30).Select(row => (double)row)))))]);
        Assert.DoesNotContain("qda", NamesOf(Classes(30).WithFrame(wide)));
    }

    /// <summary>Folds within an evaluation's folds: three groups leave two in each, and ten days of rows at the first.</summary>
    [Theory]
    [InlineData(3, 0, 2)]
    [InlineData(6, 0, 3)]
    [InlineData(20, 0, 5)]
    [InlineData(0, 60, 5)]
    [InlineData(0, 18, 2)]
    public void Few_groups_or_times_get_fewer_folds_and_can_be_evaluated(int groups, int times, int folds)
    {
        var data = Classes(240);
        if (groups > 0) data = data.WithGroups(EquatableArray.From(Enumerable.Range(0, 240).Select(row => row % groups)));
        if (times > 0) data = data.WithTime(EquatableArray.From(Enumerable.Range(0, 240).Select(row => (double)(row * times / 240))));
        var spec = DefaultStack.For(data);
        Assert.Equal(folds, (Assert.IsType<NodeSpec.Stack>(spec.Root).Folds ?? new FoldsSpec()).K);
        var outer = new FoldPlan.Usual(groups is 0 or > 5 ? 5 : groups) { Shuffle = Shuffle.None }.Split(data.Roles).OrThrow();
        var stack = Assert.IsType<Stack>(spec.Build(data).OrThrow());
        Assert.All(outer, fold =>
        {
            var part = data.Take(fold.Train);
            var inner = stack.Plan.Seeded(Seed.Of(1)).Split(part.Roles).OrThrow();
            Assert.All(stack.Bases.Where(one => one.Name.StartsWith("knn", StringComparison.Ordinal)), one =>
                Assert.All(inner, few => Assert.IsType<Outcome<IModel>.Ok>(one.Learner.FitModel(part.Take(few.Train), Seed.Of(1)))));
        });
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

    [Fact]
    public void Every_base_is_listed_in_the_documentation()
    {
        var few = Classes(600);
        var numeric = few.WithTarget(new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 600).Select(row => row * 0.5))));
        var page = Repository.Read("docs/spec.md");
        var section = page[page.IndexOf("## The default stack", StringComparison.Ordinal)..page.IndexOf("## Your own learners",
            StringComparison.Ordinal)];
        var listed = section.Split('\n').SkipWhile(line => line != "|---|---|---|").Skip(1)
            .TakeWhile(line => line.StartsWith('|')).SelectMany(line => line.Split('|')[1].Split(',')).Select(name => name.Trim());
        Assert.Equal(NamesOf(few).Union(NamesOf(numeric)).Order(), listed.Order());
    }

    private static IEnumerable<string> NamesOf(Dataset data) =>
        Assert.IsType<NodeSpec.Stack>(DefaultStack.For(data).Root).Bases.Select(one => one.Name);

    private static Dataset Classes(int rows) => new(
        Frame.Of(("x", new Column.Numeric(EquatableArray.From(Enumerable.Range(0, rows).Select(row => Math.Sin(row)))))),
        new Target.Classes(["a", "b"], EquatableArray.From(Enumerable.Range(0, rows).Select(row => row % 2))));
}
