using System.Linq.Expressions;
using System.Reflection;

namespace FunctionalStack.IO;

/// <summary>
/// What a language adds to the types of the runtime library: which members of a record are its fields, which types are
/// optional or name cases, and how its own code is written in remedies. This class is C#'s; F# derives from it.
/// </summary>
public class RecordTypes
{
    /// <summary>C#'s own.</summary>
    public static RecordTypes Usual { get; } = new();

    /// <summary>The readable public properties of a record, in the order they were declared, base classes' first.</summary>
    public virtual IReadOnlyList<PropertyInfo> FieldsOf(Type record) =>
    [
        .. record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
            .OrderBy(property => Depth(property.DeclaringType!)).ThenBy(property => property.MetadataToken),
    ];

    /// <summary>A value that may be absent, taken apart; null where its type is not optional.</summary>
    public virtual OptionalValue? Optional(Expression value) => Nullable.GetUnderlyingType(value.Type) is null
        ? null
        : new(Expression.Property(value, nameof(Nullable<>.HasValue)), Expression.Property(value, nameof(Nullable<>.Value)));

    /// <summary>A value that is one of some named cases without data, besides enums; null where its type is not like that.</summary>
    public virtual NamedCase? Case(Expression value) => null;

    /// <summary>The code that leaves a field out of the features.</summary>
    public virtual string Drop(string field) => $"Rows.Of(rows).Drop(row => row.{field})";

    /// <summary>The types that a target may have.</summary>
    public virtual string TargetTypes => "string, bool, enum or number";

    private static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;
}

/// <summary>An optional value: whether it is there, and the value itself where it is.</summary>
/// <param name="HasValue">A <c>bool</c>.</param>
/// <param name="Value">Evaluated only where <paramref name="HasValue"/> is true.</param>
public sealed record OptionalValue(Expression HasValue, Expression Value);

/// <summary>One of some named cases.</summary>
/// <param name="Names">All names, in the order declared.</param>
/// <param name="Index">The case's place among the names, an <c>int</c>.</param>
public sealed record NamedCase(EquatableArray<string> Names, Expression Index);
