using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Composition;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class UnionTests
{
    [Property]
    public void Parts_that_cover_different_rows_meet_on_the_rows_that_all_cover(AnyPlan planned, Seed seed)
    {
        var (a, b, c) =
            (new Digest().CrossFit("a", planned.Plan), new Nearest().CrossFit("b", new FoldPlan.TimeOrdered(2)), new Stamp("c"));
        var union = Union.Of(a, b, c);
        if (union.Fit(planned.Data, seed) is not Outcome<Fitted>.Ok ok) return;
        int[] Of(ITransform part) =>
            part.Fit(planned.Data, Seed.Of(1)).OrThrow().Covered is { } rows
                ? rows.ToArray() : [.. Enumerable.Range(0, planned.Data.RowCount)];
        var common = Of(a).Intersect(Of(b)).Order().ToArray();
        Assert.Equal(common, Of(union));
        foreach (var part in new ITransform[] { a, b, c })
        {
            var alone = part.Fit(planned.Data, seed.Fork(part.Name)).OrThrow().TrainView;
            var places = EquatableArray.From(common.Select(row => Array.IndexOf(Of(part), row)));
            Assert.Equal(alone.Take(places), ok.Value.TrainView.Select(alone.Names.ToArray()));
        }
    }

    [Fact]
    public void Parts_without_a_common_row_make_a_train_view_without_rows()
    {
        var data =
            new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))),
                new Roles(new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4)), Folds: EquatableArray.Of(0, 0, 1, 1)));
        var parts = Union.Of(new Shares().CrossFit("last", new FoldPlan.HoldOut(0.25)), new First(2));
        Assert.Equal(0, parts.Fit(data, Seed.Of(1)).OrThrow().TrainView.RowCount);
        Assert.Equal(parts.Then(new Shares()).Fit(data, Seed.Of(1)), Executor.Threads(2).Fit(parts.Then(new Shares()), data, Seed.Of(1)));
        Assert.IsType<Outcome<Trained>.Fail>(parts.Then(new Shares()).Fit(data, Seed.Of(1)));
    }

    [Fact]
    public void Two_parts_that_make_one_column_are_refused_by_name()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2))), new Target.Numeric(EquatableArray.Of(1.0, 2)));
        var failure = Assert.IsType<Outcome<Fitted>.Fail>(Union.Of(new Identity(), new Shift(1)).Fit(data, Seed.Of(1))).Failure;
        Assert.Equal("column 'x'", failure.Where);
    }

    [Fact]
    public void A_union_stops_at_the_first_failure_in_order_or_leaves_out_all_but_not_every_part()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2))), new Target.Numeric(EquatableArray.Of(1.0, 2)));
        EquatableArray<Part> broken = [new("a", new Stamp("a")), new("b", new Broken("b")), new("c", new Broken("c"))];
        Assert.Equal("b", Assert.IsType<Outcome<Fitted>.Fail>(new Union(broken).Fit(data, Seed.Of(1))).Failure.Where);
        var left = new Union(broken, OnFailure.LeaveOut).Fit(data, Seed.Of(1));
        Assert.Equal(EquatableArray.Of("a"), left.OrThrow().TrainView.Names);
        Assert.Equal(EquatableArray.Of(new Note("b", "left out: is broken. Fix it."), new Note("c", "left out: is broken. Fix it.")),
            left.Notes);
        Assert.Equal("b",
            Assert.IsType<Outcome<Fitted>.Fail>(new Union(EquatableArray.From(broken.Skip(1)), OnFailure.LeaveOut)
            .Fit(data, Seed.Of(1))).Failure.Where);
    }

    [Fact]
    public void The_empty_union_has_rows_but_no_columns()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2))), new Target.Numeric(EquatableArray.Of(1.0, 2)));
        var fitted = new Union(default).Fit(data, Seed.Of(1)).OrThrow();
        Assert.Equal(Frame.Empty(2), fitted.TrainView);
        Assert.Equal(Frame.Empty(2), fitted.Map.Apply(data.Frame).OrThrow());
        Assert.Equal(Frame.Empty(2), Executor.Inline.Fit(new Union(default), data, Seed.Of(1)).OrThrow().TrainView);
    }

    // Covers the first rows only.
    private sealed record First(int Rows) : ICompositeTransform
    {
        public string Name => "first";

        public FittedTransform Fit(FitRows rows, Seed seed) => new(
            rows.Compute(Name,
                data => new Stamp("f", false).FitLeaf(data, seed)
                .Map(fitted => fitted with { TrainView = fitted.TrainView.Take(EquatableArray.Range(Rows)) })),
            EquatableArray.Range(Rows));
    }
}
