namespace FunctionalStack;

/// <summary>What the library knows of a type of transform: its name in specs and the maps it makes.</summary>
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

    /// <summary>The name in specs: that of <see cref="Usual"/>.</summary>
    public string Name => Usual.Name;

    /// <summary>The record type of its parameters.</summary>
    public Type Type => Usual.GetType();

    /// <summary>The transform with every parameter at its default.</summary>
    public ITransform Usual { get; }

    /// <summary>One line: what it does.</summary>
    public string Description { get; }

    /// <summary>Its maps and the records that these hold. Entries that make the same map each list it.</summary>
    public EquatableArray<RecordTag> Maps { get; }

    /// <summary>An entry.</summary>
    /// <param name="usual">The transform as its constructor's defaults have it; its name is the name in specs.</param>
    /// <param name="description">One line: what it does.</param>
    /// <param name="maps">Its maps and the records that these hold.</param>
    /// <exception cref="ArgumentException">The transform's name is empty.</exception>
    public static TransformEntry Of(ITransform usual, string description, EquatableArray<RecordTag> maps) => new(usual, description, maps);
}
