using FsCheck.Xunit;
using FunctionalStack.Laws;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.Learners.Tests.Ordered;

[Properties(MaxTest = 40)]
public class OrdinalClassifierTests
{
    private static readonly ILearner[] some =
        [new LogisticRegression(), new DecisionTree(MaxDepth: 3), new KNearestNeighbors(3), new RandomForest(3),
            new Standardize().Then(new GaussianNaiveBayes()), new GradientBoosting(3)];

    // Classes by the size of a noisy sum of two columns, so that each may be rare.
    private static Dataset Data(int seed, int classes, int rows = 40)
    {
        var stream = Seed.Of(seed).Stream();
        var (x, z, codes) = (new double[rows], new double[rows], new int[rows]);
        for (var i = 0; i < rows; i++)
        {
            (x[i], z[i]) = (stream.NextNormal(), stream.NextNormal());
            codes[i] = i < classes ? i : Math.Clamp((int)Math.Floor(x[i] + z[i] + stream.NextNormal() + classes / 2.0), 0, classes - 1);
        }

        return new(Frame.Of(("x", Column.Numeric.Of(x)), ("z", Column.Numeric.Of(z))),
            new Target.Classes(EquatableArray.From(Enumerable.Range(0, classes).Select(code => $"c{code}")), EquatableArray.Own(codes)));
    }

    private static Prediction.Probabilities Predicted(ILearner learner, Dataset data, int seed) => (Prediction.Probabilities)learner
        .FitModel(data, Seed.Of(seed)).Bind(model => model.Predict(data.Frame)).OrThrow();

    private static Target.Classes Of(Dataset data) => (Target.Classes)data.Target;

    [Property]
    public void With_two_classes_it_is_the_learner_bit_for_bit(int seed, byte which)
    {
        var (learner, data) = (some[which % some.Length], Data(seed, 2));
        Assert.Equal(learner.FitModel(data, Seed.Of(seed)), new OrdinalClassifier(learner).FitModel(data, Seed.Of(seed)));
    }

    [Property]
    public void Probabilities_are_at_least_0_and_sum_to_1(int seed, byte which, byte classes)
    {
        var predicted = Predicted(new OrdinalClassifier(some[which % some.Length]), Data(seed, 2 + classes % 4), seed);
        Assert.All(predicted.Matrix, p => Assert.InRange(p, 0, 1));
        Assert.All(Enumerable.Range(0, predicted.Count), row => Assert.Equal(1, predicted.Row(row).ToArray().Sum(), 1e-12));
    }

    [Property]
    public void Members_are_the_learner_on_being_above_each_class(int seed, byte which)
    {
        var (learner, data) = (some[which % some.Length], Data(seed, 4));
        var model = Assert.IsType<OrdinalModel>(new OrdinalClassifier(learner).FitModel(data, Seed.Of(seed)).OrThrow());
        for (var k = 0; k < 3; k++)
        {
            var above = data.WithTarget(new Target.Classes([$"up to c{k}", $"above c{k}"],
                EquatableArray.From(Of(data).Codes.Select(code => code > k ? 1 : 0))));
            Assert.Equal(learner.FitModel(above, Seed.Of(seed)).OrThrow(), model.Members[k]);
        }

        var members = model.Members.Select(member => (Prediction.Probabilities)member.Predict(data.Frame).OrThrow()).ToArray();
        var predicted = (Prediction.Probabilities)model.Predict(data.Frame).OrThrow();
        Assert.All(Enumerable.Range(0, data.RowCount), row =>
        {
            var above = members.Select(member => member.Row(row)[1]).ToArray();
            if (above.Zip(above.Skip(1)).Any(pair => pair.First < pair.Second)) return;
            Assert.Equal([1 - above[0], above[0] - above[1], above[1] - above[2], above[2]], predicted.Row(row).ToArray());
        });
    }

    [Property]
    public void Other_names_of_the_levels_in_the_same_order_change_nothing(int seed, byte which)
    {
        var (learner, data) = (new OrdinalClassifier(some[which % some.Length]), Data(seed, 4));
        var renamed = data.WithTarget(new Target.Classes(["z", "a", "y", "b"], Of(data).Codes));
        Assert.Equal(Predicted(learner, data, seed).Matrix, Predicted(learner, renamed, seed).Matrix);
    }

