using System.Reflection;
using System.Runtime.CompilerServices;

namespace FunctionalStack.IO;

/// <summary>A record type as data: the constructor whose parameters are its public properties, taken apart and put together.</summary>
internal sealed class RecordConstructor
{
    private readonly ConstructorInfo constructor;

    /// <exception cref="NotSupportedException">No public constructor is like that.</exception>
    public RecordConstructor(Type type)
    {
        Type = type;
        var properties = type.GetProperties();
        constructor = type.GetConstructors().Where(candidate => candidate.GetParameters().All(parameter => PropertyOf(parameter) is not null))
            .MaxBy(candidate => candidate.GetParameters().Length)
            ?? throw new NotSupportedException($"{type} has no public constructor whose parameters are its public properties");
        Fields = [.. constructor.GetParameters().Select(parameter => new Field(parameter, PropertyOf(parameter)!))];

        PropertyInfo? PropertyOf(ParameterInfo parameter) => properties.FirstOrDefault(property =>
            property.PropertyType == parameter.ParameterType && string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
    }

    public Type Type { get; }

    public IReadOnlyList<Field> Fields { get; }

    /// <summary>The record of these values, one a field.</summary>
    /// <exception cref="TargetInvocationException">The constructor refuses them.</exception>
    public object Make(object?[] values) => constructor.Invoke(values);

    public sealed record Field(ParameterInfo Parameter, PropertyInfo Property)
    {
        public string Name => Property.Name;

        /// <summary>What it was called in an earlier version; null where it has always had its name.</summary>
        public string? FormerName => Parameter.GetCustomAttribute<FormerNameAttribute>()?.Name;

        public bool IsCalled(string name) => name == Name || name == FormerName;

        public Type Type => Parameter.ParameterType;

        public bool HasDefault => Parameter.HasDefaultValue;

        /// <summary>What a field that is not given stands for.</summary>
        public object? Default
        {
            get
            {
                var type = Nullable.GetUnderlyingType(Type) ?? Type;
                return Parameter.DefaultValue switch
                {
                    // Reflection gives an optional enum as its number, and the default of a struct as null.
                    { } value when type.IsEnum => Enum.ToObject(type, value),
                    null when Type.IsValueType && type == Type => RuntimeHelpers.GetUninitializedObject(type),
                    var value => value,
                };
            }
        }
    }
}
