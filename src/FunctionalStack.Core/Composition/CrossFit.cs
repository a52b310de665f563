namespace FunctionalStack;

/// <summary>Which model of a cross-fitted base answers for later rows.</summary>
public enum Combine
{
    /// <summary>The mean of the K fold models: K fits.</summary>
    Average,

    /// <summary>One more model, fitted on all rows: K + 1 fits.</summary>
    Refit,
}

/// <summary>
/// A learner as a transform: the training rows see out-of-fold predictions, each made by a model that never saw the row;
/// later rows see the mean of the fold models, or one refit. This is stacked generalization (Wolpert 1992) in one part.
/// </summary>
/// <param name="Name">Names the columns made.</param>
/// <param name="Learner">What is fitted, K or K + 1 times.</param>
/// <param name="Plan">The folds.</param>
/// <param name="Combine">Which model answers for later rows.</param>
/// <param name="StackOn">How predictions become columns.</param>
public sealed record CrossFit(string Name, ILearner Learner, FoldPlan Plan, Combine Combine, StackOn StackOn) : IGraphTransform
{
    public Outcome<Fitted> Fit(Dataset data, Seed seed) => Plan.Split(data.Roles).At(Name).Bind(folds => (
        from pieces in Outcome.All(folds.Select((fold, i) => Learner.Fit(data.Take(fold.Train), FoldSeed(seed, i)).At(FoldName(i, folds))
            .Bind(model => model.Predict(data.Frame.Take(fold.Holdout)).At(FoldName(i, folds)).Map(predicted => new Piece(fold.Holdout, model, predicted)))))
        from refit in Combine == Combine.Refit ? Learner.Fit(data, RefitSeed(seed)).At($"{Name}, refit") : Outcome.Ok<IModel>(null!)
        select Assemble(folds, pieces, refit)).Noting(AbsentClasses(data.Roles, folds)));

    public Outcome<Values<int>?> Covered(Roles roles) => Plan.Covered(roles).At(Name);

    Deferred<Outcome<Fitted>> IGraphTransform.Unfold(FitScope scope, Seed seed) => Plan.Split(scope.Roles).At(Name).Match(
        folds =>
        {
            var pieces = folds.Select((fold, i) =>
            {
                var train = scope.Take(fold.Train, FoldName(i, folds));
                var model = train.Fit(Learner, FoldSeed(seed, i));
                return (fold.Holdout, Model: model, Said: train.Predict(Learner, FoldSeed(seed, i), model, scope, fold.Holdout, FoldName(i, folds)));
            }).ToArray();
            var refit = Combine == Combine.Refit ? scope.Fit(Learner, RefitSeed(seed), $"{Name}, refit") : null;
            return scope.Task(Name, [.. pieces.Select(piece => piece.Said), .. refit is null ? Array.Empty<Deferred>() : [refit]], () =>
                (from all in Outcome.All(pieces.Select(piece => piece.Said.Value.Bind(said => piece.Model.Value.WithoutNotes().Map(model => new Piece(piece.Holdout, model, said)))))
                 from whole in refit is null ? Outcome.Ok<IModel>(null!) : refit.Value.At($"{Name}, refit")
                 select Assemble(folds, all, whole)).Noting(AbsentClasses(scope.Roles, folds)));
        },
        failure => scope.Failed<Fitted>(failure));

    /// <summary>The seed of fold <paramref name="index"/>'s fit, and of the refit.</summary>
    internal static Seed FoldSeed(Seed seed, int index) => seed.Fork("fold").Fork(index);

    internal static Seed RefitSeed(Seed seed) => seed.Fork("refit");

    private string FoldName(int index, Values<Fold> folds) => $"{Name}, fold {index + 1} of {folds.Count}";

    private Fitted Assemble(Values<Fold> folds, Values<Piece> pieces, IModel? refit)
    {
        var covered = FoldPlan.Covered(folds);
        var outOfFold = Prediction.Assemble([.. pieces.Select(piece => (piece.Holdout, piece.Prediction))], covered);
        var models = refit is null ? Values.From(pieces.Select(piece => piece.Model)) : Values.Of(refit);
        return new(StackOn.Columns(Name, outOfFold), new CrossFitMap(Name, models, StackOn)) { OutOfFold = [new(Name, covered, outOfFold)] };
    }

    // Rows without weight are as good as absent, to a learner and so to these notes.
    private Values<Note> AbsentClasses(Roles roles, Values<Fold> folds)
    {
        if (roles.Target is not Target.Classes classes) return default;
        var all = classes.Mass(roles.Weights);
        return Values.From(folds.SelectMany((fold, i) =>
        {
            var mass = ((Target.Classes)classes.Take(fold.Train)).Mass(roles.Weights?.At(fold.Train));
            return Enumerable.Range(0, all.Length).Where(code => all[code] > 0 && mass[code] == 0).Select(code =>
                new Note(FoldName(i, folds), $"no training row has class '{classes.Levels[code]}', so it gets probability 0 there"));
        }));
    }

    private sealed record Piece(Values<int> Holdout, IModel Model, Prediction Prediction);
}

/// <summary>The mean prediction of the fold models (or of the one refit), as columns.</summary>
public sealed record CrossFitMap(string Name, Values<IModel> Models, StackOn StackOn) : IMap
{
    public Outcome<Frame> Apply(Frame rows) => Predict(rows).Map(prediction => StackOn.Columns(Name, prediction));

    /// <summary>The base's own prediction, before it becomes columns.</summary>
    public Outcome<Prediction> Predict(Frame rows) => Outcome.All(Models.Select(model => model.Predict(rows))).Map(predictions => Prediction.Mean(predictions));
}
