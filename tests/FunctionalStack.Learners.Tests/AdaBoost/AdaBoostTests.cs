using FsCheck.Xunit;
using FunctionalStack.Learners;
using FunctionalStack.Learners.Tests.Trees;
using Xunit;

namespace FunctionalStack.Learners.Tests.Boosting;

[Properties(Arbitrary = [typeof(TreeCases)], MaxTest = 40)]
public class AdaBoostTests
{
    /// <summary>scikit-learn 1.2.1's AdaBoostClassifier, 12 rounds, on <see cref="TreeCases.Formula"/>: probabilities of rows 0, 17 and 53,
    /// then the log-loss of all.</summary>
    [Theory]
    [InlineData(2, AdaBoostRule.SammeR, 1, 1.0, false,
        new[] { 0.823488728, 0.176511272, 0.956396804, 0.043603196, 0.174049207, 0.825950793, 0.108016027 })]
    [InlineData(2, AdaBoostRule.Samme, 1, 1.0, false,
        new[] { 0.556612691, 0.443387309, 0.632768298, 0.367231702, 0.439278137, 0.560721863, 0.46886195 })]
    [InlineData(3, AdaBoostRule.SammeR, 1, 1.0, false,
        new[] { 0.245661092, 0.754279938, 5.897e-05, 0.122990077, 0.876990462, 1.9461e-05, 0.020733598, 0.907805929, 0.071460474,
        0.69754266 })]
    [InlineData(3, AdaBoostRule.Samme, 1, 1.0, false,
        new[] { 0.331878493, 0.367206197, 0.30091531, 0.374072509, 0.334187659, 0.291739832, 0.318535442, 0.367054233, 0.314410325,
        1.004966564 })]
    [InlineData(3, AdaBoostRule.SammeR, 2, 0.5, true,
        new[] { 0.057119858, 0.942860484, 1.9659e-05, 0.843135129, 0.156864816, 5.5e-08, 0.01691939, 0.981238622, 0.001841989,
        0.17517209 })]
    [InlineData(3, AdaBoostRule.Samme, 2, 0.5, true,
        new[] { 0.331032283, 0.389365653, 0.279602064, 0.395119646, 0.325558368, 0.279321987, 0.3152598, 0.376404588, 0.308335612,
        0.912889713 })]
    public void Probabilities_are_scikit_learns(int classes, AdaBoostRule rule, int depth, double rate, bool weighted, double[] expected)
    {
        var (frame, score, three) = TreeCases.Formula();
        var target = TreeCases.ClassesOf(classes == 3 ? three : score.Select(s => s < 2000 ? 0 : 1), classes);
        var data = new Dataset(frame, target)
            .WithFrequencies(weighted ? EquatableArray.From(Enumerable.Range(0, 90).Select(row => 1.0 + row % 3)) : null);
        var spec = new AdaBoost(new DecisionTree(MaxDepth: depth), 12, rate, rule);
        foreach (var learner in new[] { spec, spec with { Learner = new Identity().Then(spec.Learner!) } })
        {
            // The second way fits and asks the tree as it would any learner.
            var model = (AdaBoostModel)learner.FitModel(data, Seed.Of(1)).OrThrow();
            var predicted = (Prediction.Probabilities)model.Predict(frame).OrThrow();
            Assert.Equal(12, model.Members.Count);
            double[] found =
                [.. new[] { 0, 17, 53 }.SelectMany(row => predicted.Row(row).ToArray()), ClassMetrics.LogLoss(target, predicted)];
            for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 2e-9);
        }
    }

    /// <summary>Drucker's steps written out in Python with scikit-learn 1.2.1's trees of depth 2 and its weighted median, 10 rounds, the
    /// rows drawn by the documented seeds: rows 0, 17 and 53, then the mean squared error of all.</summary>
    [Theory]
    [InlineData(AdaBoostLoss.Linear, new[] { 1615.6785714285713, 1174.0, 2099.722222222222, 180862.6363846011 })]
    [InlineData(AdaBoostLoss.Square, new[] { 1551.1142857142856, 1202.9705882352941, 1551.1142857142856, 164389.86352958862 })]
    [InlineData(AdaBoostLoss.Exponential, new[] { 1693.0625, 861.6451612903226, 1683.5294117647059, 197371.5695861076 })]
    public void Predictions_are_those_of_the_steps_in_the_paper(AdaBoostLoss loss, double[] expected)
    {
        var (frame, score, _) = TreeCases.Formula();
        var target = new Target.Numeric(EquatableArray.Own(score));
        var predicted = (Prediction.Numeric)new AdaBoost(new DecisionTree(MaxDepth: 2), 10, Loss: loss).Fit(new(frame, target), Seed.Of(1))
            .OrThrow().Predict(frame).OrThrow();
        double[] found =
            [predicted.Values[0], predicted.Values[17], predicted.Values[53], Math.Pow(ValueMetrics.Rmse(target, predicted), 2)];
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 1e-9 * expected[i]);
    }

    [Property]
    public bool Ranking_the_columns_once_for_all_rounds_changes_no_bit(ClassesCase given, int seed, bool samme)
    {
        var spec = new AdaBoost(Rounds: 6, Rule: samme ? AdaBoostRule.Samme : AdaBoostRule.SammeR);
        var direct = (AdaBoostModel)spec.FitModel(given.Data, Seed.Of(seed)).OrThrow();
        var around = (AdaBoostModel)(spec with { Learner = new Identity().Then(new DecisionTree(MaxDepth: 1)) })
            .FitModel(given.Data, Seed.Of(seed)).OrThrow();
        return direct.Weights == around.Weights
            && direct.Members.SequenceEqual(around.Members.Select(member => ((PipelineModel)member).Model));
    }

    [Property]
    public bool One_round_predicts_the_classes_of_its_learner(ClassesCase given, int seed, bool samme)
    {
        var learner = new DecisionTree(MaxDepth: 2);
        var boosted = (Prediction.Probabilities)new AdaBoost(learner, 1, Rule: samme ? AdaBoostRule.Samme : AdaBoostRule.SammeR)
            .Fit(given.Data, Seed.Of(seed)).OrThrow().Predict(given.Data.Frame).OrThrow();
        return boosted.Codes()
            == ((Prediction.Probabilities)learner.Fit(given.Data, Seed.Of(seed)).OrThrow().Predict(given.Data.Frame).OrThrow()).Codes();
    }

    [Property]
    public bool Fewer_rounds_are_the_beginning_of_more(ClassesCase classes, ValuesCase values, int seed) =>
        new[] { classes.Data, values.Data }.All(data =>
    {
        var (few, many) =
            ((AdaBoostModel)new AdaBoost(Rounds: 3).FitModel(data, Seed.Of(seed)).OrThrow(),
                (AdaBoostModel)new AdaBoost(Rounds: 7).FitModel(data, Seed.Of(seed)).OrThrow());
        return few.Members.SequenceEqual(many.Members.Take(few.Members.Count))
            && few.Weights.SequenceEqual(many.Weights.Take(few.Members.Count));
    });

    [Property]
    public bool Rows_of_weight_0_are_no_rows(ClassesCase classes, ValuesCase values, int seed) =>
        new[] { classes.Data, values.Data }.All(data =>
    {
        var doubled = data.Take([.. EquatableArray.Range(data.RowCount), .. EquatableArray.Range(data.RowCount)]);
        var weights = EquatableArray.From(Enumerable.Range(0, doubled.RowCount).Select(row => row < data.RowCount ? 1.0 : 0));
        return new AdaBoost(Rounds: 4).Fit(doubled.WithFrequencies(weights), Seed.Of(seed)).OrThrow()
            .Equals(new AdaBoost(Rounds: 4).Fit(data, Seed.Of(seed)).OrThrow());
    });

    [Property]
    public bool A_prediction_lies_within_those_of_the_rounds(ValuesCase given, int seed)
    {
        var model = (AdaBoostModel)new AdaBoost(Rounds: 5).FitModel(given.Data, Seed.Of(seed)).OrThrow();
        var members = model.Members.Select(member => ((Prediction.Numeric)member.Predict(given.Data.Frame).OrThrow()).Values).ToArray();
        var predicted = ((Prediction.Numeric)model.Predict(given.Data.Frame).OrThrow()).Values;
        return Enumerable.Range(0, predicted.Count).All(row => members.Any(numbers => numbers[row] == predicted[row]));
    }

    [Fact]
    public void A_learner_that_takes_no_weights_boosts_values_only_and_that_is_known_before_the_first_round()
    {
        var spec = new AdaBoost(new Unweighted(), 5);
        Assert.Equal(TargetKinds.Numeric, spec.Capabilities.Targets);
        Assert.Equal("adaBoost", Assert.Single(spec.Check(Sample.Classes(1, 40, 2, 2).Target)).Where);
        spec.FitModel(Sample.Numbers(1, 40, 2), Seed.Of(1)).OrThrow();
    }

    [Fact]
    public void What_is_wrong_with_the_learner_is_known_before_the_first_round()
    {
        var failure = Assert.Single(new AdaBoost(new KNearestNeighbors(0)).Check(Sample.Numbers(1, 40, 2).Target));
        Assert.Equal(("knn", "k is 0"), (failure.Where, failure.What));
    }

    [Fact]
    public void Bad_parameters_and_bad_data_fail_with_their_reason()
    {
        var data = Sample.Classes(1, 10, 2, 2);
        foreach (var (spec, rows, what) in new[]
        {
            (new AdaBoost(Rounds: 0), data, "rounds is 0"),
            (new AdaBoost(Rate: 0), data, "rate is 0"),
            (new AdaBoost(Rate: double.NaN), data, "rate is NaN"),
            (new AdaBoost(), data.Take(default), "there are no training rows of positive weight"),
            (new AdaBoost(), data.WithFrequencies(EquatableArray.From(Enumerable.Repeat(0.0, 10))),
                "there are no training rows of positive weight"),
            (new AdaBoost(), data.WithTarget(new Target.Numeric(EquatableArray.From(Enumerable.Repeat(double.NaN, 10)))),
                "the value is NaN"),
        })
        {
            Assert.Equal(what, Sample.Failure(spec, rows).What);
        }
    }

    private sealed record Unweighted : ILeafLearner
    {
        public string Name => "unweighted";

        public Capabilities Capabilities => new(Weights: false);

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed) =>
            data.Weights is { } weights && weights.AsSpan().ContainsAnyExcept(weights[0])
            ? Outcome.Fail<IModel>(Name, "weights differ", "Leave them out.")
            : new DecisionTree(MaxDepth: 1).FitModel(data, seed);
    }
}
