using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Learners.Tests;

public class SupportVectorMachineTests
{
    private static readonly SupportVectorMachine Radial = new();
    private static readonly SupportVectorMachine Linear = new(Kernel.Linear);

    [Property(MaxTest = 40)]
    public void The_conditions_of_the_optimum_hold_for_two_classes(int seed)
    {
        // Rows beyond the margin have no factor, rows within it have C, rows on it may have any value between.
        var stream = Seed.Of(seed).Fork("shape").Stream();
        var (rows, columns, c) = (20 + stream.Next(150), 1 + stream.Next(6), Math.Pow(10, stream.Next(4) - 2));
        var kernel = stream.Next(2) == 0 ? Kernel.Rbf : Kernel.Linear;
        var data = Sample.Classes(seed, rows, columns, 2).WithFrequencies(Sample.OnceOrTwice(seed, rows).Weights);
        var model = (SupportVectorMachineModel)new SupportVectorMachine(kernel, c, Tolerance: 1e-5).Model(data);
        var decisions = model.DecisionValues(data.Frame).OrThrow();
        var signs = ((Target.Classes)data.Target).Codes.Select(code => code == 0 ? 1.0 : -1.0).ToArray();
        var factors = Factors(data, new SupportVectorMachine(kernel, c, Tolerance: 1e-5));
        Assert.Equal(0, factors.Sum(), 1e-9 * (1 + c * rows));
        for (var i = 0; i < rows; i++)
        {
            var (alpha, most, margin) = (signs[i] * factors[i], c * data.Weights!.Value[i], signs[i] * decisions[i] - 1);
            Assert.InRange(alpha, 0, most * (1 + 1e-9));
            if (margin > 1e-3) Assert.Equal(0, alpha, 1e-9);
            if (margin < -1e-3) Assert.Equal(most, alpha, 1e-9 * most);
        }
    }

    [Property(MaxTest = 30)]
    public void The_conditions_of_the_optimum_hold_for_values(int seed)
    {
        var stream = Seed.Of(seed).Fork("shape").Stream();
        var (rows, columns, c) = (20 + stream.Next(100), 1 + stream.Next(4), Math.Pow(10, stream.Next(3) - 1));
        var data = Sample.Numbers(seed, rows, columns);
        var svm = new SupportVectorMachine(stream.Next(2) == 0 ? Kernel.Rbf : Kernel.Linear, c, Epsilon: 0.2, Tolerance: 1e-5);
        var predicted = Sample.Numbers(svm.Model(data).Predict(data.Frame).OrThrow());
        var factors = Factors(data, svm);
        Assert.Equal(0, factors.Sum(), 1e-9 * (1 + c * rows));
        for (var i = 0; i < rows; i++)
        {
            var error = ((Target.Numeric)data.Target).Values[i] - predicted[i];
            Assert.InRange(Math.Abs(factors[i]), 0, c * (1 + 1e-9));
            if (Math.Abs(error) < 0.2 - 1e-3) Assert.Equal(0, factors[i], 1e-9);
            if (Math.Abs(error) > 0.2 + 1e-3) Assert.Equal(Math.CopySign(c, error), factors[i], 1e-9 * c);
        }
    }

    [Property(MaxTest = 20)]
    public void The_order_of_rows_and_columns_changes_no_decision(int seed)
    {
        var data = Sample.Classes(seed, 60, 4, 3);
        var backwards = data.Take(EquatableArray.From(Enumerable.Range(0, 60).Reverse()));
        foreach (var svm in new[] { Radial with { Tolerance = 1e-5 }, Linear with { Tolerance = 1e-5 } })
        {
            var expected = Shape(svm.Model(data), data.Frame);
            Assert.Equal(expected, Shape(svm.Model(backwards), data.Frame), (a, b) => Math.Abs(a - b) < 1e-3);
            Assert.Equal(expected, Shape(svm.Model(data.WithFrame(Sample.Reversed(data.Frame))), data.Frame),
                (a, b) => Math.Abs(a - b) < 1e-3);
        }
    }

