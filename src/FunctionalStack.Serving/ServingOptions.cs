namespace FunctionalStack.Serving;

/// <summary>The models to serve, and the limits of a request.</summary>
/// <param name="Models">The models; at least one. The first is the default model. Names are distinct.</param>
public sealed record ServingOptions(EquatableArray<ModelSource> Models)
{
    /// <summary>The largest number of rows, or images, in a request.</summary>
    public int MaxRows { get; init; } = 100_000;

    /// <summary>The largest body of a request in bytes.</summary>
    public long MaxBodyBytes { get; init; } = 16 << 20;

    /// <summary>The longest time to read a body, and to predict its rows.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest number of requests that are predicted or wait for it at the same time. More are refused with status
    /// 429.</summary>
    public int MaxRequests { get; init; } = 256;

    /// <summary>The deepest nesting of JSON that is read. A request needs 3.</summary>
    public int MaxJsonDepth { get; init; } = 16;

    /// <summary>The number of threads for large requests, and of large requests that are predicted at the same time.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How often the model files are checked for changes; null for never. A changed file is loaded aside and replaces the model at
    /// once. If that fails, the model stays.</summary>
    public TimeSpan? WatchInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether <c>POST /NAME/reload</c> loads a model again.</summary>
    public bool AllowsReload { get; init; }

    /// <summary>The records that model files may have; null for the library's.</summary>
    public Catalogue? Catalogue { get; init; }

    /// <summary>Serves one model, with the name of its file.</summary>
    public static ServingOptions Of(string path) => new(EquatableArray.Of(ModelSource.Of(path)));

    /// <summary>Serves a further model.</summary>
    public ServingOptions With(string name, string path) => this with { Models = [.. Models, new ModelSource(name, path)] };

    internal Failure? Fault =>
        Models.Count == 0 ? new("the models", "there are none", "Give at least one model.")
        : Models.Select(model => model.Fault).FirstOrDefault(fault => fault is not null) is { } named ? named
        : Ensure.Twice(Models.Select(model => model.Name)) is { } twice
            ? new($"the model '{twice}'", "is given twice", "Give each model its own name: NAME=FILE.")
        : MaxRows < 1 || MaxBodyBytes < 1 || MaxRequests < 1 || MaxJsonDepth < 3 || Threads < 1 || Timeout <= TimeSpan.Zero
            || WatchInterval <= TimeSpan.Zero
            ? new("the limits", "one of them is below 1, or the depth of JSON below 3", "Give larger limits.")
        : null;
}
