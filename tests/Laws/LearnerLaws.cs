using FsCheck.Xunit;
using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.Laws;

/// <summary>
/// The properties of every learner, after its default preprocessing, on data with missing values, categories, weights, rare and
/// absent classes. A test class derives from this, with its catalogue's learners (<see cref="Known.Of"/>) and any others,
/// and registers a generator of these with FsCheck.
/// </summary>
/// <param name="all">The learners held to the laws.</param>
public abstract class LearnerLaws(EquatableArray<Known> all)
{
    [Property]
    public void Each_row_gets_one_probability_a_level_summing_to_one_and_none_for_an_absent_class(Known known, ClassData any, Seed seed)
    {
        if (known.Learner.Fit(any.Data, seed) is not Outcome<Trained>.Ok fitted) return;
        var predicted = Assert.IsType<Prediction.Probabilities>(fitted.Value.Predict(any.Data.Frame).OrThrow());
        var mass = any.Classes.Mass(any.Data.Weights);
        Assert.Equal(any.Classes.Levels, predicted.Levels);
        for (var row = 0; row < any.Data.RowCount; row++)
        {
            var probabilities = predicted.Row(row).ToArray();
            Assert.Equal(1, probabilities.Sum(), 9);
            Assert.All(probabilities, p => Assert.InRange(p, 0, 1));
            Assert.All(Enumerable.Range(0, mass.Length).Where(code => mass[code] == 0), code => Assert.Equal(0, probabilities[code]));
        }
    }

    [Property]
    public void Numeric_predictions_are_finite(Known known, ValueData any, Seed seed)
    {
        if (known.Learner.Fit(any.Data, seed) is not Outcome<Trained>.Ok fitted) return;
        var predicted = Assert.IsType<Prediction.Numeric>(fitted.Value.Predict(any.Data.Frame).OrThrow());
        Assert.Equal(any.Data.RowCount, predicted.Count);
        Assert.All(predicted.Values, number => Assert.True(double.IsFinite(number)));
    }

    [Property]
    public void A_learner_that_does_not_support_the_target_reports_it(Known known, AnyData any, Seed seed)
    {
        if (any.Data.Target is Target.Classes ? known.Classes : known.Values) return;
        Assert.IsType<Outcome<Trained>.Fail>(known.Learner.Fit(any.Data, seed));
    }

    [Property]
    public void Unit_weights_are_no_weights(Known known, AnyData any, Seed seed)
    {
        var units = EquatableArray.From(Enumerable.Repeat(1.0, any.Data.RowCount));
        Assert.Equal(known.Learner.Fit(any.Data.WithFrequencies(null), seed), known.Learner.Fit(any.Data.WithFrequencies(units), seed));
    }

    /// <summary>Learners that deal rows to folds or draws are left out: whoever repeats a row deals it twice.</summary>
    [Property]
    public void Whole_weights_are_repeated_rows(Known known, AnyData any, Seed seed, byte[] times)
    {
        if (known.DealsRows) return;
        var often = Enumerable.Range(0, any.Data.RowCount).Select(row => times.Length == 0 ? 1 : times[row % times.Length] % 3).ToArray();
        if (often.Sum() == 0) return;
        var repeated = EquatableArray.From(often.SelectMany((count, row) => Enumerable.Repeat(row, count)));
        var data = any.Data.WithFrequencies(null);
        Agree(
            known.Learner.Fit(data.WithFrequencies(EquatableArray.From(often.Select(count => (double)count))), seed),
            known.Learner.Fit(data.Take(repeated), seed),
            any.Data.Frame);
    }

    [Property]
    public void Only_ratios_of_importance_weights_count(Known known, AnyData any, Seed seed, byte power)
    {
        var data = any.Data.Weights is null
            ? any.Data.WithFrequencies(EquatableArray.From(Enumerable.Range(0, any.Data.RowCount).Select(row => 1.0 + row % 3))) : any.Data;
        var scaled = EquatableArray.From(data.Weights!.Value.Select(weight => Math.ScaleB(weight, power - 128)));
        Assert.Equal(known.Learner.Fit(data.WithWeights(data.Weights), seed), known.Learner.Fit(data.WithWeights(scaled), seed));
    }

    [Property]
    public void The_order_of_rows_does_not_matter(Known known, AnyData any, Seed seed)
    {
        if (known.DealsRows) return;
        var order = Enumerable.Range(0, any.Data.RowCount).ToArray();
        seed.Fork("order").Stream().Shuffle<int>(order);
        var data = any.Data.WithTime(null);
        Agree(known.Learner.Fit(data, seed), known.Learner.Fit(data.Take(EquatableArray.Own(order)), seed), data.Frame);
    }

