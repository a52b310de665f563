using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.Learners.Tests.Extremes;

/// <summary>Tables at ordinary scale, and the same tables in other units with every cell exact: times a power of two, moved by
/// one.</summary>
internal static class Changed
{
    /// <summary>40 rows of 3 columns; cells are multiples of 2^-bits.</summary>
    public static Dataset Of(bool classes, int seed, int bits = 20)
    {
        var data = classes ? Sample.Classes(seed, 40, 3, 3) : Sample.Numbers(seed, 40, 3);
        data = data.WithFrame(Sample.Mapped(data.Frame, (_, x) => Multiple(x, bits)));
        return data.Target is Target.Numeric numeric ? data.WithTarget(Mapped(numeric, y => Multiple(y, bits))) : data;
    }

    private static double Multiple(double number, int bits) => Math.ScaleB(Math.Round(Math.ScaleB(number, bits)), -bits);

    public static Dataset Cells(this Dataset data, Func<int, double, double> change) =>
        data.WithFrame(Sample.Mapped(data.Frame, change));

    public static Target.Numeric Mapped(Target.Numeric target, Func<double, double> change) =>
        new(EquatableArray.From(target.Values.Select(change)));

    /// <summary>With a fourth column, made of each row.</summary>
    public static Dataset Beside(this Dataset data, Func<double[], double> made)
    {
        var columns = data.Frame.Columns.Select(one => ((Column.Numeric)one.Column).ToArray()).ToArray();
        return data.WithFrame(Sample.Columns([.. columns, [.. Enumerable.Range(0, data.RowCount)
            .Select(row => made([.. columns.Select(column => column[row])]))]]));
    }

    /// <summary>The predictions of the training rows, or why there are none.</summary>
    public static Outcome<double[]> Predicted(ILearner learner, Dataset data) => learner.FitModel(data, Seed.Of(1))
        .Bind(model => model.Predict(data.Frame)).Map(Sample.Numbers);

    /// <summary>Equal predictions, in units of their spread (of classes: 1). A failure counts as a difference unless allowed.</summary>
    public static void Same(ILearner learner, Dataset one, Dataset other, double tolerance, bool mayFail = false,
        Func<double, double>? back = null)
    {
        var expected = Predicted(learner, one).OrThrow();
        if (Predicted(learner, other) is not Outcome<double[]>.Ok found)
        {
            var failure = ((Outcome<double[]>.Fail)Predicted(learner, other)).Failure;
            Assert.True(mayFail, $"{learner}: {failure}");
            Assert.NotEqual("", failure.What);
            Assert.NotEqual("", failure.Remedy);
            return;
        }

        var spread = one.Target is Target.Classes ? 1 : Math.Max(expected.Max() - expected.Min(), 1e-3);
        for (var i = 0; i < expected.Length; i++)
        {
            var number = back is null ? found.Value[i] : back(found.Value[i]);
            Assert.True(Math.Abs(number - expected[i]) <= tolerance * spread, $"{learner}, number {i}: {number} and {expected[i]}");
        }
    }

    public static ILearner Standardized(ILearner learner) => new Standardize().Then(learner);
}
