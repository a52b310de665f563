using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;

namespace FunctionalStack.IO;

/// <summary>
/// The record types that a model file may contain, each with a stable tag: an allowlist, created from a catalogue. Loading creates
/// only these records; no type name is ever read from a file. Immutable.
/// </summary>
internal sealed class ModelRegistry
{
    private readonly FrozenDictionary<string, Type> types;
    private readonly FrozenDictionary<Type, RecordTag> tags;
    private readonly ConcurrentDictionary<Type, RecordLayout> layouts = new();

    private ModelRegistry(Catalogue catalogue)
    {
        types = catalogue.Records.ToFrozenDictionary(record => record.Tag, record => record.Type);
        tags = catalogue.Records.ToFrozenDictionary(record => record.Type);
    }

    /// <summary>The library's records.</summary>
    public static ModelRegistry Default { get; } = new(Library.Catalogue);

    /// <summary>The records of a catalogue; null for the library's.</summary>
    public static ModelRegistry Of(Catalogue? catalogue) => catalogue is null || catalogue == Library.Catalogue ? Default : new(catalogue);

    /// <summary>Null if a record of this type can be saved; otherwise the reason.</summary>
    public string? WhyNot(Type type)
    {
        try
        {
            if (!tags.ContainsKey(type)) return $"{type} has no tag in the catalogue";
            LayoutOf(type);
            return null;
        }
        catch (NotSupportedException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Whether a registered type can be a value of the type <paramref name="declared"/>.</summary>
    internal bool Knows(Type declared) =>
        tags.ContainsKey(declared) || (declared.IsAbstract && types.Values.Any(declared.IsAssignableFrom));

    /// <summary>The tag of exactly this type; null if it has none.</summary>
    internal RecordTag? TagOf(Type type) => tags.GetValueOrDefault(type);

    internal RecordLayout LayoutOf(Type type) => tags.TryGetValue(type, out var tag)
        ? layouts.GetOrAdd(type, _ => new(tag.Tag, type, this))
        : type.GetCustomAttribute<NotInFilesAttribute>() is { } never ? throw new Refusal($"{type.Name}: {never.What}", never.Remedy)
        : throw new NotSupportedException($"{type} has no tag in the catalogue");

    internal RecordLayout? LayoutOf(string tag) => types.TryGetValue(tag, out var type) ? LayoutOf(type) : null;
}
