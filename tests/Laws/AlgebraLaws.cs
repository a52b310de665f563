using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Laws;

/// <summary>Law 4: the algebra of transforms and learners. Equal means equal bit for bit.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 60)]
public class AlgebraLaws
{
    // Parts whose randomness depends on their name alone. Some plans leave rows uncovered, so coverings meet too.
    private static Part[] Parts(FoldPlan plan) =>
    [
        new("a", new Digest().CrossFit("a", plan)),
        new("b", new Nearest().CrossFit("b", new FoldPlan.KFold(2), stackColumns: new StackColumns(StackMethod.Labels))),
        new("c", new Stamp("c")),
        new("d", new Digest().CrossFit("d", new FoldPlan.TimeOrdered(2), Combine.Refit)),
    ];

    // Parts without randomness of their own: where they stand in the tree cannot matter.
    private static ITransform[] Plain(FoldPlan plan) =>
    [
        new Digest(Seeded: false).CrossFit("a", plan),
        new Digest(Seeded: false).CrossFit("b", new FoldPlan.TimeOrdered(2), Combine.Refit),
        new Stamp("c", Seeded: false),
    ];

    [Property]
    public void Union_is_associative(AnyPlan planned, Seed seed)
    {
        var (a, b, c) = (Plain(planned.Plan)[0], Plain(planned.Plan)[1], Plain(planned.Plan)[2]);
        SameViews(Union.Of(Union.Of(a, b), c), Union.Of(a, Union.Of(b, c)), planned.Data, seed);
        SameViews(Union.Of(a, Union.Of(b, c)), Union.Of(a, b, c), planned.Data, seed);
    }

    [Property]
    public void The_empty_union_beside_a_transform_changes_nothing(AnyPlan planned, Seed seed) =>
        Assert.All(Plain(planned.Plan), transform =>
    {
        SameViews(transform, Union.Of(transform, new Union(default)), planned.Data, seed);
        SameViews(transform, Union.Of(new Union(default), transform), planned.Data, seed);
    });

    [Property]
    public void Identity_in_a_union_passes_the_original_columns_through(AnyPlan planned, Seed seed)
    {
        var part = Parts(planned.Plan)[0];
        var alone = new Union([part]).Fit(planned.Data, seed);
        var beside = new Union([new Part("original", new Identity()), part]).Fit(planned.Data, seed);
        SameFailure(alone, beside);
        if ((alone, beside) is not (Outcome<Fitted>.Ok one, Outcome<Fitted>.Ok two)) return;
        var covered = one.Value.Covered;
        Assert.Equal((covered is { } rows ? planned.Data.Frame.Take(rows) : planned.Data.Frame).Beside(one.Value.TrainView),
            two.Value.TrainView);
        Assert.Equal(planned.Data.Frame.Beside(one.Value.Map.Apply(planned.Data.Frame).OrThrow()),
            two.Value.Map.Apply(planned.Data.Frame).OrThrow());
    }

    [Property]
    public void Identity_is_the_unit_of_Then(AnyPlan planned, Seed seed) => Assert.All(Plain(planned.Plan), transform =>
    {
        SameViews(transform, new Identity().Then(transform), planned.Data, seed);
        SameViews(transform, transform.Then(new Identity()), planned.Data, seed);
    });

    [Property]
    public void Identity_before_a_learner_changes_no_prediction(AnyData any, Seed seed) =>
        SamePredictions(new Digest(Seeded: false), new Identity().Then(new Digest(Seeded: false)), any.Data, seed);

    [Property]
    public void Then_is_associative_over_transforms(AnyPlan planned, Seed seed)
    {
        ITransform a = new Union([new("x", new Identity()), new("a", Plain(planned.Plan)[0])]);
        var (b, c) = (Plain(new FoldPlan.KFold(2))[0], new Stamp("c", Seeded: false));
        SameViews(a.Then(c).Then(b), a.Then(c.Then(b)), planned.Data, seed);
        SameViews(a.Then(new Center()).Then(c), a.Then(new Center().Then(c)), planned.Data, seed);
    }

    [Property]
    public void Then_is_associative_up_to_the_learner(AnyPlan planned, Seed seed)
    {
        var (f, g, learner) = (Plain(planned.Plan)[0], Plain(new FoldPlan.TimeOrdered(2))[1], new Digest(Seeded: false));
        SamePredictions(f.Then(g).Then(learner), f.Then(g.Then(learner)), planned.Data, seed);
    }

    [Property]
    public void A_transform_then_a_learner_is_the_learner_fitted_on_the_train_view(AnyTransform any, Seed seed)
    {
        var whole = any.Transform.Then(new Digest()).Fit(any.Data, seed);
        var byHand =
            from fitted in any.Transform.Fit(any.Data, seed.Fork("transform"))
            let kept = fitted.Covered ?? EquatableArray.Range(any.Data.RowCount)
            from model in new Digest().Fit(new(fitted.TrainView, any.Data.Roles.Take(kept)), seed.Fork("learner"))
            select model.Predict(fitted.Map.Apply(any.Data.Frame).OrThrow()).OrThrow();
        Assert.Equal(byHand, whole.Map(model => model.Predict(any.Data.Frame).OrThrow()));
    }

