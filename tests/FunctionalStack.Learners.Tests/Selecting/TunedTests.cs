using FsCheck.Xunit;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.Learners.Tests.Selecting;

[Properties(MaxTest = 20)]
public class TunedTests
{
    private static readonly FoldPlan Three = new FoldPlan.Usual(3);

    private static Dataset Data(int rows, bool classes = true, int seed = 1)
    {
        var stream = Seed.Of(seed).Stream();
        var columns = Enumerable.Range(0, 3)
            .Select(_ => Enumerable.Range(0, rows).Select(_ => stream.NextNormal()).ToArray()).ToArray();
        var signal = Enumerable.Range(0, rows)
            .Select(row => columns[0][row] + columns[1][row] * columns[1][row] + stream.NextNormal()).ToArray();
        return new(
            Frame.Of([.. columns.Select((column, c) => ($"x{c}", (Column)Column.Numeric.Of(column)))]),
            classes
                ? new Target.Classes(EquatableArray.Of("no", "yes"), EquatableArray.From(signal.Select(s => s > 1 ? 1 : 0)))
                : new Target.Numeric(EquatableArray.Own(signal)));
    }

    private static SearchResult PathOf(Tuned tuned, Dataset data, int seed = 1) =>
        Assert.Single(tuned.Fit(data, Seed.Of(seed)).OrThrow().Searches);

    private static void Faulty(string expected, ILearner learner) =>
        Assert.StartsWith(expected, learner.Check(Data(20))[0].ToString(), StringComparison.Ordinal);

