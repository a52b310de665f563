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
/// A learner as a transform: the training rows get out-of-fold predictions, each made by a model that never saw the row;
/// later rows get the mean of the fold models, or one refit. This is stacked generalization (Wolpert 1992) in one part.
/// </summary>
/// <param name="Name">Names the columns made.</param>
/// <param name="Learner">What is fitted, K or K + 1 times.</param>
/// <param name="Plan">The folds.</param>
/// <param name="Combine">Which model answers for later rows.</param>
/// <param name="StackColumns">How predictions become columns.</param>
public sealed record CrossFit(string Name, ILearner Learner, FoldPlan Plan, Combine Combine, StackColumns StackColumns) : ICompositeTransform
{
    bool ITransform.MakesPredictions => true;

    Frame? ITransform.Outline(Frame columns, Target target) => StackColumns.Columns(
        Name, target is Target.Classes classes ? new Prediction.Probabilities(classes.Levels, default) : new Prediction.Numeric(default));

    IEnumerable<Component> ISpec.Components => [new(Name, Learner)];

    FittedTransform ICompositeTransform.Fit(FitRows rows, Seed seed) => Fit(rows, seed, rows.Split(Plan.Seeded(FoldPlan.SeedOf(seed))).At(Name));

    private FittedTransform Fit(FitRows rows, Seed seed, Outcome<EquatableArray<Fold>> split) => split.Match<FittedTransform>(
        folds =>
        {
            var pieces = folds.Select((fold, i) =>
            {
                var model = rows.Take(fold.Train).Fit(Learner, seed.Fork("fold").Fork(i), FoldName(i, folds));
                return (fold.Holdout, Model: model, Prediction: model.Predict(rows.Take(fold.Holdout)));
            }).ToArray();
            var refit = Combine == Combine.Refit ? rows.Unscored.Fit(Learner, RefitSeed(seed), $"{Name}, refit") : null;
            var covered = FoldPlan.Covered(folds);
            var absent = AbsentClasses(rows.Roles, folds);
            // The notes of fold models come with their predictions.
            var answering = refit is null ? EquatableArray.From(pieces.Select(piece => piece.Model.Trained)) : [refit.Trained];
            return new(rows.Join([.. pieces.Select(piece => piece.Prediction), .. answering], () =>
                from predictions in Outcome.All(pieces.Select(piece => piece.Prediction.Outcome))
                from models in Outcome.All(answering.Select(model => refit is null ? model.Outcome.WithoutNotes() : model.Outcome))
                let assembled = Prediction.Assemble([.. pieces.Select((piece, i) => (piece.Holdout, predictions[i]))], covered)
                let map = new CrossFitMap(Name, EquatableArray.From(models.Select(one => one.Model)), StackColumns)
                from noted in Outcome.Ok(new Fitted(StackColumns.Columns(Name, assembled), map) { OutOfFold = [new(Name, covered, assembled)] }).Noting([.. split.Notes, .. absent])
                select noted), covered.Count < rows.Count ? covered : null);
        },
        failure => new(rows.Failed<Fitted>(failure), null));

    /// <summary>The seed of the refit on all rows.</summary>
    internal static Seed RefitSeed(Seed seed) => seed.Fork("refit");

    private string FoldName(int index, EquatableArray<Fold> folds) => $"{Name}, fold {index + 1} of {folds.Count}";

    // Rows without weight are as good as absent, to a learner and so to these notes.
    private EquatableArray<Note> AbsentClasses(Roles roles, EquatableArray<Fold> folds)
    {
        if (roles.Target is not Target.Classes classes) return default;
        var all = classes.Mass(roles.Weights);
        return EquatableArray.From(folds.SelectMany((fold, i) =>
        {
            var mass = ((Target.Classes)classes.Take(fold.Train)).Mass(roles.Weights?.At(fold.Train));
            return Enumerable.Range(0, all.Length).Where(code => all[code] > 0 && mass[code] == 0).Select(code =>
                new Note(FoldName(i, folds), $"no training row has class '{classes.Levels[code]}', so it gets probability 0 there"));
        }));
    }
}

/// <summary>The mean prediction of the fold models (or of the one refit), as columns.</summary>
public sealed record CrossFitMap(string Name, EquatableArray<IModel> Models, [FormerName("StackOn")] StackColumns StackColumns) : IMap
{
    public Outcome<Frame> Apply(Frame rows) => Predict(rows).Map(prediction => StackColumns.Columns(Name, prediction));

    /// <summary>The base's own prediction, before it becomes columns.</summary>
    public Outcome<Prediction> Predict(Frame rows) => new AveragedModel(Models).Predict(rows);

    public EquatableArray<string> Needs(EquatableArray<string> columns) => Models.NeededOf(columns);
}
