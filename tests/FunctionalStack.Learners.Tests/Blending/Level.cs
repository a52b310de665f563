using Xunit;

namespace FunctionalStack.Learners.Tests.Blending;

/// <summary>Made-up columns of bases, each the same for the same seed.</summary>
internal static class Level
{
    /// <summary>Bases that lean to the true class more or less, the first most; <paramref name="certain"/> rows of theirs are 0 and
    /// 1.</summary>
    public static Dataset Classes(int seed, int rows, int bases, int classes, StackMethod method = StackMethod.Probabilities,
        bool certain = false)
    {
        var stream = Seed.Of(seed).Fork("level").Stream();
        var levels = EquatableArray.From(Enumerable.Range(0, classes).Select(k => $"c{k}"));
        var codes = Enumerable.Range(0, rows).Select(i => i < classes ? i : stream.Next(classes)).ToArray();
        var frame = Frame.Empty(rows);
        for (var b = 0; b < bases; b++)
        {
            var matrix = new double[rows * classes];
            for (var i = 0; i < rows; i++)
            {
                var row = matrix.AsSpan(i * classes, classes);
                for (var c = 0; c < classes; c++)
                    row[c] = Math.Exp(stream.NextNormal() * Math.Min(1 + b, 8) + (c == codes[i] ? 2.0 / (1 + b) : 0));
                if (certain && stream.Next(4) == 0)
                {
                    var most = row.IndexOf(row.ToArray().Max());
                    row.Clear();
                    row[most] = 1;
                }

                var sum = row.ToArray().Sum();
                for (var c = 0; c < classes; c++) row[c] /= sum;
            }

            frame = frame.Beside(new StackColumns(method)
                .Columns($"b{b}", new Prediction.Probabilities(levels, EquatableArray.Own(matrix))));
        }

        return new(frame, new Target.Classes(levels, EquatableArray.Own(codes)));
    }

    /// <summary>Bases that err more or less about normal values, the first least; targets and predictions in units of
    /// <paramref name="scale"/> from <paramref name="place"/> on.</summary>
    public static Dataset Numeric(int seed, int rows, int bases, double scale = 1, double place = 0)
    {
        var stream = Seed.Of(seed).Fork("level").Stream();
        var truth = Enumerable.Range(0, rows).Select(_ => stream.NextNormal()).ToArray();
        var columns = Enumerable.Range(0, bases)
            .Select(b => truth.Select(y => place + scale * (0.9 * y + 0.3 * (1 + b) * stream.NextNormal())).ToArray()).ToArray();
        return new(Numbers(columns), new Target.Numeric(EquatableArray.From(truth.Select(y => place + scale * y))));
    }

    /// <summary>A base of that name that predicts these numbers.</summary>
    public static Frame Named(string name, IEnumerable<double> numbers) =>
        new StackColumns().Columns(name, new Prediction.Numeric(EquatableArray.From(numbers)));

    /// <summary>Bases b0, b1, ... that predict these numbers.</summary>
    public static Frame Numbers(params double[][] columns) => columns.Index()
        .Select(one => Named($"b{one.Index}", one.Item)).Aggregate((left, right) => left.Beside(right));

    /// <summary>Weights of 0, 1/2, ..., 5/2, not all 0.</summary>
    public static Dataset Weighted(this Dataset data, int seed)
    {
        var stream = Seed.Of(seed).Fork("weights").Stream();
        return data.WithFrequencies(EquatableArray.From(Enumerable.Range(0, data.RowCount).Select(i => i == 0 ? 1 : stream.Next(6) / 2.0)
            .ToArray()));
    }

    public static double[] WeightsOf(IModel model) => Assert.IsType<BlendModel>(model).Weights.ToArray();

    /// <summary>The leading loss of a model, or of one base, over the training rows.</summary>
    public static double Loss(Dataset data, Prediction predicted) =>
        Metric.Leading(data.Target).Score(data.Target, predicted, data.Weights);

    public static EquatableArray<Prediction> Bases(Dataset data) =>
        EquatableArray.From(BaseColumns.Of(data.Frame, data.Target).OrThrow().Select(one => one.Read(data.Frame).OrThrow()));
}
