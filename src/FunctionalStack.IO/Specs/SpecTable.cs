namespace FunctionalStack.IO;

/// <summary>Record types by their names in specs.</summary>
internal sealed class SpecTable<T> where T : class
{
    private readonly string kind;
    private readonly Dictionary<string, SpecParameters> byName;
    private readonly Dictionary<Type, (string Name, SpecParameters Parameters)> byType;

    /// <param name="kind">The kind in messages, such as <c>learner</c>.</param>
    /// <param name="types">Names and types, in the order of lists in messages.</param>
    /// <param name="all">All names, for learners that are parameters of others.</param>
    public SpecTable(string kind, IEnumerable<(string Name, Type Type)> types, SpecNames all)
    {
        this.kind = kind;
        byType = types.ToDictionary(pair => pair.Type, pair => (pair.Name, new SpecParameters(pair.Name, pair.Type, all)));
        byName = byType.Values.ToDictionary(pair => pair.Name, pair => pair.Parameters);
    }

    public IEnumerable<string> Names => byName.Keys;

    public IEnumerable<Type> Types => byType.Keys;

    public SpecParameters ParametersOf(Type type) => byType[type].Parameters;

    /// <summary>The record <paramref name="name"/> with <paramref name="parameters"/> and defaults for the others.</summary>
    public T Read(SpecJson name, SpecJson? parameters) => byName.TryGetValue(name.Text(), out var known)
        ? (T)known.Read(parameters)
        : throw name.Unknown(name.Text(), $"is not a {kind}", Names, $"{char.ToUpperInvariant(kind[0])}{kind[1..]}s");

    /// <summary>The name and the parameters of a record.</summary>
    public (string Name, SpecParameters Parameters) Of(T record) => byType.TryGetValue(record.GetType(), out var known)
        ? known
        : throw new Refusal($"spec files have no name for {record.GetType()}", $"Use one of: {string.Join(", ", Names)}.");
}