    /// <summary>Logistic regression treats its two classes alike, up to the tolerance of its solver.</summary>
    [Property]
    public void The_reverse_order_of_levels_gives_the_mirrored_fit(int seed)
    {
        var (learner, data) = (new OrdinalClassifier(new LogisticRegression()), Data(seed, 4));
        var mirrored = data.WithTarget(new Target.Classes(EquatableArray.From(Of(data).Levels.Reverse()),
            EquatableArray.From(Of(data).Codes.Select(code => 3 - code))));
        var (one, other) = (Predicted(learner, data, seed), Predicted(learner, mirrored, seed).For(Of(data).Levels));
        Assert.All(one.Matrix.Zip(other.Matrix), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Property]
    public void Threads_change_nothing(int seed, byte which)
    {
        var (learner, data) = (new OrdinalClassifier(some[which % some.Length]), Data(seed, 4));
        Assert.Equal(learner.Fit(data, Seed.Of(seed)), Executor.Threads(2).Fit(learner, data, Seed.Of(seed)));
    }

    [Property]
    public void Pooled_numbers_do_not_increase_and_keep_their_sum(byte[] numbers)
    {
        var given = numbers.Select(number => number / 255.0).ToArray();
        var pooled = given.ToArray();
        OrdinalModel.Pool(pooled);
        Assert.Equal(given.Sum(), pooled.Sum(), 1e-12 * (1 + given.Length));
        Assert.All(pooled.Zip(pooled.Skip(1)), pair => Assert.True(pair.First >= pair.Second));
        // Nearest in least squares: the residuals are orthogonal to the result.
        Assert.Equal(0, given.Zip(pooled, (one, to) => (one - to) * to).Sum(), 1e-12 * (1 + given.Length));
    }

    [Fact]
    public void Pools_of_known_cases()
    {
        double[] numbers = [0.9, 0.2, 0.6, 0.1];
        OrdinalModel.Pool(numbers);
        Assert.Equal([0.9, 0.4, 0.4, 0.1], numbers);
        numbers = [0.1, 0.2, 0.6];
        OrdinalModel.Pool(numbers);
        Assert.All(numbers, number => Assert.Equal(0.3, number, 1e-15));
    }

    [Fact]
    public void A_class_without_a_row_gets_probability_0()
    {
        var data = Data(1, 4);
        var rows = EquatableArray.From(Enumerable.Range(0, data.RowCount).Where(row => Of(data).Codes[row] is 0 or 2 or 3));
        var model = Assert.IsType<OrdinalModel>(new OrdinalClassifier().FitModel(data.Take(rows), Seed.Of(1)).OrThrow());
        Assert.Equal([0, 2, 3], model.Present);
        var predicted = (Prediction.Probabilities)model.Predict(data.Frame).OrThrow();
        Assert.All(Enumerable.Range(0, data.RowCount), row => Assert.Equal(0, predicted.Row(row)[1]));
        var two = EquatableArray.From(Enumerable.Range(0, data.RowCount).Where(row => Of(data).Codes[row] is 0 or 2));
        Assert.Equal([0, 2],
            Assert.IsType<OrdinalModel>(new OrdinalClassifier().FitModel(data.Take(two), Seed.Of(1)).OrThrow()).Present);
    }

    [Fact]
    public void A_numeric_target_is_refused_before_the_fit()
    {
        var numeric = Data(1, 3).WithTarget(new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 40).Select(row => (double)row))));
        Assert.Equal("ordinal: the target is numeric, so there are no classes in order. "
            + "Give a target of classes, or the learner without 'ordinal'.",
            Assert.IsType<Outcome<IModel>.Fail>(new OrdinalClassifier(new DecisionTree()).FitModel(numeric, Seed.Of(1))).Failure
                .ToString());
        Assert.NotEmpty(new OrdinalClassifier(new RidgeRegression()).Check(Data(1, 3)));
    }

    [Fact]
    public void A_search_inside_is_reported_for_each_model()
    {
        var learner = new OrdinalClassifier(new Tuned(new DecisionTree(), SearchSpace.Empty.Over("maxDepth", 1, 3),
            Folds: new FoldPlan.KFold(2)));
        Assert.Equal(["above c0/tuned", "above c1/tuned"],
            learner.Fit(Data(1, 3), Seed.Of(1)).OrThrow().Searches.Select(search => search.Name));
        Assert.Equal(["tuned"], learner.Fit(Data(1, 2), Seed.Of(1)).OrThrow().Searches.Select(search => search.Name));
    }

    [Fact]
    public void It_stacks_and_holds_stacks()
    {
        var data = Data(2, 3);
        var stack = new Stack([new("tree", new OrdinalClassifier(new DecisionTree(MaxDepth: 2))), new("near", new KNearestNeighbors(5))],
            new LogisticRegression(), new FoldPlan.KFold(3));
        Assert.Equal(3, Predicted(stack, data, 1).Levels.Count);
        var inside = new OrdinalClassifier(stack with { Bases = [stack.Bases[1]] }).Fit(data, Seed.Of(1)).OrThrow();
        Assert.Empty(inside.OutOfFold);
        Assert.Empty(new OrdinalClassifier(stack).Fit(Data(2, 2), Seed.Of(1)).OrThrow().OutOfFold);
    }

    [Fact]
    public void Lists_that_do_not_match_are_inconsistent()
    {
        var member = new DecisionTree().FitModel(Data(1, 2), Seed.Of(1)).OrThrow();
        string? Fault(IConsistent one) => one.Inconsistency;
        Assert.Null(Fault(new OrdinalModel(["a", "b", "c"], [0, 2], [member])));
        Assert.Equal("fewer than two classes", Fault(new OrdinalModel(["a", "b", "c"], [0], [])));
        Assert.Equal("classes that are not in order", Fault(new OrdinalModel(["a", "b", "c"], [2, 0], [member])));
        Assert.Equal("classes that are not in order", Fault(new OrdinalModel(["a", "b", "c"], [0, 3], [member])));
        Assert.Equal("2 models, where 1 are needed", Fault(new OrdinalModel(["a", "b", "c"], [0, 2], [member, member])));
    }
}
