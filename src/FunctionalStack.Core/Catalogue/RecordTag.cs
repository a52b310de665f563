namespace FunctionalStack;

/// <summary>
/// The name of a record type in model files. Files keep it forever: once released, a tag is never given to another type.
/// </summary>
public sealed record RecordTag
{
    /// <summary>A tag for a record type.</summary>
    /// <param name="tag">The name in files, such as <c>knn</c>. By convention a nested record is named <c>knn.part</c>.</param>
    /// <param name="type">A record type of plain data (docs/model-format.md).</param>
    /// <exception cref="ArgumentException">The tag is empty, or the type is an interface or abstract.</exception>
    public RecordTag(string tag, Type type)
    {
        if (string.IsNullOrWhiteSpace(tag)) throw new ArgumentException($"The tag of {type} is empty. Give it a name.", nameof(tag));
        if (type.IsAbstract)
        {
            throw new ArgumentException($"'{tag}': {type} is abstract. Give tags to the records that derive from it.", nameof(type));
        }

        (Tag, Type) = (tag, type);
    }

    /// <summary>The name in files.</summary>
    public string Tag { get; }

    /// <summary>The record type.</summary>
    public Type Type { get; }

    /// <summary>The tag of <typeparamref name="T"/>.</summary>
    /// <exception cref="ArgumentException">The tag is empty, or the type is an interface or abstract.</exception>
    public static RecordTag Of<T>(string tag) where T : notnull => new(tag, typeof(T));
}
