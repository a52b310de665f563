namespace FunctionalStack;

/// <summary>Describes a type of transform: its name in specs and its maps.</summary>
public sealed class TransformEntry
{
    private TransformEntry(ITransform usual, string description, EquatableArray<RecordTag> maps)
    {
        if (string.IsNullOrWhiteSpace(usual.Name))
        {
            throw new ArgumentException($"The name of {usual.GetType()} is empty. Give it a name.", nameof(usual));
        }

        (Usual, Description, Maps) = (usual, description, maps);
    }

    /// <summary>The name in specs, taken from <see cref="Usual"/>.</summary>
    public string Name => Usual.Name;

    /// <summary>The record type of its parameters.</summary>
    public Type Type => Usual.GetType();

    /// <summary>The transform with every parameter at its default.</summary>
    public ITransform Usual { get; }

    /// <summary>A one-line description.</summary>
    public string Description { get; }

    /// <summary>Its maps and the records they contain. Entries that share a map each list it.</summary>
    public EquatableArray<RecordTag> Maps { get; }

    /// <summary>An entry for a transform.</summary>
    /// <param name="usual">The transform with its default parameters. Its name is the name in specs.</param>
    /// <param name="description">A one-line description.</param>
    /// <param name="maps">Its maps and the records they contain.</param>
    /// <exception cref="ArgumentException">The transform's name is empty.</exception>
    public static TransformEntry Of(ITransform usual, string description, EquatableArray<RecordTag> maps) => new(usual, description, maps);
}
