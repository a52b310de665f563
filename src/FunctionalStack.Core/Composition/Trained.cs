namespace FunctionalStack;

/// <summary>
/// The result of a fit: the model, its out-of-fold predictions, scores and notes. It predicts like the model, after
/// converting rows to the training schema.
/// </summary>
/// <param name="Model">The model alone, as saved in model files.</param>
public sealed record Trained(IModel Model) : IConformingModel
{
    /// <summary>The columns that the model reads, to which new rows are converted; null for a part of a larger fit.</summary>
    public Schema? Schema { get; init; }

    /// <summary>What the model was fitted on; null for a part of a larger fit.</summary>
    public FitOrigin? Origin { get; init; }

    /// <summary>
    /// Out-of-fold predictions of the training rows, if the spec contains a stack at any depth: first those of each base, then
    /// those of the cross-fitted meta-learner.
    /// </summary>
    public EquatableArray<OutOfFold> OutOfFold { get; init; }

    /// <summary>The score of each of <see cref="OutOfFold"/>, over all predicted rows together.</summary>
    /// <remarks>
    /// The stack's score is optimistically biased: its meta-learner was cross-fitted on out-of-fold predictions, but the models
    /// behind them were fitted on the scored row's target too. <see cref="CrossValidation.Evaluate"/> is not biased in this way.
    /// </remarks>
    public EquatableArray<ScoredModel> Scores { get; init; }

    /// <summary>The path of each search in the spec (<see cref="Tuned"/>), except those inside the fits of a leaf.</summary>
    public EquatableArray<SearchResult> Searches { get; init; }

    /// <summary>Notes about the fit; the same as the outcome's.</summary>
    public EquatableArray<Note> Notes { get; init; }

    /// <summary>Bases skipped because of a time budget. The model equals that of a stack without them.</summary>
    public EquatableArray<string> Skipped { get; init; }

    /// <summary>One prediction per row, in row order. Columns are found by name. Other columns are ignored.</summary>
    /// <returns>
    /// The predictions. Notes list converted values and count unseen levels. Fails like
    /// <see cref="FunctionalStack.Schema.Conform"/> and like the model.
    /// </returns>
    public Outcome<Prediction> Predict(Frame rows) => this.Conform(rows).Bind(Model.Predict);

    /// <summary>The scores as a table, best first (<see cref="Leaderboard"/>).</summary>
    public override string ToString() => Leaderboard.Of(this);

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) => Model.Needs(columns);

    /// <summary>As the result of a whole run.</summary>
    internal Trained Reported(Dataset data, Seed seed, EquatableArray<Note> notes, EquatableArray<string> skipped) => this with
    {
        Origin = FitOrigin.Of(data.Roles, seed),
        Schema = Schema.Of(data.Frame).Only(Model.Needs(data.Frame.Names)),
        Notes = notes,
        Skipped = skipped,
        Scores = EquatableArray.From(OutOfFold.Select(part => Score(part, data.Roles))),
    };

    private static ScoredModel Score(OutOfFold part, Roles roles)
    {
        var whole = new Fold(default, EquatableArray.Range(part.Rows.Count));
        return ScoredModel.Of(part.Name, part.Role, roles.Take(part.Rows), [whole], [part.Prediction]) with { OutOfFold = part };
    }
}

/// <summary>What a model file says about the rows and the seed of a fit.</summary>
/// <param name="Target">The name of the target (<see cref="Roles.TargetName"/>).</param>
/// <param name="Levels">The classes, in order; empty for a numeric target.</param>
/// <param name="IsOrdered">Whether the classes have an order.</param>
/// <param name="Seed">The seed of the fit.</param>
/// <param name="Id">The name of the column of row ids; null if there is none.</param>
public sealed record FitOrigin(string Target, EquatableArray<string> Levels, bool IsOrdered, Seed Seed, string? Id)
{
    internal static FitOrigin Of(Roles roles, Seed seed) => roles.Target is Target.Classes classes
        ? new(roles.TargetName, classes.Levels, classes.IsOrdered, seed, roles.IdName)
        : new(roles.TargetName, default, false, seed, roles.IdName);
}

/// <summary>Out-of-fold predictions: each from models that were not fitted on the row.</summary>
/// <param name="Name">The base, or the stack.</param>
/// <param name="Rows">The predicted rows, ascending: all rows, unless the plan never holds out some of them.</param>
/// <param name="Prediction">One prediction for each of <see cref="Rows"/>.</param>
public sealed record OutOfFold(string Name, EquatableArray<int> Rows, Prediction Prediction)
{
    /// <summary><c>base</c>, or <c>stack</c> for the meta-learner's.</summary>
    public string Role { get; init; } = "base";

    /// <summary>The folds: each row is predicted by the models of the folds that hold it out. Empty if they are not known.</summary>
    public EquatableArray<Fold> Folds { get; init; }

    /// <summary>The same with row numbers of a larger set of rows, of which <paramref name="covered"/> are these.</summary>
    internal OutOfFold Within(EquatableArray<int>? covered) => covered is not { } rows ? this : this with
    {
        Rows = rows.At(Rows),
        Folds = EquatableArray.From(Folds.Select(fold => new Fold(rows.At(fold.Train), rows.At(fold.Holdout)))),
    };
}
