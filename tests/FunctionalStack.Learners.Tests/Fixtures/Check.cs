using Xunit;

namespace FunctionalStack.Learners.Tests;

/// <summary>Properties of learners that only sum over rows: each check fits the learner to variants of the data.</summary>
internal static class Check
{
    /// <summary>Unit weights are none; a weight of 2 is the row twice; a row of weight 0 might as well be absent.</summary>
    public static void Weights(ILearner learner, Dataset data, int seed, double tolerance)
    {
        var rows = data.RowCount;
        Assert.Equal(learner.Model(data), learner.Model(data.WithFrequencies(Sample.Ones(rows))));
        var (weights, repeated) = Sample.OnceOrTwice(seed, rows);
        Sample.Close(learner.Model(data.Take(repeated)).Predict(data.Frame).OrThrow(),
            learner.Model(data.WithFrequencies(weights)).Predict(data.Frame).OrThrow(), tolerance);
        var some = data.WithFrequencies(EquatableArray.From(Enumerable.Range(0, rows).Select(row => row % 3 == 0 ? 0.0 : row)));
        Assert.Equal(learner.Model(some.Take(EquatableArray.From(Enumerable.Range(0, rows).Where(row => row % 3 != 0)))),
            learner.Model(some));
    }

    /// <summary>The order of rows and that of columns change no prediction by more than rounding.</summary>
    public static void Order(ILearner learner, Dataset data, double tolerance)
    {
        var before = learner.Model(data).Predict(data.Frame).OrThrow();
        var backwards = data.Take(EquatableArray.From(Enumerable.Range(0, data.RowCount).Reverse()));
        Sample.Close(before, learner.Model(backwards).Predict(data.Frame).OrThrow(), tolerance);
        Sample.Close(before, learner.Model(data.WithFrame(Sample.Reversed(data.Frame))).Predict(data.Frame).OrThrow(), tolerance);
    }

    /// <summary>Moving and scaling each column by its own amount changes no prediction by more than rounding.</summary>
    public static void Units(ILearner learner, Dataset data, double tolerance)
    {
        var other = data.WithFrame(Sample.Mapped(data.Frame, (c, cell) => Math.Pow(10, 5 * (c % 3) - 5) * (cell + c)));
        Sample.Close(learner.Model(data).Predict(data.Frame).OrThrow(), learner.Model(other).Predict(other.Frame).OrThrow(), tolerance);
    }

    /// <summary>For any finite or missing numbers there is a model whose predictions are sound, or a failure; never an exception.</summary>
    public static void Anything(ILearner learner, int seed, bool classes)
    {
        var stream = Seed.Of(seed).Fork("anything").Stream();
        var (rows, columns) = (1 + stream.Next(30), stream.Next(8));
        var cells = Enumerable.Range(0, columns).Select(_ =>
        {
            var kind = stream.Next(7);
            var (size, first) = (Math.Pow(10, stream.Next(600) - 300), stream.NextNormal());
            return Enumerable.Range(0, rows).Select(_ => kind switch
            {
                0 => first,
                1 => stream.Next(2),
                2 => size * stream.NextNormal(),
                3 => 1e300 * stream.NextNormal(),
                4 when stream.Next(20) == 0 => double.NaN,
                _ => stream.NextNormal(),
            }).ToArray();
        }).ToArray();
        var frame = columns == 0 ? Frame.Empty(rows) : Sample.Columns(cells);
        var scale = stream.Next(3) == 0 ? 1e300 : 1;
        Target target = classes
            ? new Target.Classes(["a", "b", "c"],
                EquatableArray.From(Enumerable.Range(0, rows).Select(_ => stream.Next(stream.Next(3) + 1))))
            : new Target.Numeric(EquatableArray.From(Enumerable.Range(0, rows).Select(_ => scale * stream.NextNormal())));
        if (learner.Fit(new(frame, target), Seed.Of(seed)) is not Outcome<Trained>.Ok ok) return;
        if (classes) Sample.RowsSumToOne(ok.Value.Predict(frame).OrThrow());
        else Assert.All(Sample.Numbers(ok.Value.Predict(frame).OrThrow()), number => Assert.False(double.IsNaN(number)));
    }
}
