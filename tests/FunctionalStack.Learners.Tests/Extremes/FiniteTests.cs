using FsCheck.Xunit;
using FunctionalStack.Laws;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.Learners.Tests.Extremes;

/// <summary>No learner predicts NaN, whatever the finite numbers of its training rows and of the rows to predict: a finite number, or a
/// failure with what was found and a remedy.</summary>
[Properties(MaxTest = 30)]
public class FiniteTests
{
    private static readonly double[] Ends =
        [1e300, -1e300, 1e155, -1e160, 1e-160, 1e-300, double.Epsilon, -double.Epsilon, 0, -0.0, 1, double.MaxValue, double.MinValue];

    private static readonly ILearner[] Learners =
    [
        .. Known.Of(LearnersCatalogue.All).Select(known => known.Learner),
        new KNearestNeighbors(1), new KNearestNeighbors(2, NeighborWeights.Distance, Distance.Cosine), new GaussianNaiveBayes(),
        new BernoulliNaiveBayes(), new LinearDiscriminantAnalysis(), new QuadraticDiscriminantAnalysis(0.1, 0.1), new LogisticRegression(),
        new RidgeRegression(), new RidgeRegression(0), new RidgeCV(), new Lasso(0.1), new SupportVectorMachine(),
        new SupportVectorMachine(Kernel.Linear), new DecisionTree(), new GradientBoosting(3), new AdaBoost(Rounds: 3),
        new Whiten().Then(new LogisticRegression()), new Whiten(Whitening.Zca).Then(new RidgeRegression()),
        new MinMax().Then(new MultinomialNaiveBayes()), new Log1p().Then(new LinearDiscriminantAnalysis()),
    ];

    [Property(MaxTest = 10)]
    public void Rows_far_from_the_training_rows_are_predicted_by_finite_numbers_or_refused(int seed)
    {
        foreach (var classes in new[] { true, false })
        {
            var data = Changed.Of(classes, seed);
            var rows = Any(seed, 12);
            foreach (var learner in Learners)
            {
                if (learner.FitModel(data, Seed.Of(1)) is not Outcome<IModel>.Ok model) continue;
                for (var row = 0; row < rows.RowCount; row++)
                    Sound(learner, model.Value.Predict(rows.Take(EquatableArray.Of(row))));
            }
        }
    }

    [Property]
    public void Training_rows_of_any_finite_numbers_make_a_model_of_finite_predictions_or_are_refused(int seed)
    {
        var stream = Seed.Of(seed).Fork("training").Stream();
        var frame = Any(seed, 3 + stream.Next(20));
        var codes = EquatableArray.From(Enumerable.Range(0, frame.RowCount).Select(row => row % 2).ToArray());
        // Means of targets beyond 1e300 may overflow.
        var values = EquatableArray.From(Enumerable.Range(0, frame.RowCount)
            .Select(_ => stream.Next(2) == 0 ? stream.NextNormal() : Ends[stream.Next(Ends.Length - 2)]).ToArray());
        foreach (var target in new Target[] { new Target.Classes(["a", "b"], codes), new Target.Numeric(values) })
        {
            foreach (var learner in Learners)
                Sound(learner, learner.FitModel(new(frame, target), Seed.Of(1)).Bind(model => model.Predict(frame)));
        }
    }

    [Fact]
    public void Scores_that_overflow_still_choose_the_class_of_the_largest()
    {
        // The products of the first score overflow in both directions; those of the others in one.
        var model = new LinearScoresModel(["x0", "x1"], ["a", "b", "c"], [0, 1, 2], [0, 0], [1e200, -2e200, 3e200, 0, 2e200, 0], [0, 0, 0]);
        var p = (Prediction.Probabilities)model.Predict(Sample.Columns([1e200, -1e200, 1], [1e200, 1e200, 1])).OrThrow();
        Assert.Equal([0, 1, 0, 0, 0, 1, 0, 1, 0], p.Matrix.Select(one => Math.Round(one)));
    }

    [Fact]
    public void A_sum_whose_products_overflow_is_predicted_if_it_does_not()
    {
        var model = new LinearModel(["x0", "x1"], [0, 0], [1e200, -1e200], 5, 0);
        Assert.Equal(5, Sample.Numbers(model.Predict(Sample.Columns([1e200], [1e200])).OrThrow())[0]);
        var failure = ((Outcome<Prediction>.Fail)model.Predict(Sample.Columns([1, 1e200], [1, 1]))).Failure;
        Assert.Equal(("row 2", "the prediction overflows a double"), (failure.Where, failure.What));
    }

