namespace FunctionalStack;

/// <summary>A fitted stack with what its parts said out of fold.</summary>
/// <param name="Model">Equal to what <see cref="Stack.Fit"/> gives.</param>
/// <param name="OutOfFold">Each base's out-of-fold predictions, then those of the meta learner cross-fitted on them, named <c>stack</c>.</param>
public sealed record StackFit(IModel Model, Values<OutOfFold> OutOfFold)
{
    /// <summary>Bases that a time budget left out: the rest is what it would be had they never been named.</summary>
    public Values<string> Skipped { get; init; }

    /// <summary>Each part's score over the rows predicted out of fold, taken as one.</summary>
    /// <remarks>
    /// The meta learner's is measured on level two: its inputs were out of fold too, but came from models that saw the
    /// row it is scored on, so it leans to the bright side. <see cref="CrossValidation.Evaluate"/> doesn't.
    /// </remarks>
    public Values<Contender> Scores(Roles roles) => Values.From(OutOfFold.Select((part, i) => Contender.Of(
        part.Name,
        i == OutOfFold.Count - 1 ? "stack" : "base",
        roles.Take(part.Rows),
        [new Fold(default, Values.Range(part.Rows.Count))],
        [part.Prediction]) with
    { OutOfFold = part }));
}

public static class StackFitting
{
    /// <summary>Fits a stack and keeps what its bases and its meta learner said out of fold.</summary>
    public static Outcome<StackFit> FitStack(
        this IExecutor executor, Stack stack, Dataset data, Seed seed,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        var pipeline = stack.Expand();
        var graph = new FitGraph();
        var scope = graph.Over(data);
        var model = scope.Fit(stack, seed);
        var level = scope.Fit(pipeline.Transform, seed.Fork("transform"));
        var upper = scope.After(pipeline.Transform, level);
        var meta = upper.Fit(stack.Meta.CrossFit(stack.Name, stack.Plan), seed.Fork("level two"));
        executor.Run(graph, progress, cancellation);
        return from whole in model.Value
               from covered in pipeline.Transform.Covered(data.Roles)
               from bases in level.Value
               from above in meta.Value
               select new StackFit(whole, [.. bases.OutOfFold, .. above.OutOfFold.Select(part => part.Within(covered))]) { Skipped = graph.Skipped };
    }
}
