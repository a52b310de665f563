namespace FunctionalStack;

/// <summary>Which model of a cross-fitted base predicts new rows.</summary>
public enum Combine
{
    /// <summary>The mean of the K fold models: K fits.</summary>
    Average,

    /// <summary>One more model, fitted on all training rows: K + 1 fits.</summary>
    Refit,
}

/// <summary>
/// A learner used as a transform. Each training row gets an out-of-fold prediction, from a model that was not fitted on the row.
/// New rows get the mean prediction of the fold models, or that of one refit. This is one base of stacked generalization (Wolpert 1992).
/// </summary>
/// <param name="Name">The base's name, used as prefix of its columns.</param>
/// <param name="Learner">The learner, fitted K or K + 1 times.</param>
/// <param name="Plan">The folds.</param>
/// <param name="Combine">Which model predicts new rows.</param>
/// <param name="StackColumns">How predictions become columns.</param>
public sealed record CrossFit(string Name, ILearner Learner, FoldPlan Plan, Combine Combine, StackColumns StackColumns)
    : ICompositeTransform
{
    bool ITransform.MakesPredictions => true;

    Frame? ITransform.Outline(Frame columns, Target target) => StackColumns.Columns(
        Name, target is Target.Classes classes ? new Prediction.Probabilities(classes.Levels, default) : new Prediction.Numeric(default));

    IEnumerable<Component> ISpec.Components => [new(Name, Learner)];

    FittedTransform ICompositeTransform.Fit(FitRows rows, Seed seed) =>
        Fit(rows, seed, rows.Split(Plan.Seeded(FoldPlan.SeedOf(seed))).At(Name));

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
            var final = refit is null ? EquatableArray.From(pieces.Select(piece => piece.Model.Trained)) : [refit.Trained];
            return new(rows.Join([.. pieces.Select(piece => piece.Prediction), .. final], () =>
                from predictions in Outcome.All(pieces.Select(piece => piece.Prediction.Outcome))
                from models in Outcome.All(final.Select(model => refit is null ? model.Outcome.WithoutNotes() : model.Outcome))
                let assembled = Prediction.Assemble([.. pieces.Select((piece, i) => (piece.Holdout, predictions[i]))], covered)
                let map = new CrossFitMap(Name, EquatableArray.From(models.Select(one => one.Model)), StackColumns)
                from noted in Outcome.Ok(new Fitted(StackColumns.Columns(Name, assembled),
                    map)
                {
                    OutOfFold = [new(Name, covered, assembled) { Folds = folds }],
                    Searches = EquatableArray.From(models.SelectMany(one => one.Searches.Select(search => search.At(Name)))),
                }).Noting([.. split.Notes, .. absent])
                select noted), covered.Count < rows.Count ? covered : null);
        },
        failure => new(rows.Failed<Fitted>(failure), null));

    /// <summary>The seed of the refit on all rows.</summary>
    internal static Seed RefitSeed(Seed seed) => seed.Fork("refit");

    private string FoldName(int index, EquatableArray<Fold> folds) => $"{Name}, fold {index + 1} of {folds.Count}";

    // Rows without weight are ignored, by learners and so by these notes.
    private EquatableArray<Note> AbsentClasses(Roles roles, EquatableArray<Fold> folds)
    {
        if (roles.Target is not Target.Classes classes) return default;
        var all = classes.Mass(roles.Weights);
        return EquatableArray.From(folds.SelectMany((fold, i) =>
        {
            var mass = ((Target.Classes)classes.Take(fold.Train)).Mass(roles.Weights?.At(fold.Train));
            var absent = Enumerable.Range(0, all.Length).Where(code => all[code] > 0 && mass[code] == 0)
                .Select(code => $"'{classes.Levels[code]}'").ToArray();
            return absent.Length == 0 ? default : EquatableArray.Of(new Note(FoldName(i, folds), absent.Length == 1
                ? $"no training row has class {absent[0]}, so it gets probability 0 there"
                : $"no training row has the {absent.Length} classes {Listed.Some(absent)}, so they get probability 0 there"));
        }));
    }
}

/// <summary>The mean prediction of the fold models (or that of the refit), as columns.</summary>
/// <param name="Name">The base's name, used as prefix of its columns.</param>
/// <param name="Models">The fold models, or the one refit.</param>
/// <param name="StackColumns">How predictions become columns.</param>
public sealed record CrossFitMap(string Name, EquatableArray<IModel> Models, [FormerName("StackOn")] StackColumns StackColumns)
    : IRowwiseMap
{
    /// <inheritdoc/>
    public Outcome<Frame> Apply(Frame rows) => Predict(rows).Map(prediction => StackColumns.Columns(Name, prediction));

    RowMap? IRowwiseMap.ForRow(Frame columns) => Rowwise.Of(new AveragedModel(Models), columns) is { } model
        ? new(StackColumns.Columns(Name, model.Outline), new ChainedFunction(model.Function, StackColumns.ForRow(model.Outline)))
        : null;

    /// <summary>The base's prediction, before it becomes columns.</summary>
    public Outcome<Prediction> Predict(Frame rows) => new AveragedModel(Models).Predict(rows);

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) => Models.NeededOf(columns);
}
