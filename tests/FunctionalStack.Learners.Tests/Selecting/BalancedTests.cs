using FsCheck.Xunit;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.Learners.Tests.Selecting;

[Properties(MaxTest = 20)]
public class BalancedTests
{
    private static readonly Stack Stacked = new(
        [new("tree", new DecisionTree(MaxDepth: 2)), new("logistic", new LogisticRegression())], new LogisticRegression(),
        new FoldPlan.Usual(3));

    [Property]
    public void Every_class_present_has_the_same_weight_and_the_total_stays(int seed, bool weighted)
    {
        var data = Data(seed, 40, 3);
        if (weighted) data = data.WithFrequencies(EquatableArray.From(Enumerable.Range(0, 40).Select(row => row % 4 / 2.0)));
        var weights = Balanced.WeightsOf(data.Roles);
        var mass = ((Target.Classes)data.Target).Mass(weights);
        var present = mass.Where(own => own > 0).ToArray();
        Assert.All(present, own => Assert.Equal(present[0], own, 1e-9));
        Assert.Equal((data.Weights ?? EquatableArray.From(Enumerable.Repeat(1.0, 40))).Sum(), weights.Sum(), 1e-9);
    }

    /// <summary>The fit is that of the learner on rows with these weights, bit for bit, for a leaf and for a stack with its
    /// folds.</summary>
    [Property]
    public void The_model_is_that_of_the_weighted_rows(int seed)
    {
        var data = Data(seed, 60, 2);
        var weighted = data.WithFrequencies(Balanced.WeightsOf(data.Roles));
        foreach (var learner in new ILearner[] { new LogisticRegression(), Recipe.ForTrees.Then(new DecisionTree(MaxDepth: 3)), Stacked })
        {
            Assert.Equal(learner.FitModel(weighted, Seed.Of(seed)).OrThrow(),
                new Balanced(learner).FitModel(data, Seed.Of(seed)).OrThrow());
        }
    }

    [Fact]
    public void Equally_frequent_classes_change_nothing()
    {
        var rows = Enumerable.Range(0, 40).ToArray();
        var data = Data(5, 40, 2).WithTarget(new Target.Classes(["a", "b"], EquatableArray.From(rows.Select(row => row % 2))));
        Assert.Equal(
            Stacked.FitModel(data.WithFrequencies(EquatableArray.From(rows.Select(_ => 1.0))), Seed.Of(3)).OrThrow(),
            new Balanced(Stacked).FitModel(data, Seed.Of(3)).OrThrow());
    }

    [Fact]
    public void An_evaluation_scores_the_bases_of_a_balanced_stack_on_unweighted_rows()
    {
        var data = Data(7, 90, 2);
        var evaluation = Executor.Inline.Evaluate(new Balanced(Stacked), data, new FoldPlan.Usual(3), Seed.Of(1)).OrThrow();
        Assert.Equal(["tree", "logistic", "stack"], evaluation.Models.Select(model => model.Name));
        Assert.Equal(["base", "base", "stack"], evaluation.Models.Select(model => model.Role));
    }

    [Fact]
    public void What_cannot_be_balanced_is_refused_before_the_fit()
    {
        Assert.Equal("balanced: there is no learner to balance. Give a classifier.", new Balanced().Check(Data(1, 20, 2))[0].ToString());
        var numeric = Data(1, 20, 2).WithTarget(new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 20).Select(row => row * 1.0))));
        var tolerant = Stacked with { Bases = [new("none", new Balanced()), .. Stacked.Bases], OnFailure = OnFailure.LeaveOut };
        Assert.Contains(tolerant.Fit(Data(1, 60, 2), Seed.Of(1)).Notes,
            note => note.What.Contains("no learner to balance", StringComparison.Ordinal));
        foreach (var learner in new ILearner[] { new DecisionTree(),
            Stacked with { Meta = new RidgeRegression(), Bases = [new("tree", new DecisionTree())] } })
        {
            Assert.Equal(
                "balanced: the target is numeric, so there are no classes to balance. Give a target of classes, or leave the balance out.",
                Assert.IsType<Outcome<Trained>.Fail>(new Balanced(learner).Fit(numeric, Seed.Of(1))).Failure.ToString());
            Assert.IsType<Outcome<Evaluation>.Fail>(
                Executor.Inline.Evaluate(new Balanced(learner), numeric, new FoldPlan.KFold(2), Seed.Of(1)));
        }
    }

    private static Dataset Data(int seed, int rows, int classes)
    {
        var stream = Seed.Of(seed).Stream();
        var codes = Enumerable.Range(0, rows).Select(row => row < 2 * classes ? row % classes : Math.Min(stream.Next(4), classes - 1))
            .ToArray();
        return new(
            Frame.Of(("x", Column.Numeric.Of([.. codes.Select(code => code + stream.NextNormal())])),
                ("y", Column.Numeric.Of([.. codes.Select(_ => stream.NextNormal())]))),
            new Target.Classes(EquatableArray.From(Enumerable.Range(0, classes).Select(c => $"c{c}")), EquatableArray.Own(codes)));
    }
}
