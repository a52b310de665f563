using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Learners.Tests.Blending;

[Properties(MaxTest = 20)]
public class PrunedTests
{
    private static readonly FoldPlan Plan = new FoldPlan.KFold(4);

    private static (string[] Kept, Outcome<IModel> Fit) Prune(ILearner learner, Dataset data)
    {
        var fit = new Pruned(learner, Plan).FitModel(data, Seed.Of(1));
        return ([.. ((SelectColumns)((PipelineModel)fit.OrThrow()).Map).Columns.Select(name => name.Split(':')[0]).Distinct()], fit);
    }

    [Property]
    public void What_is_left_is_the_learner_on_those_columns_and_no_loss_is_above_one_standard_error(int seed, bool classes)
    {
        var data = classes ? Level.Classes(seed, 60, 4, 2) : Level.Numeric(seed, 60, 4);
        ILearner learner = classes ? new ConvexWeights() : new RidgeCV();
        var (kept, fit) = Prune(learner, data);
        Assert.NotEmpty(kept);
        var columns = SelectColumns.Of([.. data.Frame.Names.Where(name => kept.Contains(name.Split(':')[0]))]);
        Assert.Equal(columns.Then(learner).FitModel(data, Seed.Of(1)).OrThrow(), fit.OrThrow());

        // By rows, against all bases: the best set can only be better, and its standard error is of differences.
        var (left, all) = (Losses(columns.Then(learner), data), Losses(learner, data));
        var differences = left.Zip(all, (a, b) => a - b).ToArray();
        var worse = Math.Sqrt(differences.Sum(d => Math.Pow(d - differences.Average(), 2))) / differences.Length;
        if (kept.Length == 3) Assert.InRange(differences.Average(), double.NegativeInfinity, worse + 1e-12);
        if (kept.Length == 4) Assert.Empty(fit.Notes);
    }

    private static double[] Losses(ILearner learner, Dataset data)
    {
        var predicted = learner.CrossFit("m", Plan).Fit(data, Seed.Of(1)).OrThrow().OutOfFold[0].Prediction;
        return [.. Enumerable.Range(0, data.RowCount).Select(row => data.Target switch
        {
            Target.Classes c => -Math.Log(Math.Max(((Prediction.Probabilities)predicted).Row(row)[c.Codes[row]], 2.220446049250313e-16)),
            Target.Numeric y => Math.Pow(((Prediction.Numeric)predicted).Values[row] - y.Values[row], 2),
            _ => throw new InvalidOperationException(),
        })];
    }

    [Fact]
    public void A_base_of_noise_goes_and_two_that_err_apart_stay()
    {
        // Not convex weights: summing to 1, they shrink by what they give a base of noise, and so have use for it.
        foreach (var learner in new ILearner[] { new RidgeCV(), new NonNegative() })
        {
            var pruned = Enumerable.Range(1, 12).Select(seed =>
            {
                var stream = Seed.Of(seed).Stream();
                var truth = Enumerable.Range(0, 200).Select(_ => stream.NextNormal()).ToArray();
                Frame Around(string name, double share, double noise) =>
                    Level.Named(name, truth.Select(y => share * y + noise * stream.NextNormal()).ToArray());
                return Prune(learner,
                    new Dataset(Around("one", 1, 0.5).Beside(Around("noise", 0, 1)).Beside(Around("two", 1, 0.5)),
                    new Target.Numeric(EquatableArray.Of(truth))));
            }).ToArray();
            Assert.All(pruned, one => Assert.Equal(["one", "two"], one.Kept.Where(name => name != "noise")));

            // By one standard error, noise seems to help in at most one sample of six: 2 of 12, give or take 1.3.
            Assert.InRange(pruned.Count(one => one.Kept.Contains("noise")), 0, 6);
            Assert.StartsWith($"{learner.Name}: pruned noise: ", pruned.First(one => one.Kept.Length == 2).Fit.Notes[^1].ToString(),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_equal_bases_the_first_stays()
    {
        var data = Level.Classes(1, 100, 1, 2);
        var twin = new StackColumns().Columns("twin", Level.Bases(data)[0]);
        Assert.Equal(["b0"], Prune(new ConvexWeights(), data.WithFrame(data.Frame.Beside(twin))).Kept);
    }

    [Fact]
    public void A_plan_that_cannot_split_fails() =>
        Assert.Contains("folds", Sample.Failure(new Pruned(new ConvexWeights(), new FoldPlan.KFold(9)), Level.Numeric(1, 5, 2)).ToString());

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    public void No_scale_is_too_large_or_small(double scale) =>
        Assert.NotEmpty(Prune(new ConvexWeights(), Level.Numeric(1, 40, 3, scale)).Kept);
}
