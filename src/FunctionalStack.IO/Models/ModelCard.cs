namespace FunctionalStack.IO;

/// <summary>
/// The description of a model in a model file: everything needed to read new data in the format of the training data, and to fit
/// the model again. It has no time stamp and no path, so that equal fits give equal files.
/// </summary>
/// <param name="Target">The name of the target column.</param>
/// <param name="Levels">The classes, in order; empty for a numeric target.</param>
/// <param name="Schema">The schema of the feature columns that the model was given, in order.</param>
/// <param name="Seed">The seed of the fit.</param>
/// <param name="IdColumn">The column of row ids, if any; it is not a feature.</param>
/// <param name="Spec">The spec as JSON; null if the model was composed in code.</param>
/// <param name="Scores">The scores of the model and its parts, in the order reported.</param>
/// <param name="Metadata">Other information; keys are distinct.</param>
public sealed record ModelCard(
    string Target,
    EquatableArray<string> Levels,
    Schema Schema,
    long Seed,
    string? IdColumn = null,
    string? Spec = null,
    EquatableArray<ScoreCard> Scores = default,
    EquatableArray<MetadataCard> Metadata = default)
{
    /// <summary>The version of the library that wrote the card.</summary>
    public string Library { get; init; } = typeof(ModelCard).Assembly.GetName().Version!.ToString(3);

    /// <summary><c>classification</c> or <c>regression</c>.</summary>
    public string Task => Levels.Count > 0 ? "classification" : "regression";

    /// <summary>The card of a model fitted to <paramref name="data"/>.</summary>
    public static ModelCard Of(Dataset data, string target, long seed) => new(
        target,
        data.Target is FunctionalStack.Target.Classes classes ? classes.Levels : default,
        Schema.Of(data.Frame),
        seed);

    /// <summary>The card of a fit: the names, the seed and the scores are known to it.</summary>
    /// <param name="fit">The result of a fit.</param>
    /// <param name="spec">The spec that was fitted; null if the model was composed in code. Bases that were skipped are left out.</param>
    /// <param name="catalogue">The names of the spec's learners; null for the library's.</param>
    /// <returns>Fails for a part of a larger fit, which does not know its rows, and for a spec that has no form as JSON.</returns>
    public static Outcome<ModelCard> Of(Trained fit, StackSpec? spec = null, Catalogue? catalogue = null) =>
        fit is not { Origin: { } origin, Schema: { } schema }
            ? Outcome.Fail<ModelCard>("the model", "does not know the rows that it was fitted on",
                "Use the result of Fit, or give ModelFile.Save a card.")
            : (spec is null ? Outcome.Ok<string?>(null) : SpecFile.Write(spec.Without(fit.Skipped), catalogue).Map(json => (string?)json))
                .Map(json => new ModelCard(origin.Target, origin.Levels, schema, origin.Seed.Number, origin.Id, json,
                    EquatableArray.From(fit.Scores.SelectMany(model => model.Scores.Select(score =>
                        new ScoreCard(model.Name, model.Role, score.Metric, score.Mean)))),
                    CardMetadata.Of(fit)));

    /// <summary>
    /// The card without the columns that the model does not read: new rows need not have them, and nothing about their content is
    /// kept.
    /// </summary>
    public ModelCard For(IModel model)
    {
        var needed = Schema.Only(model.Needs(EquatableArray.From(Schema.Columns.Select(column => column.Name))));
        return needed.Equals(Schema) ? this : this with { Schema = needed };
    }
}

/// <summary>One metric of one model over the folds.</summary>
/// <param name="Model">The base's name, or <c>stack</c>.</param>
/// <param name="Role"><c>base</c>, <c>stack</c> or <c>learner</c>.</param>
/// <param name="Metric">For example <c>accuracy</c>, <c>logLoss</c>, <c>rmse</c>.</param>
/// <param name="Mean">The mean over the folds.</param>
/// <param name="Std">The standard deviation over the folds; NaN for a single value.</param>
public sealed record ScoreCard(string Model, string Role, string Metric, double Mean, double Std = double.NaN);

/// <summary>A key with its text.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The text.</param>
public sealed record MetadataCard(string Key, string Value);
