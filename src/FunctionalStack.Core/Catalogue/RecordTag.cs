namespace FunctionalStack;

/// <summary>
/// The name under which model files keep records of a type. Files carry it for ever: once released, a tag is never given
/// to another type.
/// </summary>
public sealed record RecordTag
{
    /// <param name="tag">The name in files, such as <c>knn</c>; what is held inside another record by custom <c>knn.part</c>.</param>
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
