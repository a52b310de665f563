using FunctionalStack.Learners;

namespace FunctionalStack.Onnx;

/// <summary>Models that consist of others, and those that only add to one.</summary>
internal static class ComposedModels
{
    public static Outcome<GraphPrediction> Pipeline(PipelineModel model, GraphFrame rows, Scope scope) =>
        scope.Map(model.Map, rows).Bind(made => scope.Model(model.Model, made));

    public static Outcome<GraphPrediction> Averaged(AveragedModel model, GraphFrame rows, Scope scope) =>
        scope.Models(model.Members, rows, "member").Map(GraphPrediction.Mean);

    public static Outcome<GraphPrediction> Bagging(BaggingModel model, GraphFrame rows, Scope scope) =>
        scope.Models(model.Members, rows, "member").Map(GraphPrediction.Mean);

    /// <summary>A weighted mean of predictions, or of votes.</summary>
    public static Outcome<GraphPrediction> Voting(VotingModel model, GraphFrame rows, Scope scope) =>
        scope.Models(model.Members, rows, "voter").Map(predictions =>
        {
            var levels = predictions[0].Levels;
            var votes = predictions.Select(one => one.For(levels))
                .Select(one => levels.Count > 0 && model.Vote == VotingRule.Hard ? Vote(one) : one.Numbers);
            var sum = Arithmetic.Sum([.. votes.Zip(model.Weights, (vote, weight) => vote * weight)]);
            return new GraphPrediction(levels, sum / model.Weights.Sum());
        });

    public static Outcome<GraphPrediction> Threshold(ThresholdModel model, GraphFrame rows, Scope scope) =>
        scope.Model(model.Model, rows).Map(made => made.Levels.Count == 0 ? made : made with { Threshold = model.Value, Positive = 1 });

    public static Outcome<GraphPrediction> Conformal(ConformalModel model, GraphFrame rows, Scope scope) =>
        scope.Model(model.Model, rows).Noting([new Note(scope.Path,
            "intervals, quantiles and sets are not exported, only the predictions")]);

    public static Outcome<GraphPrediction> Majority(MajorityModel model, GraphFrame rows, Scope scope) =>
        Outcome.Ok(new GraphPrediction(model.Levels, rows.Zeros + Arrays.Row(model.Answer.AsSpan())));

    public static Outcome<GraphPrediction> ErrorForest(ErrorForestModel model, GraphFrame rows, Scope scope) =>
        scope.Model(model.Forest, rows).Map(made => made.Levels.Count == 0 ? made with { Numbers = made.Numbers + model.Least } : made);

    private static Edge Vote(GraphPrediction prediction) => Arrays.Unit(prediction.Levels.Count).Gather(prediction.Codes());
}
