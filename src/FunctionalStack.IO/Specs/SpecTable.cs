namespace FunctionalStack.IO;

/// <summary>Record types by the name that specs call them.</summary>
internal sealed class SpecTable<T> where T : class
{
    private readonly string kind;
    private readonly Dictionary<string, SpecParameters> byName;
    private readonly Dictionary<Type, (string Name, SpecParameters Parameters)> byType;

    /// <param name="kind">What messages call one of them.</param>
    /// <param name="types">Name and type, in the order of lists of names.</param>
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

    /// <summary>The record called <paramref name="name"/> with <paramref name="parameters"/>, the others at their defaults.</summary>
    public T Read(SpecJson name, SpecJson? parameters) => byName.TryGetValue(name.Text(), out var known)
        ? (T)known.Read(parameters)
        : throw name.Unknown(name.Text(), $"is not a {kind}", Names, $"{char.ToUpperInvariant(kind[0])}{kind[1..]}s");

    /// <summary>A record's name and parameters.</summary>
    public (string Name, SpecParameters Parameters) Of(T record) => byType.TryGetValue(record.GetType(), out var known)
        ? known
        : throw new Refusal($"spec files have no name for {record.GetType()}", $"Use one of: {string.Join(", ", Names)}.");
}
