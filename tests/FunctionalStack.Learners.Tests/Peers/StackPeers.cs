using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.Learners.Tests.Peers;

/// <summary>Whole stacks, votes and calibrated learners beside scikit-learn's on the given folds of stacks.json. Bases are refitted on all
/// rows, as in scikit-learn. All columns are standardized over the training rows, outside the stack, as there.</summary>
public class StackPeers
{
    // Optima to the last digits on both sides, on out-of-fold predictions good to some 1e-10.
    private const double Tolerance = 1e-8;

    private static readonly PeerTable[] Tables = PeerTable.Read("stacks.json");

    public static TheoryData<string> Names => [.. Tables.SelectMany(table => table.Expected.Keys.Select(name => $"{name}: {table.Name}"))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Predictions_are_those_of_scikit_learn(string name)
    {
        var parts = name.Split(": ");
        var table = Tables.Single(one => one.Name == parts[1]);
        var scaling = new Standardize().Fit(table.Train, Seed.Of(1)).OrThrow();
        var model = Learner(parts[0], table.Train).Model(table.Train.WithFrame(scaling.TrainView));
        var found = Sample.Numbers(model.Predict(scaling.Map.Apply(table.Held).OrThrow()).OrThrow());
        var compared = table.Compare(table.Expected[parts[0]], found, Tolerance, 1);
        Assert.Equal(table.Held.RowCount, compared.Count);
        Assert.Empty(compared.Differences);
    }

    [Fact]
    public void Out_of_fold_predictions_are_those_of_cross_val_predict()
    {
        var count = 0;
        foreach (var table in Tables)
        {
            var scaling = new Standardize().Fit(table.Train, Seed.Of(1)).OrThrow();
            foreach (var part in Bases(table.Train))
            {
                var expected = table.OutOfFold[part.Name];
                var fitted = part.Learner.CrossFit(part.Name, new FoldPlan.Given(), Combine.Refit)
                    .Fit(table.Train.WithFrame(scaling.TrainView), Seed.Of(1)).OrThrow();
                var view = FeatureMatrix.Of(fitted.TrainView.Take(EquatableArray.Range(expected.Rows.Length))).OrThrow();
                var compared = table.Compare(expected, view.Cells, Tolerance, 1);
                Assert.Empty(compared.Differences);
                count += compared.Count;
            }
        }

        Assert.True(count > 0);
    }

    private static EquatableArray<Base> Bases(Dataset data) =>
        data.Target is Target.Numeric
        ? [new("knn", new KNearestNeighbors()), new("ridge", new RidgeRegression()), new("strong", new RidgeRegression(30))]
        : data.Weights is null
        ? [new("knn", new KNearestNeighbors()), new("bayes", new GaussianNaiveBayes()), new("lda", new LinearDiscriminantAnalysis())]
        : [new("logistic", Logistic(1)), new("bernoulli", new BernoulliNaiveBayes())];

    private static LogisticRegression Logistic(double c) => new(c, Tolerance: 1e-12);

    private static ILearner Learner(string name, Dataset data)
    {
        var bases = Bases(data);
        ILearner meta = data.Target is Target.Numeric ? new RidgeRegression() : Logistic(1);
        var weights = EquatableArray.From(new[] { 1.0, 2, 3 }.Take(bases.Count));
        return name switch
        {
            "stack" => Of(bases, meta),
            "stackPassthrough" => Of(bases, data.Target is Target.Numeric ? meta : Logistic(0.5)) with { Passthrough = new Identity() },
            "nonNegative" => Of(bases, new NonNegative()),
            "nested" => Of([new("vote", new Voting(bases)), new("logistic", Logistic(0.1))], meta),
            "vote" => new Voting(bases, weights),
            "hardVote" => new Voting(bases, EquatableArray.From(new[] { 2, 1, 1.5 }.Take(bases.Count)), VotingRule.Hard),
            "isotonic" => Of([bases[1]], new Calibration(CalibrationMethod.Isotonic)),
            _ => throw new InvalidOperationException(name),
        };

        // Of two classes scikit-learn's meta-learner reads the second's probability alone.
        Stack Of(EquatableArray<Base> parts, ILearner learner) => new(parts, learner, new FoldPlan.Given(), Combine.Refit,
            data.Target is Target.Classes { Levels.Count: 2 } && learner is LogisticRegression ? new(DropFirstClass: true) : null);
    }
}
