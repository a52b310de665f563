using FunctionalStack.IO;

namespace FunctionalStack.Serving;

/// <summary>The models of a service, each loaded from a file. A changed file replaces its model without a request noticing; if it cannot
/// be loaded, the model stays. Thread-safe.</summary>
public sealed class ModelStore : IDisposable
{
    private readonly Dictionary<string, ModelSlot> slots;
    private readonly Timer? watch;
    private readonly Action<string> log;

    private ModelStore(ServingOptions options, IReadOnlyList<ModelSlot> all, Action<string> log)
    {
        (Options, this.log) = (options, log);
        slots = all.ToDictionary(slot => slot.Source.Name, StringComparer.Ordinal);
        Default = all[0];
        All = all;
        Executor = FunctionalStack.Executor.Threads(options.Threads);
        Gate = new(options);
        if (options.WatchInterval is { } interval) watch = new(_ => ReloadChanged(), null, interval, interval);
    }

    /// <summary>The options.</summary>
    public ServingOptions Options { get; }

    /// <summary>The names of the models, in the order given.</summary>
    public EquatableArray<string> Names => EquatableArray.From(All.Select(slot => slot.Source.Name));

    internal IReadOnlyList<ModelSlot> All { get; }

    internal ModelSlot Default { get; }

    internal IExecutor Executor { get; }

    internal RequestGate Gate { get; }

    /// <summary>Loads all models. Fails if one cannot be loaded, or if the options are not valid.</summary>
    /// <param name="options">The models and the limits.</param>
    /// <param name="log">Gets a line for each reload; null for none.</param>
    public static Outcome<ModelStore> Open(ServingOptions options, Action<string>? log = null) => options.Fault is { } fault
        ? new Outcome<ModelStore>.Fail(fault)
        : Outcome.All(options.Models.Select(source =>
        {
            var stamp = ModelSlot.StampOf(source.Path);
            return ServedModel.Load(source, options.Catalogue).Map(model => new ModelSlot(source, model, stamp));
        })).Map(all => new ModelStore(options, [.. all], log ?? (_ => { })));

    /// <summary>The card of a model; null if there is none of that name.</summary>
    public ModelCard? Card(string name) => Find(name)?.Current.Card;

    /// <summary>The SHA-256 of the file of a model, in hexadecimal; null if there is none of that name.</summary>
    public string? Digest(string name) => Find(name)?.Current.Digest;

    /// <summary>Loads the file of a model again.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The digest of the new model. Fails if there is no such model, or if the file cannot be loaded; the model then
    /// stays.</returns>
    public Outcome<string> Reload(string name)
    {
        if (Find(name) is not { } slot)
            return Outcome.Fail<string>("the models", $"there is no '{name}'", $"Give one of {Listed.Some([.. Names])}.");
        var loaded = slot.Reload(Options.Catalogue);
        ServingMetrics.Reloaded(name, loaded is Outcome<ServedModel>.Ok);
        log(loaded.Match(
            model => $"model '{name}' loaded again, SHA-256 {model.Digest[..12]}",
            failure => $"model '{name}' stays, since it cannot be loaded again: {failure}"));
        return loaded.Map(model => model.Digest);
    }

    /// <summary>Stops watching the files.</summary>
    public void Dispose() => watch?.Dispose();

    internal ModelSlot? Find(string name) => slots.GetValueOrDefault(name);

    private void ReloadChanged()
    {
        foreach (var slot in All.Where(slot => slot.HasChanged)) Reload(slot.Source.Name);
    }
}