    [Fact]
    public void Neighbours_are_found_where_differences_overflow()
    {
        var cells = Sample.Columns([double.MaxValue, double.MaxValue / 2, 0, -double.MaxValue]);
        var knn = new KNearestNeighbors(1).Model(new(cells, Target.Classes.Of("a", "b", "c", "d")));
        var p = (Prediction.Probabilities)knn.Predict(cells).OrThrow();
        Assert.Equal([0, 1, 2, 3], p.Codes());
    }

    [Fact]
    public void Columns_whose_squares_leave_the_range_of_a_double_are_named()
    {
        var target = Target.Classes.Of("a", "b", "a", "b");
        Assert.Equal(("naiveBayes, column 'x1'", "the variance of its values overflows a double"),
            Found(new GaussianNaiveBayes(), new(Sample.Columns([1, 2, 3, 4], [1e200, 2e200, 3e200, 5e200]), target)));
        Assert.Equal(("naiveBayes, column 'x1'", "the variance of its values underflows a double"),
            Found(new GaussianNaiveBayes(), new(Sample.Columns([1, 1, 1, 1], [1e-200, 2e-200, 3e-200, 5e-200]), target)));
        var small = Sample.Columns([1, 2, 3, 4], [1e-310, 2e-310, 3e-310, 5e-310]);
        Assert.StartsWith("the standard deviation is 1.", Found(new LinearDiscriminantAnalysis(), new(small, target)).What);
        Assert.StartsWith("the standard deviation is 1.", Found(new RidgeCV(), new(small, new Target.Numeric([1, 2, 3, 5]))).What);
        var tiny = new Whiten().Fit(new(Sample.Columns([1e-310, 2e-310, 3e-310, 5e-310]), target), Seed.Of(1));
        Assert.StartsWith("the largest standard deviation is 1.", ((Outcome<Fitted>.Fail)tiny).Failure.What);

        static (string Where, string What) Found(ILearner learner, Dataset data) =>
            (Sample.Failure(learner, data).Where, Sample.Failure(learner, data).What);
    }

    [Property]
    public void The_unit_of_numbers_is_that_of_their_scores(int seed)
    {
        var stream = Seed.Of(seed).Fork("scores").Stream();
        var exponent = stream.Next(2001) - 1000;
        var truth = Enumerable.Range(0, 30).Select(_ => stream.NextNormal()).ToArray();
        var found = truth.Select(y => y + stream.NextNormal()).ToArray();
        var (mae, rmse, r2) = Scores(0);
        Assert.Equal((Math.ScaleB(mae, exponent), Math.ScaleB(rmse, exponent), r2), Scores(exponent));

        (double, double, double) Scores(int unit)
        {
            var (y, p) = (new Target.Numeric(EquatableArray.From(truth.Select(one => Math.ScaleB(one, unit)))),
                new Prediction.Numeric(EquatableArray.From(found.Select(one => Math.ScaleB(one, unit)))));
            return (ValueMetrics.Mae(y, p), ValueMetrics.Rmse(y, p), ValueMetrics.R2(y, p));
        }
    }

    // Three columns, of ordinary numbers and of the ends of the range.
    private static Frame Any(int seed, int rows)
    {
        var stream = Seed.Of(seed).Fork("any").Stream();
        var cells = Enumerable.Range(0, 3).Select(_ => new double[rows]).ToArray();
        for (var c = 0; c < 3; c++)
        {
            var ends = stream.Next(3);
            for (var row = 0; row < rows; row++)
                cells[c][row] = stream.Next(4) < ends ? Ends[stream.Next(Ends.Length)] : stream.NextNormal();
        }

        return Sample.Columns(cells);
    }

    private static string Short(ILearner learner) => learner switch
    {
        Pipeline pipeline => $"{pipeline.Transform.Name} and {Short(pipeline.Learner)}",
        Stack stack => $"a stack under {stack.Meta}",
        _ => learner.ToString()!,
    };

    private static void Sound(ILearner learner, Outcome<Prediction> outcome)
    {
        if (outcome is Outcome<Prediction>.Fail refused)
        {
            Assert.True(refused.Failure.What.Length > 0 && refused.Failure.Remedy.Length > 0, $"{learner}: {refused.Failure}");
            return;
        }

        var predicted = outcome.OrThrow();
        Assert.All(Sample.Numbers(predicted), number => Assert.True(double.IsFinite(number), $"{number} of {Short(learner)}"));
        if (predicted is Prediction.Probabilities) Sample.RowsSumToOne(predicted);
    }
}
