using System.Diagnostics.CodeAnalysis;

namespace FunctionalStack;

/// <summary>
/// The name of a record type in model files. Files keep it forever: once released, a tag is never given to another type.
/// </summary>
public sealed record RecordTag
{
    // What a model file reads and writes by reflection; trimming keeps it for all types that have a tag.
    private const DynamicallyAccessedMemberTypes Kept =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties;

    private RecordTag(string tag, [DynamicallyAccessedMembers(Kept)] Type type, Func<IEnumerable<object?>, object> toList)
    {
        if (string.IsNullOrWhiteSpace(tag)) throw new ArgumentException($"The tag of {type} is empty. Give it a name.", nameof(tag));
        if (type.IsAbstract)
        {
            throw new ArgumentException($"'{tag}': {type} is abstract. Give tags to the records that derive from it.", nameof(tag));
        }

        (Tag, Type, ToList) = (tag, type, toList);
    }

    /// <summary>The name in files.</summary>
    public string Tag { get; }

    /// <summary>The record type.</summary>
    [DynamicallyAccessedMembers(Kept)]
    public Type Type { get; }

    /// <summary>The <see cref="EquatableArray{T}"/> of records of this type. Native AOT compiles it only where the type is named.</summary>
    internal Func<IEnumerable<object?>, object> ToList { get; }

    /// <summary>A tag for the record type <typeparamref name="T"/>, which is made of plain data (docs/model-format.md).</summary>
    /// <param name="tag">The name in files, such as <c>knn</c>. By convention a nested record is named <c>knn.part</c>.</param>
    /// <exception cref="ArgumentException">The tag is empty, or the type is an interface or abstract.</exception>
    public static RecordTag Of<[DynamicallyAccessedMembers(Kept)] T>(string tag) where T : notnull =>
        new(tag, typeof(T), items => EquatableArray.From(items.Cast<T>()));

    /// <summary>Tags are equal if they give the same name to the same type.</summary>
    public bool Equals(RecordTag? other) => other is not null && Tag == other.Tag && Type == other.Type;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Tag, Type);
}
