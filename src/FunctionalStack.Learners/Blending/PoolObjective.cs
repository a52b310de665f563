namespace FunctionalStack.Learners;

/// <summary>
/// The penalized negative log-likelihood of a logarithmic opinion pool. Its variables are one weight per base, followed by one constant
/// per class present.
/// </summary>
internal sealed class PoolObjective : ICurvedObjective
{
    private readonly int bases;
    private readonly int classes;
    private readonly double penalty;
    private readonly double[] weights;
    private readonly int[] actual;
    private readonly double[] logs;
    private readonly double[] probabilities;

    public PoolObjective(LevelRows rows, EquatableArray<int> codes, double penalty, double floor)
    {
        (bases, classes, this.penalty) = (rows.Bases.Count, rows.Present.Count, penalty);
        weights = Array.ConvertAll(rows.Weights, weight => weight * rows.Greatest);
        TotalWeight = weights.Sum();
        var place = new int[rows.Levels.Count];
        for (var p = 0; p < classes; p++) place[rows.Present[p]] = p;
        actual = [.. codes.Select(code => place[code])];
        logs = new double[rows.Count * bases * classes];
        for (var b = 0; b < bases; b++)
        {
            var predicted = (Prediction.Probabilities)rows.Predictions[b];
            for (var row = 0; row < rows.Count; row++)
            {
                for (var c = 0; c < classes; c++)
                {
                    logs[(row * bases + b) * classes + c] =
                        Math.Log(Math.Max(predicted.Matrix[row * rows.Levels.Count + rows.Present[c]], floor));
                }
            }
        }

        probabilities = new double[classes];
    }

    public int Size => bases + classes;

    public double TotalWeight { get; }

    public int Vectors => 1;

    public int Columns => Size;

    /// <summary>Equal weights and no constants.</summary>
    public double[] Start => [.. Enumerable.Repeat(1.0 / bases, bases), .. new double[classes]];

    public double Evaluate(double[] at, double[] gradient)
    {
        var value = 0.0;
        for (var i = 0; i < Size; i++)
        {
            var from = at[i] - (i < bases ? 1.0 / bases : 0);
            gradient[i] = penalty * from;
            value += 0.5 * penalty * from * from;
        }

        for (var row = 0; row < weights.Length; row++)
        {
            value += weights[row] * Predict(at, row);
            probabilities[actual[row]] -= 1;
            for (var c = 0; c < classes; c++) gradient[bases + c] += weights[row] * probabilities[c];
            for (var b = 0; b < bases; b++) gradient[b] += weights[row] * Learners.Vectors.Dot(probabilities, Logs(row, b));
        }

        return value;
    }

    public void Curvature(double[] at, double[] hessian)
    {
        Array.Clear(hessian);
        for (var i = 0; i < Size; i++) hessian[i * Size + i] = penalty;
        var (means, scaled) = (new double[bases], new double[bases * classes]);
        for (var row = 0; row < weights.Length; row++)
        {
            Predict(at, row);
            for (var b = 0; b < bases; b++)
            {
                var own = Logs(row, b);
                means[b] = Learners.Vectors.Dot(probabilities, own);
                for (var c = 0; c < classes; c++) scaled[b * classes + c] = weights[row] * probabilities[c] * (own[c] - means[b]);
                for (var other = 0; other <= b; other++)
                    hessian[b * Size + other] += Learners.Vectors.Dot(scaled.AsSpan(b * classes, classes), Logs(row, other));
            }

            for (var c = 0; c < classes; c++)
            {
                var at1 = (bases + c) * Size;
                for (var b = 0; b < bases; b++) hessian[at1 + b] += scaled[b * classes + c];
                var weighted = weights[row] * probabilities[c];
                for (var other = 0; other <= c; other++)
                    hessian[at1 + bases + other] += weighted * ((other == c ? 1 : 0) - probabilities[other]);
            }
        }
    }

    private ReadOnlySpan<double> Logs(int row, int b) => logs.AsSpan((row * bases + b) * classes, classes);

    /// <summary>Overwrites <see cref="probabilities"/> with those of a row, and returns its log-loss.</summary>
    private double Predict(double[] at, int row)
    {
        for (var c = 0; c < classes; c++) probabilities[c] = at[bases + c];
        for (var b = 0; b < bases; b++) Learners.Vectors.Add(probabilities, at[b], Logs(row, b));
        var own = probabilities[actual[row]];
        return Learners.Vectors.Softmax(probabilities) - own;
    }
}
