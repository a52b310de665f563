namespace FunctionalStack.IO;

/// <summary>What a journal's file holds: its key again, so that a file under another's name is noticed, and what was made.</summary>
internal abstract record JournalEntry(string Key, Values<Note> Notes)
{
    public sealed record Fit(string Key, IModel Model, Values<Note> Notes) : JournalEntry(Key, Notes);

    public sealed record Said(string Key, Prediction Prediction, Values<Note> Notes) : JournalEntry(Key, Notes);

    public static JournalEntry Of<T>(FitKey key, Outcome<T>.Ok made) where T : class => made.Value switch
    {
        IModel model => new Fit(key.Hex, model, made.Notes),
        Prediction prediction => new Said(key.Hex, prediction, made.Notes),
        _ => throw new ArgumentException($"a journal keeps models and predictions, not a {typeof(T)}", nameof(made)),
    };

    /// <summary>What it holds; null where that is none of the type asked for, or another key's.</summary>
    public Outcome<T>.Ok? As<T>(FitKey key) where T : class => Key != key.Hex ? null : this switch
    {
        Fit { Model: T model } => new(model, Notes),
        Said { Prediction: T prediction } => new(prediction, Notes),
        _ => null,
    };

    /// <summary>The registry with the records of entries besides. Predictions may be known to it: models hold some.</summary>
    public static ModelRegistry Registered(ModelRegistry registry) => Knowing<Prediction.Estimates>("journal.estimates", Knowing<Prediction.Probabilities>("journal.probabilities", registry
        .Add<Fit>("journal.fit")
        .Add<Said>("journal.prediction")
        .Add<Note>("journal.note")));

    private static ModelRegistry Knowing<T>(string tag, ModelRegistry registry) where T : notnull =>
        registry.WhyNot(typeof(T)) is null ? registry : registry.Add<T>(tag);
}