    [Property(MaxTest = 20)]
    public void Moving_and_scaling_all_columns_alike_changes_nothing(int seed)
    {
        // Gamma follows the variance.
        var data = Sample.Classes(seed, 60, 3, 2);
        var moved = data.WithFrame(Sample.Mapped(data.Frame, (_, cell) => 1024 * cell));
        var svm = Radial with { Tolerance = 1e-5 };
        Sample.Close(svm.Model(data).Predict(data.Frame).OrThrow(), svm.Model(moved).Predict(moved.Frame).OrThrow(), 1e-6);
    }

    [Property(MaxTest = 20)]
    public void Greater_decision_values_never_make_their_class_less_likely(int seed)
    {
        var data = Sample.Classes(seed, 60, 3, 2);
        foreach (var svm in new[] { Radial, Linear })
        {
            var model = (SupportVectorMachineModel)svm.Model(data);
            var decisions = model.DecisionValues(data.Frame).OrThrow();
            var p = (Prediction.Probabilities)model.Predict(data.Frame).OrThrow();
            var order = Enumerable.Range(0, 60).OrderBy(i => decisions[i]).ToArray();
            for (var i = 1; i < 60; i++) Assert.True(p.Row(order[i])[0] >= p.Row(order[i - 1])[0]);
        }
    }

    [Property(MaxTest = 20)]
    public void Unit_weights_are_none_and_rows_of_weight_0_might_as_well_be_absent(int seed)
    {
        foreach (var data in new[] { Sample.Classes(seed, 40, 3, 3), Sample.Numbers(seed, 40, 3) })
        {
            foreach (var svm in new[] { Radial, Linear })
            {
                Assert.Equal(svm.Model(data), svm.Model(data.WithFrequencies(Sample.Ones(40))));
                var some =
                    data.WithFrequencies(EquatableArray.From(Enumerable.Range(0, 40).Select(row => row % 3 == 0 ? 0.0 : 1 + row % 2)));
                Assert.Equal(svm.Model(some.Take(EquatableArray.From(Enumerable.Range(0, 40).Where(row => row % 3 != 0)))),
                    svm.Model(some));
            }
        }
    }

