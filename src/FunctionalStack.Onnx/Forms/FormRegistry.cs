using System.Collections.Immutable;

namespace FunctionalStack.Onnx;

/// <summary>Adds a model to the graph.</summary>
internal delegate Outcome<GraphPrediction> ModelForm<in T>(T model, GraphFrame rows, Scope scope);

/// <summary>Adds a map to the graph.</summary>
internal delegate Outcome<GraphFrame> MapForm<in T>(T map, GraphFrame rows, Scope scope);

/// <summary>The forms of models and maps in ONNX, by type. Immutable.</summary>
internal sealed class FormRegistry
{
    private readonly ImmutableDictionary<Type, (string Name, ModelForm<IModel> Form)> models;
    private readonly ImmutableDictionary<Type, (string Name, MapForm<IMap> Form)> maps;

    private FormRegistry(ImmutableDictionary<Type, (string Name, ModelForm<IModel> Form)> models,
        ImmutableDictionary<Type, (string Name, MapForm<IMap> Form)> maps) =>
        (this.models, this.maps) = (models, maps);

    public static FormRegistry Empty { get; } = new(
        ImmutableDictionary<Type, (string Name, ModelForm<IModel> Form)>.Empty,
        ImmutableDictionary<Type, (string Name, MapForm<IMap> Form)>.Empty);

    /// <summary>The types that have a form.</summary>
    public IEnumerable<Type> Types => models.Keys.Concat(maps.Keys);

    /// <summary>Adds the form of a model.</summary>
    /// <param name="name">The name in paths; empty for a composition, whose parts have names.</param>
    /// <param name="form">The form.</param>
    public FormRegistry Model<T>(string name, ModelForm<T> form) where T : IModel =>
        new(models.Add(typeof(T), (name, (model, rows, scope) => form((T)model, rows, scope))), maps);

    /// <summary>Adds the form of a map.</summary>
    /// <param name="name">The name in paths; empty for a composition, whose parts have names.</param>
    /// <param name="form">The form.</param>
    public FormRegistry Map<T>(string name, MapForm<T> form) where T : IMap =>
        new(models, maps.Add(typeof(T), (name, (map, rows, scope) => form((T)map, rows, scope))));

    public (string Name, ModelForm<IModel> Form)? Of(IModel model) =>
        models.TryGetValue(model.GetType(), out var form) ? form : null;

    public (string Name, MapForm<IMap> Form)? Of(IMap map) => maps.TryGetValue(map.GetType(), out var form) ? form : null;
}
