using FunctionalStack.Learners;

namespace FunctionalStack.Onnx;

/// <summary>Naive Bayes and quadratic discriminant analysis: log densities of classes.</summary>
internal static class Bayes
{
    public static Outcome<GraphPrediction> Gaussian(GaussianNaiveBayesModel model, GraphFrame rows, Scope scope) =>
        rows.Complete(model.Columns).Map(x =>
        {
            var (columns, levels) = (model.Columns.Count, model.Levels.Count);
            var precisions = new double[model.Variances.Count];
            var constants = new double[levels * (columns + 1)];
            for (var level = 0; level < levels; level++)
            {
                ref var constant = ref constants[level * (columns + 1)];
                constant = Math.Log(model.Shares[level]);
                for (var at = level * columns; at < (level + 1) * columns; at++)
                {
                    precisions[at] = 0.5 / model.Variances[at];
                    constant -= 0.5 * Math.Log(2 * Math.PI * model.Variances[at]);
                }
            }

            // One sum, from the constant on, in the library's order.
            var moved = x.Unsqueeze(1) - Cube(model.Means.AsSpan(), levels, columns);
            var terms = (moved * moved * Cube(precisions, levels, columns)).Negated();
            var padded = new Operation("Pad", [terms, Arrays.Indices(0, 0, 1, 0, 0, 0), 0.0])[0];
            var logs = (padded + Cube(constants, levels, columns + 1)).SumInOrder(2, columns + 1);
            return new GraphPrediction(model.Levels, Posterior(logs, model.Shares));
        });

    public static Outcome<GraphPrediction> Bernoulli(BernoulliNaiveBayesModel model, GraphFrame rows, Scope scope) =>
        rows.Complete(model.Columns).Map(x =>
        {
            var logs = model.Columns.Count == 0 ? x.SumOver(1) + Arrays.Row(model.LogNone.AsSpan())
                : new Operation("Gemm", [x.IsAbove(model.Threshold).AsNumber(),
                    Arrays.Matrix(model.LogOdds.AsSpan(), model.Columns.Count), Arrays.Vector(model.LogNone.AsSpan())],
                    NodeAttribute.Of("transB", 1))[0];
            return new GraphPrediction(model.Levels, logs.Softmax());
        });

    public static Outcome<GraphPrediction> Quadratic(QuadraticDiscriminantAnalysisModel model, GraphFrame rows, Scope scope) =>
        rows.Complete(model.Columns).Map(x =>
        {
            var (columns, classes) = (model.Columns.Count, model.Present.Count);
            var whitening = new double[model.Whitenings.Count];
            for (var at = 0; at < whitening.Length; at++)
            {
                // Transposed, and only the lower triangle is read.
                var (p, row, column) = (at / columns / columns, at / columns % columns, at % columns);
                if (column <= row) whitening[(p * columns + column) * columns + row] = model.Whitenings[at];
            }

            var scaled = (x - Arrays.Row(model.Centres.AsSpan())) * Arrays.Row(model.Scales.AsSpan());
            var moved = scaled.Unsqueeze(0) - (Edge)Tensor.Of(model.Means.AsSpan(), classes, 1, columns);
            var distances = columns == 0 ? moved.SquaresOver(2, keep: false)
                : moved.MatMul(Tensor.Of(whitening, classes, columns, columns)).SquaresOver(2, keep: false);
            var logs = Arrays.Row(model.LogFactors.AsSpan()) - distances.Transpose(1, 0) * 0.5;
            return new GraphPrediction(model.Levels, Posterior(logs, model.Shares).Spread(model.Present, model.Levels.Count));
        });

    // If every density is 0, the classes have their shares.
    private static Edge Posterior(Edge logs, EquatableArray<double> shares) =>
        logs.MaxOver(1).Abs().IsBelow(double.PositiveInfinity).Choose(logs.Softmax(), Arrays.Row(shares.AsSpan()));

    private static Edge Cube(ReadOnlySpan<double> numbers, int levels, int columns) => Tensor.Of(numbers, 1, levels, columns);
}