    /// <summary>A stack has the keys of its spec, not the names of its record.</summary>
    [Fact]
    public void Parameters_of_a_stack_have_the_names_of_its_spec()
    {
        var stack = new Stack([new("tree", new DecisionTree()), new("calibrated", new Stack([new("knn", new KNearestNeighbors(3))],
            new Calibration(CalibrationMethod.Platt), new FoldPlan.KFold(3), Combine.Refit) { Name = "calibrated" })],
            new LogisticRegression(), new FoldPlan.Usual(3));
        var space = SearchSpace.Empty.Over("stackMethod", "logProbabilities").Over("dropFirstClass", true).Over("folds.k", 2)
            .Over("passthrough", false).Over("combine", "refit").Over("bases.calibrated.k", 5);
        Assert.Equal(
            ["stackMethod=logProbabilities, dropFirstClass=true, folds.k=2, passthrough=false, combine=refit, bases.calibrated.k=5"],
            PathOf(new(stack, space, Search.Grid, Folds: Three), Data(60)).Trials.Select(trial => trial.Name));
        foreach (var wrong in new[] { "plan", "stackColumns", "prune" })
        {
            var failure = Assert.IsType<Outcome<Trained>.Fail>(
                new Tuned(stack, SearchSpace.Empty.Over(wrong, "x"), Search.Grid).Fit(Data(60), Seed.Of(1))).Failure;
            Assert.Contains($"'{wrong}' is not a parameter of stack", failure.ToString(), StringComparison.Ordinal);
            Assert.Contains("Parameters: bases, meta, folds, combine, stackMethod, dropFirstClass, passthrough, onFailure",
                failure.ToString(),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_grid_tries_every_point_and_the_model_is_that_of_the_best()
    {
        var space = SearchSpace.Empty.Over("maxDepth", 1, 3, null).Over("criterion", "gini", "entropy");
        var tuned = new Tuned(new DecisionTree(), space, Search.Grid, Folds: Three);
        var data = Data(90);
        var path = PathOf(tuned, data);
        Assert.Equal(
            ["maxDepth=1, criterion=gini", "maxDepth=1, criterion=entropy", "maxDepth=3, criterion=gini", "maxDepth=3, criterion=entropy",
                "maxDepth=null, criterion=gini", "maxDepth=null, criterion=entropy"],
            path.Trials.Select(trial => trial.Name));
        var best = new DecisionTree(MaxDepth: (int?)path.Best.Point[0].Value, Criterion: (Criterion)path.Best.Point[1].Value!);
        Assert.Equal(best.FitModel(data, Seed.Of(1)).OrThrow(), tuned.FitModel(data, Seed.Of(1)).OrThrow());
        Assert.Equal(path.Trials.Min(trial => trial.Score.Mean), path.Best.Score.Mean);
    }

    [Property]
    public void Drawn_points_are_distinct_and_within_their_ranges(int seed)
    {
        var space = SearchSpace.Empty.Between("c", 0.01, 100, Scale.Log).Between("maxIterations", 50, 60).Over("tolerance", 1e-6, 1e-4);
        var path = PathOf(new(new LogisticRegression(), space, Trials: 15, Folds: new FoldPlan.Usual(2)), Data(30), seed);
        Assert.Equal(15, path.Trials.Select(trial => trial.Point).Distinct().Count());
        Assert.All(path.Trials, trial =>
        {
            Assert.InRange(Assert.IsType<double>(trial.Point[0].Value), 0.01, 100);
            Assert.InRange(Assert.IsType<int>(trial.Point[1].Value), 50, 60);
            Assert.Contains(Assert.IsType<double>(trial.Point[2].Value), new[] { 1e-6, 1e-4 });
        });
    }

    [Fact]
    public void Draws_are_uniform_on_their_scale()
    {
        var space = SearchSpace.Empty.Between("c", 0.01, 100, Scale.Log);
        var tuned = new Tuned(new LogisticRegression(MaxIterations: 1), space, Trials: 400, Folds: new FoldPlan.HoldOut(0.5));
        var logs = PathOf(tuned, Data(12)).Trials.Select(trial => Math.Log10((double)trial.Point[0].Value!)).ToArray();
        // The mean of 400 draws that are uniform from -2 to 2 has a standard deviation of 4 / sqrt(12 * 400) = 0.058.
        Assert.InRange(logs.Average(), -0.25, 0.25);
        Assert.InRange(logs.Count(log => log < -1), 60, 140);
    }

    [Fact]
    public void A_space_of_few_points_is_tried_whole()
    {
        var tuned = new Tuned(new KNearestNeighbors(), SearchSpace.Empty.Over("k", 1, 3, 5), Trials: 10, Folds: Three);
        Assert.Equal(["k=1", "k=3", "k=5"], PathOf(tuned, Data(40)).Trials.Select(trial => trial.Name));
    }

    [Fact]
    public void Paths_lead_to_the_parts_of_a_composition()
    {
        var stack = new Stack(
            [
                new("forest.1", Recipe.ForTrees.Then(new RandomForest(5))),
                new("bag", new Bagging(new DecisionTree(), 2)),
                new("knn", new Impute().Then(new OnColumns(["x0"], new Whiten())).Then(new KNearestNeighbors(3))),
            ],
            new Pruned(new LogisticRegression(), new FoldPlan.KFold(2)), new FoldPlan.KFold(2));
        var space = SearchSpace.Empty
            .Over("meta.c", 0.5)
            .Over("bases.forest.1.minSamplesLeaf", 3)
            .Over("bases.forest.1.maxFeatures", "sqrt", 2L, 0.5, MaxFeatures.All)
            .Over("bases.bag.learner.maxDepth", 2)
            .Over("bases.knn.k", 4.0)
            .Over("bases.knn.preprocess.impute.indicator", false)
            .Over("bases.knn.preprocess.whiten.epsilon", 1e-3);
        var path = PathOf(new(stack, space, Search.Grid, Folds: new FoldPlan.Usual(2)), Data(60));
        Assert.Equal(4, path.Trials.Count);
        Assert.Equal("meta.c=0.5, bases.forest.1.minSamplesLeaf=3, bases.forest.1.maxFeatures=Sqrt, bases.bag.learner.maxDepth=2, "
            + "bases.knn.k=4, bases.knn.preprocess.impute.indicator=false, bases.knn.preprocess.whiten.epsilon=0.001", path.Trials[0].Name);
        Assert.Equal(MaxFeatures.Of(2), path.Trials[1].Point[2].Value);
        Assert.Equal(MaxFeatures.Share(0.5), path.Trials[2].Point[2].Value);
    }

    [Fact]
    public void A_learner_can_be_a_value()
    {
        var stack = new Stack([new("a", new DecisionTree(MaxDepth: 2))], new LogisticRegression(), new FoldPlan.KFold(2));
        var space = SearchSpace.Empty.Over("meta", new LogisticRegression(), new ConvexWeights())
            .Over("bases.a", new DecisionTree(MaxDepth: 3));
        Assert.Equal(["meta=logistic, bases.a=tree", "meta=convexWeights, bases.a=tree"],
            PathOf(new(stack, space, Search.Grid, Folds: Three), Data(60)).Trials.Select(trial => trial.Name));
    }

    [Fact]
    public void A_wrong_space_is_reported_before_any_fit_with_its_path()
    {
        Tuned Of(Func<SearchSpace, SearchSpace> space) => new(new GradientBoosting(), space(SearchSpace.Empty));
        Faulty(
            "tuned: space: maxdepth: 'maxdepth' is not a parameter of gradientBoosting. Did you mean 'maxDepth'?",
            Of(space => space.Over("maxdepth", 3)));
        Faulty(
            "tuned: space: maxDepth: the value 2.5 is not a whole number.",
            Of(space => space.Over("maxDepth", 2.5)));
        Faulty(
            "tuned: space: eta: gradientBoosting: eta is 1.5.",
            Of(space => space.Over("eta", 0.1, 1.5)));
        Faulty(
            "tuned: space: eta: gradientBoosting: eta is 2.",
            Of(space => space.Between("eta", 0.1, 2)));
        Faulty(
            "tuned: space: objective: the value gini is not one of usual, ",
            Of(space => space.Over("objective", "gini")));
        Faulty(
            "tuned: space: objective: is not a number",
            Of(space => space.Between("objective", 0, 1)));
        Faulty(
            "tuned: space: eta: the logarithmic range starts at 0",
            Of(space => space.Between("eta", 0, 1, Scale.Log)));
        Faulty(
            "tuned: space: eta: is given twice",
            Of(space => space.Over("eta", 0.1).Over("eta", 0.2)));
        Faulty(
            "tuned: space: eta.x: eta of gradientBoosting has no parameters",
            Of(space => space.Over("eta.x", 1)));
        Faulty(
            "tuned: space: eta: is a range, but a grid needs lists",
            new Tuned(new GradientBoosting(), SearchSpace.Empty.Between("eta", 0.1, 0.2), Search.Grid));
        Faulty(
            "tuned: space: is empty, and tree has no default one",
            new Tuned(new DecisionTree()));
        Faulty(
            "tuned: space: bases.tre: no base is named 'tre'. Did you mean 'tree'?",
            new Tuned(new Stack([new("tree", new DecisionTree())], new LogisticRegression(), Three),
                SearchSpace.Empty.Over("bases.tre", 1)));
        Faulty(
            "tuned: trials: is given, but a grid tries every point",
            new Tuned(new GradientBoosting(), SearchSpace.Empty.Over("eta", 0.1), Search.Grid, 3));
        Faulty(
            "tuned: there is no learner to tune",
            new Tuned());
        Faulty(
            "tuned: both a learner and candidates are given",
            new Tuned(new DecisionTree(), Candidates: [new("a", new DecisionTree())]));
    }

    [Fact]
    public void Without_a_space_the_default_one_is_searched_from_the_learner_itself()
    {
        var learner = new GradientBoosting(30, Eta: 0.25, MaxDepth: 5);
        var path = PathOf(new(Recipe.ForBoosting.Then(learner), Trials: 3, Folds: new FoldPlan.Usual(2)), Data(60));
        Assert.Equal(learner.DefaultSpace.Parameters.Select(one => one.Path), path.Trials[0].Point.Select(one => one.Path));
        Assert.Equal((0.25, 5), (path.Trials[0].Point[0].Value, path.Trials[0].Point[1].Value));
        Assert.Equal(3, path.Trials.Count);
    }

    [Fact]
    public void A_candidate_that_fails_is_left_out_with_a_note()
    {
        var positive = new Tuned(Candidates: [new("counts", new MultinomialNaiveBayes()), new("bayes", new GaussianNaiveBayes())]);
        var outcome = positive.Fit(Data(60), Seed.Of(1));
        Assert.Equal("bayes", Assert.Single(outcome.OrThrow().Searches).Best.Name);
        Assert.StartsWith("tuned: counts: trial 1, fold 1 of 5", Assert.Single(outcome.Notes).Where, StringComparison.Ordinal);
        var none = new Tuned(Candidates: [new("counts", new MultinomialNaiveBayes())]).Fit(Data(60), Seed.Of(1));
        Assert.StartsWith(
            "tuned: trial 1, fold 1 of 5", Assert.IsType<Outcome<Trained>.Fail>(none).Failure.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Halving_lets_a_third_go_on_with_three_times_the_rows()
    {
        var space = SearchSpace.Empty.Between("minSamplesLeaf", 1, 200);
        var tuned = new Tuned(new DecisionTree(), space, Search.Halving, 20, Folds: Three);
        // 1200 training rows: 133 in the first of three rounds.
        var path = PathOf(tuned, Data(1800));
        Assert.Equal([13, 4, 3], Enumerable.Range(0, 3).Select(round => path.Trials.Count(trial => trial.Round == round)));
        Assert.All(path.Trials, trial => Assert.Equal(new[] { 133.0, 400, 1200 }[trial.Round], trial.Rows, 2.0));
        Assert.Equal(path.Trials.Where(trial => trial.Round == 2).Min(trial => trial.Score.Mean), path.Best.Score.Mean);
        var best = new DecisionTree(MinSamplesLeaf: (int)path.Best.Point[0].Value!);
        Assert.Equal(best.FitModel(Data(1800), Seed.Of(1)).OrThrow(), tuned.FitModel(Data(1800), Seed.Of(1)).OrThrow());
    }

    [Fact]
    public void Few_rows_or_candidates_leave_one_round()
    {
        var space = SearchSpace.Empty.Over("minSamplesLeaf", 1, 5, 20, 50);
        Assert.All(PathOf(new(new DecisionTree(), space, Search.Halving, Folds: Three), Data(300)).Trials,
            trial => Assert.Equal(0, trial.Round));
        var three = SearchSpace.Empty.Over("minSamplesLeaf", 1, 5, 20);
        Assert.All(PathOf(new(new DecisionTree(), three, Search.Halving, Folds: Three), Data(2000)).Trials,
            trial => Assert.Equal(0, trial.Round));
    }

    [Property(MaxTest = 5)]
    public void Every_search_has_the_same_bits_on_any_number_of_threads(int seed, bool classes)
    {
        var data = Data(700, classes, seed);
        foreach (var search in Enum.GetValues<Search>())
        {
            var space = SearchSpace.Empty.Over("learner.maxDepth", 1, 2, 4, 6).Over("rowShare", 0.3, 0.6, 1.0);
            var tuned = new Tuned(new Bagging(new DecisionTree(), 3), space, search, Folds: new FoldPlan.Usual(2));
            Assert.Equal(tuned.Fit(data, Seed.Of(seed)), Executor.Threads(3).Fit(tuned, data, Seed.Of(seed)));
        }
    }

    [Fact]
    public void Groups_stay_whole_in_the_samples_of_halving()
    {
        var data = Data(1200);
        var grouped = data.WithGroups(EquatableArray.From(Enumerable.Range(0, 1200).Select(row => row / 40)));
        var space = SearchSpace.Empty.Over("k", 1, 3, 5, 7, 9, 11);
        var path = PathOf(new(new KNearestNeighbors(), space, Search.Halving, Folds: Three), grouped);
        Assert.Contains(path.Trials, trial => trial.Round == 1);
        Assert.All(path.Trials, trial => Assert.Equal(0, trial.Rows % 40));
    }
}
