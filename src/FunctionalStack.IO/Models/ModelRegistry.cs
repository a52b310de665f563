using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace FunctionalStack.IO;

/// <summary>
/// The record types that a model file may hold, each under a stable tag: an allowlist. Loading makes these records and
/// nothing else; no type name is ever read from a file. Immutable.
/// </summary>
public sealed partial class ModelRegistry
{
    private readonly ImmutableDictionary<string, Type> types;
    private readonly ImmutableDictionary<Type, string> tags;
    private readonly ConcurrentDictionary<Type, RecordLayout> layouts = new();

    private ModelRegistry(ImmutableDictionary<string, Type> types, ImmutableDictionary<Type, string> tags) => (this.types, this.tags) = (types, tags);

    /// <summary>No types.</summary>
    public static ModelRegistry Empty => new(ImmutableDictionary<string, Type>.Empty, ImmutableDictionary<Type, string>.Empty);

    /// <summary>The tags, in ordinal order.</summary>
    public Values<string> Tags => Values.From(types.Keys.Order(StringComparer.Ordinal));

    /// <summary>With <typeparamref name="T"/> under <paramref name="tag"/>, which files will carry for ever.</summary>
    /// <exception cref="ArgumentException">The tag or the type is registered already, or the type is an interface or abstract.</exception>
    public ModelRegistry Add<T>(string tag) where T : notnull => typeof(T).IsAbstract
        ? throw new ArgumentException($"{typeof(T)} is abstract: register its cases", nameof(tag))
        : new(types.Add(tag, typeof(T)), tags.Add(typeof(T), tag));

    /// <summary>Whether a record of this type can be saved; the reason if not. For tests over all models of an assembly.</summary>
    public string? WhyNot(Type type)
    {
        try
        {
            if (!tags.ContainsKey(type)) return $"{type} is not registered";
            LayoutOf(type);
            return null;
        }
        catch (NotSupportedException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Whether a registered type can stand where <paramref name="declared"/> is asked for.</summary>
    internal bool Knows(Type declared) => tags.ContainsKey(declared) || (declared.IsAbstract && types.Values.Any(declared.IsAssignableFrom));

    internal RecordLayout LayoutOf(Type type) => tags.TryGetValue(type, out var tag)
        ? layouts.GetOrAdd(type, _ => new(tag, type, this))
        : throw new NotSupportedException($"{type} is not registered");

    internal RecordLayout? LayoutOf(string tag) => types.TryGetValue(tag, out var type) ? LayoutOf(type) : null;
}
