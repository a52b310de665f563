using System.Reflection;
using System.Runtime.CompilerServices;

namespace FunctionalStack.IO;

/// <summary>Deconstructs and constructs records through the constructor whose parameters are the public properties.</summary>
internal sealed class RecordConstructor
{
    private readonly ConstructorInfo constructor;

    /// <exception cref="NotSupportedException">There is no such public constructor.</exception>
    public RecordConstructor(Type type)
    {
        Type = type;
        var properties = type.GetProperties();
        constructor = type.GetConstructors()
            .Where(candidate => candidate.GetParameters().All(parameter => PropertyOf(parameter) is not null))
            .MaxBy(candidate => candidate.GetParameters().Length)
            ?? throw new NotSupportedException($"{type} has no public constructor whose parameters are its public properties");
        Fields = [.. constructor.GetParameters().Select(parameter => new Field(parameter, PropertyOf(parameter)!))];

        PropertyInfo? PropertyOf(ParameterInfo parameter) => properties.FirstOrDefault(property =>
            property.PropertyType == parameter.ParameterType
                && string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
    }

    public Type Type { get; }

    public IReadOnlyList<Field> Fields { get; }

    /// <summary>The record of these values, one per field.</summary>
    /// <exception cref="TargetInvocationException">The constructor threw an exception.</exception>
    public object Make(object?[] values) => constructor.Invoke(values);

    public sealed record Field(ParameterInfo Parameter, PropertyInfo Property)
    {
        public string Name => Property.Name;

        /// <summary>The field's name in an earlier version; null if it was never renamed.</summary>
        public string? FormerName => Parameter.GetCustomAttribute<FormerNameAttribute>()?.Name;

        public Type Type => Parameter.ParameterType;

        public bool HasDefault => Parameter.HasDefaultValue;

        /// <summary>The value of a field that is not given.</summary>
        public object? Default
        {
            get
            {
                var type = Nullable.GetUnderlyingType(Type) ?? Type;
                return Parameter.DefaultValue switch
                {
                    // Reflection gives an optional enum's default as its number, and a struct's default as null.
                    { } value when type.IsEnum => Enum.ToObject(type, value),
                    null when Type.IsValueType && type == Type => RuntimeHelpers.GetUninitializedObject(type),
                    var value => value,
                };
            }
        }
    }
}
