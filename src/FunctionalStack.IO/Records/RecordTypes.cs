using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;

namespace FunctionalStack.IO;

/// <summary>
/// A language's rules for types: which members of a record are its fields, which types are optional or have named cases, and how
/// its code is written in remedies. This class has C#'s rules; F# derives from it.
/// </summary>
public class RecordTypes
{
    /// <summary>C#'s rules.</summary>
    public static RecordTypes Usual { get; } = new();

    /// <summary>The readable public properties of a record, in declaration order, base classes first; those of an interface with those that
    /// it inherits. Of properties with one name, it is the one of the most derived class. Programs compiled by Native AOT do not know the
    /// order of declaration, and have that of reflection.</summary>
    public virtual IReadOnlyList<PropertyInfo> FieldsOf(Type record) =>
    [
        .. (record.IsInterface ? [record, .. record.GetInterfaces()] : (Type[])[record])
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
            .GroupBy(property => property.Name, (_, alike) => alike.MaxBy(property => Depth(property.DeclaringType!))!)
            .OrderBy(property => Depth(property.DeclaringType!))
            .ThenBy(property => property.HasMetadataToken() ? property.MetadataToken : 0),
    ];

    // Expressions find the properties by name, so that trimming does not see their use.
    /// <summary>Deconstructs an optional value; null if its type is not optional.</summary>
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(Nullable<>))]
    public virtual OptionalValue? Optional(Expression value) => Nullable.GetUnderlyingType(value.Type) is null
        ? null
        : new(Expression.Property(value, nameof(Nullable<>.HasValue)), Expression.Property(value, nameof(Nullable<>.Value)));

    /// <summary>Deconstructs a value of named cases without data, other than enums; null if its type is not like that.</summary>
    public virtual NamedCase? Case(Expression value) => null;

    /// <summary>Code that drops a field from the features, for messages.</summary>
    public virtual string Drop(string field) => $"Rows.Of(rows).Drop(row => row.{field})";

    /// <summary>The supported types of a target, for messages.</summary>
    public virtual string TargetTypes => "string, bool, enum or number";

    private static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;
}

/// <summary>A deconstructed optional value.</summary>
/// <param name="HasValue">An expression of type <c>bool</c>.</param>
/// <param name="Value">The value; evaluated only if <paramref name="HasValue"/> is true.</param>
public sealed record OptionalValue(Expression HasValue, Expression Value);

/// <summary>A deconstructed value of named cases.</summary>
/// <param name="Names">All names, in declaration order.</param>
/// <param name="Index">An expression of type <c>int</c>: the index of the case in the names.</param>
public sealed record NamedCase(EquatableArray<string> Names, Expression Index);
