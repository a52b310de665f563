namespace FunctionalStack;

/// <summary>
/// What a fit gives: the model, and what was found on the way. It predicts as the model does, once the rows are read as the
/// training rows were.
/// </summary>
/// <param name="Model">The model alone: what a model file holds.</param>
public sealed record Trained(IModel Model) : IConformingModel
{
    /// <summary>The columns that the model reads, to which later rows are conformed; null for a part of a larger fit.</summary>
    public Schema? Schema { get; init; }

    /// <summary>
    /// Out-of-fold predictions of the training rows, where the spec holds a stack, whatever stands around it: each base's,
    /// then those of the meta-learner cross-fitted on them.
    /// </summary>
    public EquatableArray<OutOfFold> OutOfFold { get; init; }

    /// <summary>The score of each of <see cref="OutOfFold"/>, over all rows predicted, taken as one.</summary>
    /// <remarks>
    /// The stack's own has an optimistic bias: the inputs of its meta-learner were out of fold too, but came from models that
    /// had seen the row scored. <see cref="CrossValidation.Evaluate"/> has no such bias.
    /// </remarks>
    public EquatableArray<ScoredModel> Scores { get; init; }

    /// <summary>What a reader of the result should know; the same notes as the outcome's.</summary>
    public EquatableArray<Note> Notes { get; init; }

    /// <summary>Bases that a time budget left out: the model is what it would be had they never been named.</summary>
    public EquatableArray<string> Skipped { get; init; }

    /// <summary>One prediction a row, in row order. Columns are found by name; others than the model's play no part.</summary>
    /// <returns>
    /// Notes tell what was read otherwise than it stands, and count levels that training did not have. Fails as
    /// <see cref="FunctionalStack.Schema.Conform"/> and the model do.
    /// </returns>
    public Outcome<Prediction> Predict(Frame rows) => this.Conform(rows).Bind(Model.Predict);

    public EquatableArray<string> Needs(EquatableArray<string> columns) => Model.Needs(columns);

    /// <summary>As the result of a whole run.</summary>
    internal Trained Reported(Dataset data, EquatableArray<Note> notes, EquatableArray<string> skipped) => this with
    {
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

/// <summary>Predictions for training rows, each by models that never saw the row.</summary>
/// <param name="Name">The base, or the stack.</param>
/// <param name="Rows">The rows predicted, ascending; all of them unless the plan never holds some out.</param>
/// <param name="Prediction">One prediction for each of <see cref="Rows"/>.</param>
public sealed record OutOfFold(string Name, EquatableArray<int> Rows, Prediction Prediction)
{
    /// <summary><c>base</c>, or <c>stack</c> for the meta-learner's.</summary>
    public string Role { get; init; } = "base";

    /// <summary>The same, where the rows were themselves the rows <paramref name="covered"/> of something larger.</summary>
    internal OutOfFold Within(EquatableArray<int>? covered) => covered is { } rows ? this with { Rows = rows.At(Rows) } : this;
}
