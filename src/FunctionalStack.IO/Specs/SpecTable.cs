using System.Reflection;

namespace FunctionalStack.IO;

/// <summary>Record types by the name that specs call them.</summary>
/// <param name="kind">What messages call one of them.</param>
/// <param name="types">Type by name.</param>
internal sealed class SpecTable<T>(string kind, Dictionary<string, Type> types) where T : class
{
    private readonly Dictionary<Type, (string Name, SpecParameters Parameters)> byType =
        types.ToDictionary(pair => pair.Value, pair => (pair.Key, new SpecParameters(pair.Key, pair.Value)));

    public IEnumerable<string> Names => types.Keys;

    public IEnumerable<Type> Types => types.Values;

    public SpecParameters ParametersOf(Type type) => byType[type].Parameters;

    /// <summary>The record called <paramref name="name"/> with <paramref name="parameters"/>, the others at their defaults.</summary>
    public T Read(SpecJson name, SpecJson? parameters) => types.TryGetValue(name.Text(), out var type)
        ? (T)byType[type].Parameters.Read(parameters)
        : throw name.Unknown(name.Text(), $"is not a {kind}", types.Keys, $"{char.ToUpperInvariant(kind[0])}{kind[1..]}s");

    /// <summary>A record's name and parameters.</summary>
    public (string Name, SpecParameters Parameters) Of(T record) => byType.TryGetValue(record.GetType(), out var known)
        ? known
        : throw new Refusal($"spec files have no name for {record.GetType()}", $"Use one of: {string.Join(", ", types.Keys)}.");
}