    [Property]
    public void A_stack_is_the_union_of_its_cross_fitted_bases_then_the_meta_learner(AnyPlan planned, Seed seed)
    {
        var stack = new Stack([new("d", new Digest()), new("n", new Nearest())], new Digest(), planned.Plan, Passthrough: new Stamp("p"));
        var spelled =
            new Union([new("d", new Digest().CrossFit("d", planned.Plan)), new("n", new Nearest().CrossFit("n", planned.Plan)),
                new("passthrough", new Stamp("p"))]).Then(new Digest());
        Assert.Equal(spelled.FitModel(planned.Data, seed), stack.FitModel(planned.Data, seed));
    }

    [Property]
    public void Reordering_the_parts_permutes_the_columns(AnyPlan planned, Seed seed, Seed order)
    {
        var parts = Parts(planned.Plan);
        var shuffled = parts.ToArray();
        order.Stream().Shuffle(shuffled.AsSpan());
        var (one, two) =
            (new Union(EquatableArray.Own(parts)).Fit(planned.Data, seed), new Union(EquatableArray.Own(shuffled)).Fit(planned.Data, seed));
        Assert.Equal(one is Outcome<Fitted>.Ok, two is Outcome<Fitted>.Ok);
        if ((one, two) is not (Outcome<Fitted>.Ok a, Outcome<Fitted>.Ok b)) return;
        Assert.Equal(a.Value.TrainView, b.Value.TrainView.Select(a.Value.TrainView.Names.ToArray()));
        var (later, laterShuffled) = (a.Value.Map.Apply(planned.Data.Frame).OrThrow(), b.Value.Map.Apply(planned.Data.Frame).OrThrow());
        Assert.Equal(later, laterShuffled.Select(later.Names.ToArray()));
    }

    [Property]
    public void Dropping_a_base_is_never_having_named_it(AnyPlan planned, Seed seed, byte which, bool refit)
    {
        Base[] bases = [new("a", new Digest()), new("b", new Committee(2)), new("c", new Nearest()), new("d", new Digest())];
        var dropped = bases[which % bases.Length];
        Stack Of(IEnumerable<Base> some) =>
            new(EquatableArray.From(some), new Shares(), planned.Plan, refit ? Combine.Refit : Combine.Average);
        if (Of(bases).Level.Fit(planned.Data, seed) is not Outcome<Fitted>.Ok all) return;
        var without = Of(bases.Where(b => b != dropped)).Level.Fit(planned.Data, seed).OrThrow();
        var gone =
            all.Value.TrainView.Names.Where(name => name == dropped.Name || name.StartsWith($"{dropped.Name}:", StringComparison.Ordinal))
                .ToArray();
        Assert.NotEmpty(gone);
        Assert.Equal(all.Value.TrainView.Without(gone), without.TrainView);
        Assert.Equal(all.Value.Map.Apply(planned.Data.Frame).OrThrow().Without(gone), without.Map.Apply(planned.Data.Frame).OrThrow());
    }

    [Property]
    public void Leaving_out_a_broken_part_is_never_having_named_it(AnyPlan planned, Seed seed)
    {
        var parts = Parts(planned.Plan);
        var whole = new Union(EquatableArray.Own(parts), OnFailure.LeaveOut).Fit(planned.Data, seed);
        var broken = new Union([.. parts.Take(1), new Part("x", new Broken("x")), .. parts.Skip(1)], OnFailure.LeaveOut)
            .Fit(planned.Data, seed);
        Assert.Equal(whole.OrThrow(), broken.OrThrow());
        Assert.Contains(broken.Notes, note => note == new Note("x", "left out: is broken. Fix it."));
    }

    private static void SameViews(ITransform one, ITransform two, Dataset data, Seed seed)
    {
        var (a, b) = (one.Fit(data, seed), two.Fit(data, seed));
        SameFailure(a, b);
        if ((a, b) is not (Outcome<Fitted>.Ok x, Outcome<Fitted>.Ok y)) return;
        Assert.Equal((x.Value.TrainView, x.Value.Covered), (y.Value.TrainView, y.Value.Covered));
        Assert.Equal(x.Value.Map.Apply(data.Frame).OrThrow(), y.Value.Map.Apply(data.Frame).OrThrow());
    }

    private static void SamePredictions(ILearner one, ILearner two, Dataset data, Seed seed)
    {
        var (a, b) = (one.Fit(data, seed), two.Fit(data, seed));
        SameFailure(a, b);
        if ((a, b) is (Outcome<Trained>.Ok x, Outcome<Trained>.Ok y))
            Assert.Equal(x.Value.Predict(data.Frame).OrThrow(), y.Value.Predict(data.Frame).OrThrow());
    }

    private static void SameFailure<T>(Outcome<T> one, Outcome<T> two) =>
        Assert.Equal(one is Outcome<T>.Fail a ? a.Failure : null, two is Outcome<T>.Fail b ? b.Failure : null);
}