    // Sums in another order differ in their last digits; iterations that stop by a tolerance in somewhat more.
    private static void Agree(Outcome<Trained> one, Outcome<Trained> other, Frame rows)
    {
        if (one is Outcome<Trained>.Fail || other is Outcome<Trained>.Fail)
        {
            Assert.Equal(one is Outcome<Trained>.Fail, other is Outcome<Trained>.Fail);
            return;
        }

        var (expected, found) = (Numbers(one), Numbers(other));
        var unit = Math.Max(1, expected.Max(Math.Abs));
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - found[i]) <= 1e-4 * unit, $"{expected[i]} and {found[i]}");

        double[] Numbers(Outcome<Trained> fitted) => fitted.OrThrow().Predict(rows).OrThrow() switch
        {
            Prediction.Probabilities probabilities => [.. probabilities.Matrix],
            Prediction.Numeric numeric => [.. numeric.Values],
            _ => throw new InvalidOperationException(),
        };
    }

    [Property]
    public void Equal_data_and_seed_make_an_equal_model_on_any_number_of_threads(Known known, AnyData any, Seed seed)
    {
        var fitted = known.Learner.Fit(any.Data, seed);
        Assert.Equal(fitted, known.Learner.Fit(any.Data, seed));
        Assert.Equal(fitted, Executor.Inline.Fit(known.Learner, any.Data, seed));
        Assert.Equal(fitted, Executor.Threads(2).Fit(known.Learner, any.Data, seed));
    }

    [Property]
    public void A_row_is_predicted_alike_alone_and_in_company(Known known, AnyData any, Seed seed, int pick)
    {
        if (known.Learner.Fit(any.Data, seed) is not Outcome<Trained>.Ok fitted) return;
        var row = EquatableArray.Of((int)((uint)pick % any.Data.RowCount));
        Assert.Equal(fitted.Value.Predict(any.Data.Frame).OrThrow().Take(row), fitted.Value.Predict(any.Data.Frame.Take(row)).OrThrow());
    }

    [Property]
    public void No_out_of_fold_prediction_has_seen_its_rows_target(Known known, ClassData any, Seed seed, int pick, byte k)
    {
        var row = (int)((uint)pick % any.Data.RowCount);
        var others = any.Classes.Codes.ToArray();
        others[row] = (others[row] + 1) % any.Classes.Levels.Count;
        var crossFit = known.Learner.CrossFit("a", new FoldPlan.KFold(2 + k % 3, seed));
        var before = crossFit.Fit(any.Data, seed);
        var after = crossFit.Fit(any.Data.WithTarget(new Target.Classes(any.Classes.Levels, EquatableArray.Own(others))), seed);
        if (before is Outcome<Fitted>.Ok one && after is Outcome<Fitted>.Ok two)
        {
            Assert.Equal(one.Value.TrainView.Take(EquatableArray.Of(row)), two.Value.TrainView.Take(EquatableArray.Of(row)));
        }
    }

    [Fact]
    public void On_labels_that_are_pure_noise_a_stack_of_all_classifiers_stays_at_chance()
    {
        var stream = Seed.Of(7).Stream();
        var columns = Enumerable.Range(0, 5).Select(c =>
        {
            var numbers = new double[300];
            for (var i = 0; i < numbers.Length; i++) numbers[i] = stream.NextNormal();
            return ($"x{c}", (Column)new Column.Numeric(EquatableArray.Own(numbers)));
        }).ToArray();
        var codes = new int[300];
        for (var i = 0; i < codes.Length; i++) codes[i] = stream.Next(2);
        var data = new Dataset(Frame.Of(columns), new Target.Classes(["no", "yes"], EquatableArray.Own(codes)));

        var bases = all.Where(known => known.Classes).Select((known, i) => new Base($"{known.Learner.Name}{i}", known.Learner));
        var stack = new Stack(EquatableArray.From(bases), new LogisticRegression(), new FoldPlan.Stratified(5, Seed.Of(1)));
        var accuracy = Executor.Threads(2).Evaluate(stack, data, new FoldPlan.Stratified(5, Seed.Of(2)), Seed.Of(3))
            .OrThrow().Final["accuracy"].Mean;

        // 300 fair coins: 0.5 with a standard error of 0.029. Four of them on either side; a stack that leaks is far above.
        Assert.InRange(accuracy, 0.5 - 4 * 0.029, 0.5 + 4 * 0.029);
    }
}
