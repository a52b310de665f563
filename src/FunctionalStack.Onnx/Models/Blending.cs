using FunctionalStack.Learners;

namespace FunctionalStack.Onnx;

/// <summary>Meta-learners that weight bases.</summary>
internal static class Blending
{
    /// <summary>The weighted sum of predictions.</summary>
    public static Outcome<GraphPrediction> Blend(BlendModel model, GraphFrame rows, Scope scope)
    {
        var weighed = Enumerable.Range(0, model.Bases.Count).Where(at => model.Weights[at] != 0).ToArray();
        if (weighed.Length == 0)
        {
            return Outcome.Ok(new GraphPrediction(model.Levels, rows.Zeros.Spread([0], Math.Max(1, model.Levels.Count)) * 0.0));
        }

        BaseColumns[] bases = [.. weighed.Select(at => model.Bases[at])];
        double[] weights = [.. weighed.Select(at => model.Weights[at])];
        return model.Levels.Count == 0
            ? BasePredictions.Numbers(bases, rows).Map(all =>
                new GraphPrediction(default, (all * Arrays.Row(weights)).SumOver(1)))
            : BasePredictions.Probabilities(bases, model.Levels, model.Present, rows).Map(all =>
                new GraphPrediction(model.Levels, (all * (Edge)Tensor.Of(weights, 1, weights.Length, 1)).SumOver(1, keep: false).AtMost(1.0)
                    .Spread(model.Present, model.Levels.Count)));
    }

    /// <summary>The weighted sum of probabilities, with weights for each class.</summary>
    public static Outcome<GraphPrediction> BlendClasses(ClassBlendModel model, GraphFrame rows, Scope scope)
    {
        var (bases, classes) = (model.Bases.Count, model.Present.Count);
        var weights = new double[bases * classes];
        for (var at = 0; at < weights.Length; at++) weights[at] = model.Weights[at % classes][at / classes];
        return BasePredictions.Probabilities([.. model.Bases], model.Levels, model.Present, rows).Map(all => new GraphPrediction(
            model.Levels,
            BasePredictions.Normalized((all * (Edge)Tensor.Of(weights, 1, bases, classes)).SumOver(1, keep: false), 1, classes)
                .Spread(model.Present, model.Levels.Count)));
    }

    /// <summary>The weighted sum of log-probabilities, or of predicted numbers.</summary>
    public static Outcome<GraphPrediction> Pool(OpinionPoolModel model, GraphFrame rows, Scope scope)
    {
        var weights = model.Weights.AsSpan().ToArray();
        return model.Levels.Count == 0
            ? BasePredictions.Numbers([.. model.Bases], rows).Map(all =>
                new GraphPrediction(default, (all * Arrays.Row(weights)).SumOver(1) + model.Constants[0]))
            : BasePredictions.Probabilities([.. model.Bases], model.Levels, model.Present, rows).Map(all =>
            {
                var logs = all.AtLeast(model.Floor).Log() * (Edge)Tensor.Of(weights, 1, weights.Length, 1);
                var scores = logs.SumOver(1, keep: false) + Arrays.Row(model.Constants.AsSpan());
                return new GraphPrediction(model.Levels, scores.Softmax().Spread(model.Present, model.Levels.Count));
            });
    }
}
