using FunctionalStack.Learners;

namespace FunctionalStack.Onnx;

/// <summary>Linear models: a product with a matrix.</summary>
internal static class Linear
{
    /// <summary>Logistic regression, linear discriminant analysis and multinomial naive Bayes.</summary>
    public static Outcome<GraphPrediction> Scores(LinearScoresModel model, GraphFrame rows, Scope scope) =>
        rows.Complete(model.Columns).Map(x =>
        {
            // One class needs no score, but a missing number is still refused.
            if (model.Intercepts.Count == 0)
                return new GraphPrediction(model.Levels, ((x * 0.0).SumOver(1) + 1.0).Spread(model.Present, model.Levels.Count));
            var scores = Product(x, model.Centres, model.Coefficients, model.Intercepts).Clip(-double.MaxValue, double.MaxValue);
            var all = model.Intercepts.Count < model.Present.Count ? scores.Padded(0, before: 1) : scores;
            return new GraphPrediction(model.Levels, all.Softmax().Spread(model.Present, model.Levels.Count));
        });

    /// <summary>Ridge regression, lasso and elastic net.</summary>
    public static Outcome<GraphPrediction> Values(LinearModel model, GraphFrame rows, Scope scope) => rows.Complete(model.Columns)
        .Map(x => new GraphPrediction(default, Product(x, model.Centres, model.Coefficients, [model.Intercept])));

    // Coefficients have one row for each score.
    private static Edge Product(Edge x, EquatableArray<double> centres, EquatableArray<double> coefficients,
        EquatableArray<double> intercepts)
    {
        if (centres.Count == 0) return x.SumOver(1) + Arrays.Row(intercepts.AsSpan());
        return new Operation("Gemm", [x - Arrays.Row(centres.AsSpan()), Arrays.Matrix(coefficients.AsSpan(), centres.Count),
            Arrays.Vector(intercepts.AsSpan())], NodeAttribute.Of("transB", 1))[0];
    }
}
