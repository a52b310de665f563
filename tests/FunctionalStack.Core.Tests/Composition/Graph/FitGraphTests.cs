using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Execution;

public class FitGraphTests
{
    private static readonly Dataset data =
        new(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4)));

    [Fact]
    public void Needs_come_before_those_who_need_them_and_are_named_once()
    {
        var graph = new FitGraph();
        graph.Over(data)
            .Fit(new Stack([new("d", new Digest()), new("c", new Committee(2))], new Digest(), new FoldPlan.KFold(2), Combine.Refit),
                Seed.Of(1));
        Assert.Equal(Enumerable.Range(0, graph.Tasks.Count), graph.Tasks.Select(task => task.Number));
        Assert.All(graph.Tasks, task => Assert.All(task.Needs, need => Assert.True(need.Number < task.Number)));
        Assert.All(graph.Tasks, task => Assert.Equal(task.Needs.Distinct().Count(), task.Needs.Count));
    }

    [Fact]
    public void A_value_asked_for_before_its_task_has_run_is_refused()
    {
        var graph = new FitGraph();
        var model = graph.Over(data).Fit(new Shares(), Seed.Of(1));
        Assert.Contains("has not run yet", Assert.Throws<InvalidOperationException>(() => model.Trained.Outcome).Message);
        Executor.Inline.Run(graph);
        Assert.IsType<Outcome<Trained>.Ok>(model.Trained.Outcome);
    }

    [Fact]
    public void A_fit_asked_for_twice_is_done_once()
    {
        var graph = new FitGraph();
        var rows = graph.Over(data);
        var first = Of(rows.Take([0, 2]).Named("a"), new Digest(), 1);
        Assert.Same(first, Of(rows.Take([0, 2]).Named("b"), new Digest(), 1));
        Assert.NotSame(first, Of(rows.Take([0, 2]), new Digest(), 2));
        Assert.NotSame(first, Of(rows.Take([2, 0]), new Digest(), 1));
        Assert.NotSame(first, Of(rows.Take([0, 2]), new Digest(Seeded: false), 1));
        Assert.NotSame(first,
            Of(graph.Over(data.WithTarget(new Target.Numeric(EquatableArray.Of(0.0, 0, 0, 0)))).Take([0, 2]), new Digest(), 1));

        static Deferred<Trained> Of(FitRows rows, ILearner learner, long seed) => rows.Fit(learner, Seed.Of(seed)).Trained;
    }

    [Fact]
    public void A_plan_splits_once_whoever_asks()
    {
        var rows = new FitGraph().Over(data);
        Assert.Same(rows.Split(new FoldPlan.KFold(2)), rows.Named("a").Tolerant.Split(new FoldPlan.KFold(2)));
    }

    [Fact]
    public void Labels_give_the_place_of_a_fit()
    {
        var graph = new FitGraph();
        graph.Over(data).Fit(new Stack([new("d", new Digest())], new Shares(), new FoldPlan.KFold(2), Combine.Refit), Seed.Of(1));
        Assert.Equal(["d, fold 1 of 2: digest", "d, fold 2 of 2: digest", "d, refit: digest", "shares"],
            graph.Tasks.Where(task => task.Counted).Select(task => task.Label));
    }

    /// <summary>A leaf is data: who fits it elsewhere and gives the model back changes no bit.</summary>
    [Fact]
    public void Leaves_can_be_fitted_elsewhere()
    {
        var stack = new Stack([new("d", new Digest()), new("c", new Committee(2))], new Digest(), new FoldPlan.KFold(2), Combine.Refit);
        var graph = new FitGraph { Leaves = new Elsewhere() };
        var model = graph.Over(data).Fit(stack, Seed.Of(1));
        Assert.All(graph.Tasks.Where(task => task.Needs.Count == 0 && task.Counted), task => Assert.NotNull(task.Leaf!().OrThrow().Key));
        Executor.Threads(2).Run(graph);
        Assert.Equal(stack.FitModel(data, Seed.Of(1)), model.Trained.Outcome.Map(trained => trained.Model));
    }

    /// <summary>Whoever fits a pipeline elsewhere needs the columns before the transforms and no others.</summary>
    [Fact]
    public void A_pipeline_without_learners_among_its_transforms_is_one_leaf_on_the_columns_before_them()
    {
        var pipeline = new Shift(1).Then(new Center()).Then(new Digest());
        var graph = new FitGraph();
        var model = graph.Over(data).Fit(new Stack([new("d", pipeline)], new Shares(), new FoldPlan.KFold(2)), Seed.Of(1));
        var leaves = graph.Tasks.Where(task => task.Counted).ToArray();
        Assert.Equal(["d, fold 1 of 2: digest", "d, fold 2 of 2: digest", "shares"], leaves.Select(task => task.Label));
        foreach (var fold in leaves[..2].Select(task => task.Leaf!().OrThrow()))
        {
            Assert.Same(data.Frame, fold.Rows.AllRows);
            Assert.Equal(pipeline, fold.Learner);
            // The rows that the fold leaves out are known with the fit.
            Assert.Equal([0, 1, 2, 3], fold.Rows.Rows!.Value.Concat(fold.Held!.Value).Order());
        }

        Executor.Inline.Run(graph);
        Assert.IsType<Outcome<Trained>.Ok>(model.Trained.Outcome);
    }

    [Fact]
    public void A_pipeline_with_a_learner_among_its_transforms_or_without_a_key_is_expanded()
    {
        Assert.False(new Pipeline(new Digest().CrossFit("d", new FoldPlan.KFold(2)), new Digest()).IsLeaf);
        Assert.False(new Pipeline(Union.Of(new Identity(), new Digest().CrossFit("d", new FoldPlan.KFold(2))), new Digest()).IsLeaf);
        Assert.False(new Pipeline(new Shift(1), new Committee(2).CrossFit("d", new FoldPlan.KFold(2)).Then(new Digest())).IsLeaf);
        Assert.False(new Pipeline(new Tallied(new()), new Digest()).IsLeaf);
        Assert.True(new Pipeline(Union.Of(new Identity(), new Shift(1).Then(new Center())), new Digest()).IsLeaf);
    }

    /// <summary>Candidates that differ in the learner share the transforms before it.</summary>
    [Fact]
    public void The_candidates_of_a_search_fit_a_transform_once_for_each_fold()
    {
        var counter = new Counter();
        var tuned = new Tuned
        {
            Candidates = [new("a", new Tallied(counter).Then(new Digest())), new("b", new Tallied(counter).Then(new Shares()))],
            Folds = new FoldPlan.KFold(2),
        };
        tuned.Fit(data, Seed.Of(1)).OrThrow();
        // Two folds, and the best on all rows.
        Assert.Equal(3, counter.Count);
    }

    private sealed record Tallied(Counter Counter) : ILeafTransform, IMap
    {
        public string Name => "tallied";

        public Outcome<Fitted> FitLeaf(Dataset data, Seed seed)
        {
            Counter.Add();
            return Outcome.Ok(new Fitted(data.Frame, this));
        }

        public Outcome<Frame> Apply(Frame rows) => Outcome.Ok(rows);
    }

    [Theory]
    [InlineData(Combine.Refit, false, new[] { "d, fold 1 of 2: digest", "d, fold 2 of 2: digest" })]
    [InlineData(Combine.Refit, true, new string[0])]
    [InlineData(Combine.Average, false, new string[0])]
    public void The_models_of_folds_are_for_their_held_out_rows_only_unless_they_are_kept(Combine combine, bool isJournaled,
        string[] expected)
    {
        var places = new List<string>();
        var leaves = new Elsewhere(leaf => places.AddRange(leaf.HeldOnly ? [leaf.Place] : []));
        var graph = new FitGraph { Leaves = isJournaled ? leaves.Through(new NoJournal()) : leaves };
        var model = graph.Over(data).Fit(new Stack([new("d", new Digest())], new Shares(), new FoldPlan.KFold(2), combine), Seed.Of(1));
        Executor.Inline.Run(graph);
        Assert.IsType<Outcome<Trained>.Ok>(model.Trained.Outcome);
        Assert.Equal(expected, places);
    }

    private sealed class NoJournal : IJournal
    {
        public Outcome<T>.Ok? Find<T>(FitKey key) where T : class => null;

        public void Keep<T>(FitKey key, Outcome<T>.Ok made) where T : class
        {
        }

        public void Passed(ILearner learner)
        {
        }
    }

    private sealed class Elsewhere(Action<Leaf>? ordered = null) : ILeaves
    {
        public Outcome<IModel> Fit(Leaf leaf, WorkSharing work)
        {
            ordered?.Invoke(leaf);
            return Leaves.Here.Fit(leaf with { Rows = new(leaf.Rows.Data.Frame, null, leaf.Rows.Roles) }, WorkSharing.None);
        }

        public Outcome<Prediction> Predict(ILearner learner, LeafRows rows, Seed seed, IModel model, LeafRows held) =>
            Leaves.Here.Predict(learner, rows, seed, model, held);

        public ILeaves At(ILeaves place) => place;
    }
}