    [Property(MaxTest = 20)]
    public void A_weight_of_2_is_the_row_twice_to_the_machines(int seed)
    {
        var data = Sample.Classes(seed, 40, 3, 2);
        var (weights, repeated) = Sample.OnceOrTwice(seed, 40);
        var svm = Radial with { Tolerance = 1e-6, Gamma = 0.3 };
        Assert.Equal(
            Shape(svm.Model(data.Take(repeated)), data.Frame),
            Shape(svm.Model(data.WithFrequencies(weights)), data.Frame),
            (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Property(MaxTest = 30)]
    public void Anything_gets_an_outcome(int seed)
    {
        foreach (var svm in new[] { Radial, Linear, Radial with { Gamma = 1e200 }, Linear with { C = 1e-200 } })
        {
            Check.Anything(svm, seed, classes: true);
            Check.Anything(svm, seed, classes: false);
        }
    }

    [Property(MaxTest = 30)]
    public void Kernels_are_those_of_the_definition(int seed)
    {
        // Sparse and dense rows, near the centre and far out: a machine of two rows shows their kernel.
        var stream = Seed.Of(seed).Stream();
        var (columns, gamma) = (1 + stream.Next(90), Math.Pow(10, stream.Next(5) - 3));
        var cells = Enumerable.Range(0, columns)
            .Select(_ => Enumerable.Range(0, 150).Select(_ => stream.Next(2) == 0 ? 0 : stream.NextNormal()).ToArray()).ToArray();
        var data =
            new Dataset(Sample.Columns(cells),
                new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 150).Select(i => (double)(i % 7)))));
        var model = (SupportVectorMachineModel)new SupportVectorMachine(Gamma: gamma).Model(data);
        var predicted = Sample.Numbers(model.Predict(data.Frame).OrThrow());
        var machine = model.Machines[0];
        for (var i = 0; i < 150; i += 13)
        {
            var sum = machine.Bias;
            for (var s = 0; s < machine.Rows.Count; s++)
            {
                var distance = 0.0;
                for (var c = 0; c < columns; c++)
                    distance += Math.Pow((cells[c][i] - model.Centres[c]) * model.Scale - model.Vectors[machine.Rows[s] * columns + c], 2);
                sum += machine.Factors[s] * Math.Exp(-distance);
            }

            Assert.Equal(sum, predicted[i], 1e-3);
        }
    }

    [Fact]
    public void Platt_scaling_finds_the_sigmoid_that_made_the_classes()
    {
        var stream = Seed.Of(1).Stream();
        var decisions = Enumerable.Range(0, 4000).Select(_ => 2 * stream.NextNormal()).ToArray();
        var first = decisions.Select(f => stream.NextDouble() < 1 / (1 + Math.Exp(-1.5 * f + 0.5))).ToArray();
        var found = PlattScaling.Fit(decisions, first, [.. decisions.Select(_ => 1.0)]);
        Assert.Equal(-1.5, found.Slope, 0.15);
        Assert.Equal(0.5, found.Shift, 0.15);
        var opposite = PlattScaling.Fit([.. decisions.Select(f => -f)], first, [.. decisions.Select(_ => 1.0)]);
        Assert.Equal(0, opposite.Slope);
        Assert.Equal(first.Count(one => one) / 4000.0, opposite.Of(5), 1e-3);
    }

    [Property(MaxTest = 50)]
    public void Coupling_recovers_the_probabilities_that_the_pairs_were_computed_from(int seed)
    {
        var stream = Seed.Of(seed).Stream();
        var p = Enumerable.Range(0, 2 + stream.Next(8)).Select(_ => 0.01 + stream.NextDouble()).ToArray();
        var pairs = (from i in p from j in p select i / (i + j)).ToArray();
        var found = new double[p.Length];
        PairwiseCoupling.Couple(pairs, found);
        Assert.Equal(p.Select(one => one / p.Sum()), found, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Absent_classes_get_0_and_a_lone_class_1()
    {
        var data = new Dataset(Sample.Columns([1, 2, 3, 4]), new Target.Classes(["a", "b", "c", "d"], EquatableArray.Of(0, 2, 2, 0)));
        var p = (Prediction.Probabilities)Radial.Model(data).Predict(data.Frame).OrThrow();
        Sample.RowsSumToOne(p);
        Assert.Equal([0.0, 0.0], [p.Row(0)[1], p.Row(3)[3]]);
        Assert.Equal([0.0, 0, 1, 0],
            Sample.Numbers(Radial.Model(data.Take(EquatableArray.Of(1, 2))).Predict(Sample.Columns([0])).OrThrow()));
    }

    [Fact]
    public void Rings_are_classified()
    {
        var angles = Enumerable.Range(0, 60).ToArray();
        var data = new Dataset(
            Sample.Columns([.. angles.Select(i => (i % 2 + 1) * Math.Cos(i))], [.. angles.Select(i => (i % 2 + 1) * Math.Sin(i))]),
            Target.Classes.Of([.. angles.Select(i => i % 2 == 0 ? "inner" : "outer")]));
        var p = (Prediction.Probabilities)new SupportVectorMachine(C: 10).Model(data).Predict(data.Frame).OrThrow();
        Assert.Equal(((Target.Classes)data.Target).Codes, p.Codes());
    }

    [Fact]
    public void Decision_values_agree_with_scikit_learn_on_iris() => Compare(Peer.Iris());

    [SharedFact("breast_cancer/breast_cancer.csv")]
    public void Decision_values_agree_with_scikit_learn_on_breast_cancer() => Compare(Peer.Shared("breast_cancer", "target", 14));

    [SharedFact("digits/digits.csv")]
    public void Decision_values_agree_with_scikit_learn_on_digits() => Compare(Peer.Shared("digits", "digit", 45));

    [Fact]
    public void Predictions_agree_with_scikit_learn_on_iris()
    {
        // SVR(C=2, epsilon=0.05, tol=1e-6), radial and linear, on petal width of the other three: rows 0, 50 and 100.
        var data = Peer.PetalWidths();
        double[] radial = [0.2127503848, 1.504751402, 2.45000036], linear = [0.2089030855, 1.475861229, 2.359599702];
        var rows = EquatableArray.Of(0, 50, 100);
        var exact = new SupportVectorMachine(C: 2, Epsilon: 0.05, Tolerance: 1e-6);
        Assert.Equal(radial, Sample.Numbers(exact.Model(data).Predict(data.Frame.Take(rows)).OrThrow()), (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal(linear, Sample.Numbers((exact with { Kernel = Kernel.Linear }).Model(data).Predict(data.Frame.Take(rows)).OrThrow()),
            (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Parameters_out_of_range_fail()
    {
        var data = Sample.Classes(1, 9, 2, 2);
        Assert.Equal(new Failure("svm", "c is 0", "Give a finite number above 0, such as 1."),
            Sample.Failure(new SupportVectorMachine(C: 0), data));
        Assert.Equal("gamma is -1", Sample.Failure(new SupportVectorMachine(Gamma: -1), data).What);
        Assert.Equal("epsilon is -1", Sample.Failure(new SupportVectorMachine(Epsilon: -1), data).What);
        Assert.Equal("tolerance is 0", Sample.Failure(new SupportVectorMachine(Tolerance: 0), data).What);
        Assert.Equal("folds is 1", Sample.Failure(new SupportVectorMachine(Folds: 1), data).What);
        Assert.Contains("no training rows", Sample.Failure(Radial, data.Take(default)).What);
    }

    /// <summary>Decision values less the first row's: where no row lies on the margin, the constant may be anything between two
    /// numbers.</summary>
    private static double[] Shape(IModel model, Frame frame)
    {
        var svm = (SupportVectorMachineModel)model;
        var decisions = svm.DecisionValues(frame).OrThrow();
        return [.. decisions.Select((decision, i) => decision - decisions[i % svm.Machines.Count])];
    }

    /// <summary>Each training row's factor in the first machine, by that row of the support vectors that it is.</summary>
    private static double[] Factors(Dataset data, SupportVectorMachine svm)
    {
        var shared = svm.Prepare(data, Seed.Of(1)).OrThrow();
        var machine = svm.FitPart(shared, 0).Machines[0];
        var factors = new double[data.RowCount];

        // The linear kernel's variables are those of scaled rows; so are those for values.
        var unit = shared.Unit * (svm.Kernel == Kernel.Linear ? shared.Scale * shared.Scale : 1);
        for (var s = 0; s < machine.Rows.Length; s++) factors[machine.Rows[s]] = machine.Factors[s] * unit;
        return factors;
    }

    // Decision values of the first pair of classes; both sides stop within 1e-6 of the conditions.
    private static void Compare(Peer peer)
    {
        foreach (var (kernel, name) in new[] { (Kernel.Rbf, "svmRadial"), (Kernel.Linear, "svmLinear") })
        {
            var model = (SupportVectorMachineModel)new SupportVectorMachine(kernel, C: 2, Tolerance: 1e-6).Model(peer.Train);
            var found = model.DecisionValues(peer.Held.Frame).OrThrow();
            var expected = peer.Expected[name];
            for (var i = 0; i < expected.Length; i++)
            {
                for (var m = 0; m < expected[i].Length; m++) Assert.Equal(expected[i][m], found[i * model.Machines.Count + m], 1e-3);
            }
        }
    }
}
