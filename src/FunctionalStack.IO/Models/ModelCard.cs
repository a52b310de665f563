namespace FunctionalStack.IO;

/// <summary>
/// What a model file says about its model in words: enough to read new data the way the training data was read, and to
/// fit the model again. No clock and no path, so that equal fits make equal files.
/// </summary>
/// <param name="Target">The name of the column predicted.</param>
/// <param name="Levels">The classes, in order; empty where values are predicted.</param>
/// <param name="Schema">The feature columns the model was given, in order.</param>
/// <param name="Seed">The seed the fit was asked for.</param>
/// <param name="IdColumn">The column that names rows, if there is one; no feature.</param>
/// <param name="Spec">What was fitted, as JSON; null when the model was composed in code.</param>
/// <param name="Scores">How the model and its parts did, in the order reported.</param>
/// <param name="Metadata">Whatever else the writer wants to keep; distinct keys.</param>
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

    /// <summary>
    /// The same card without the columns that the model does not read: later rows need not have them, and nothing of what they
    /// hold is kept.
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
/// <param name="Mean">Over the folds.</param>
/// <param name="Std">Over the folds; NaN where there is one figure only.</param>
public sealed record ScoreCard(string Model, string Role, string Metric, double Mean, double Std = double.NaN);

/// <summary>A key and its text.</summary>
public sealed record MetadataCard(string Key, string Value);
