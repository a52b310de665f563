namespace FunctionalStack.IO;

/// <summary>The content of a journal's file: its key, so that a renamed file is detected, and the result.</summary>
internal abstract record JournalEntry(string Key, EquatableArray<Note> Notes)
{
    public sealed record Fit(string Key, IModel Model, EquatableArray<Note> Notes) : JournalEntry(Key, Notes);

    public sealed record Predicted(string Key, Prediction Prediction, EquatableArray<Note> Notes) : JournalEntry(Key, Notes);

    public static JournalEntry Of<T>(FitKey key, Outcome<T>.Ok made) where T : class => made.Value switch
    {
        IModel model => new Fit(key.Hex, model, made.Notes),
        Prediction prediction => new Predicted(key.Hex, prediction, made.Notes),
        _ => throw new ArgumentException($"a journal keeps models and predictions, not a {typeof(T)}", nameof(made)),
    };

    /// <summary>The result; null if it is not of the type asked for, or has another key.</summary>
    public Outcome<T>.Ok? As<T>(FitKey key) where T : class => Key != key.Hex ? null : this switch
    {
        Fit { Model: T model } => new(model, Notes),
        Predicted { Prediction: T prediction } => new(prediction, Notes),
        _ => null,
    };

    /// <summary>The records of a catalogue and those of journal entries. Predictions may be in both, since some models contain
    /// them.</summary>
    public static ModelRegistry Registered(Catalogue catalogue) => ModelRegistry.Of(new[]
    {
        RecordTag.Of<Fit>("journal.fit"),
        RecordTag.Of<Predicted>("journal.prediction"),
        RecordTag.Of<Note>("journal.note"),
        RecordTag.Of<Prediction.Probabilities>("journal.probabilities"),
        RecordTag.Of<Prediction.Numeric>("journal.estimates"),
    }.Where(record => catalogue.Records.All(known => known.Type != record.Type)).Aggregate(catalogue, (all, record) => all.With(record)));
}
