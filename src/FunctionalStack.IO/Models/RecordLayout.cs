using System.Reflection;
using System.Runtime.CompilerServices;

namespace FunctionalStack.IO;

/// <summary>A registered record type as data: its constructor's parameters, each with the property that gives its value.</summary>
internal sealed class RecordLayout
{
    private readonly ConstructorInfo constructor;

    /// <exception cref="NotSupportedException">The type is no record of plain data.</exception>
    public RecordLayout(string tag, Type type, ModelRegistry registry)
    {
        (Tag, Type) = (tag, type);
        var candidates = type.GetConstructors().Where(candidate => candidate.GetParameters().All(parameter => PropertyOf(parameter) is not null)).ToArray();
        constructor = candidates.MaxBy(candidate => candidate.GetParameters().Length)
            ?? throw new NotSupportedException($"{type} has no public constructor whose parameters are its public properties");
        var nullability = new NullabilityInfoContext();
        Fields = [.. constructor.GetParameters().Select(parameter => new Field(parameter, PropertyOf(parameter)!, ShapeOf(parameter)))];

        PropertyInfo? PropertyOf(ParameterInfo parameter) => type.GetProperties().FirstOrDefault(property =>
            property.PropertyType == parameter.ParameterType && property.CanRead && string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));

        Shape ShapeOf(ParameterInfo parameter)
        {
            try
            {
                return Shape.Of(nullability.Create(parameter), registry);
            }
            catch (NotSupportedException exception)
            {
                throw new NotSupportedException($"{type}, parameter {parameter.Name}: {exception.Message}");
            }
        }
    }

    public string Tag { get; }

    public Type Type { get; }

    public IReadOnlyList<Field> Fields { get; }

    public void Write(PayloadWriter to, object record)
    {
        foreach (var field in Fields) field.Shape.Write(to, field.Property.GetValue(record));
    }

    /// <summary>The record of these values, one a field.</summary>
    public object Make(object?[] values)
    {
        try
        {
            return constructor.Invoke(values);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not null)
        {
            throw Refusal.Damaged($"'{Tag}' cannot be made: {exception.InnerException.Message}");
        }
    }

    public sealed record Field(ParameterInfo Parameter, PropertyInfo Property, Shape Shape)
    {
        public string Name => Property.Name;

        /// <summary>What an older file that lacks the field stands for.</summary>
        public object? Default
        {
            get
            {
                var type = Nullable.GetUnderlyingType(Parameter.ParameterType) ?? Parameter.ParameterType;
                return Parameter.DefaultValue switch
                {
                    { } value when type.IsEnum => Enum.ToObject(type, value),
                    null when Parameter.ParameterType.IsValueType && type == Parameter.ParameterType => RuntimeHelpers.GetUninitializedObject(type),
                    var value => value,
                };
            }
        }
    }
}

/// <summary>A record type as a file's type table lists it: the file's fields in the file's order, matched by name.</summary>
internal sealed class FiledLayout(RecordLayout layout, int[] fieldOf)
{
    public RecordLayout Layout => layout;

    public object Read(PayloadReader from)
    {
        var values = new object?[layout.Fields.Count];
        foreach (var field in fieldOf) values[field] = layout.Fields[field].Shape.Read(from);
        foreach (var absent in Absent) values[absent] = layout.Fields[absent].Default;
        return layout.Make(values);
    }

    private int[] Absent { get; } = [.. Enumerable.Range(0, layout.Fields.Count).Except(fieldOf)];

    public static void WriteTo(PayloadWriter to, RecordLayout layout)
    {
        to.Write(layout.Tag);
        to.Write(layout.Fields.Count);
        foreach (var field in layout.Fields)
        {
            to.Write(field.Name);
            to.Write(field.Shape.Name);
        }
    }

    public static FiledLayout ReadFrom(PayloadReader from, ModelRegistry registry)
    {
        var tag = from.ReadString();
        var layout = registry.LayoutOf(tag) ?? throw new Refusal($"the model holds a '{tag}', which this version does not know", Refusal.Update);
        var fieldOf = new int[from.ReadCount(2 * sizeof(int))];
        for (var i = 0; i < fieldOf.Length; i++)
        {
            var (name, shape) = (from.ReadString(), from.ReadString());
            var field = Enumerable.Range(0, layout.Fields.Count).FirstOrDefault(f => layout.Fields[f].Name == name, -1);
            if (field < 0) throw new Refusal($"a '{tag}' has a {name}, which this version does not know", Refusal.Update);
            if (layout.Fields[field].Shape.Name != shape)
            {
                throw new Refusal($"the {name} of a '{tag}' is {shape} in the file, but {layout.Fields[field].Shape.Name} in this version", Refusal.Update);
            }

            fieldOf[i] = field;
        }

        if (fieldOf.Distinct().Count() != fieldOf.Length) throw Refusal.Damaged($"the type table names a field of '{tag}' twice");
        return Enumerable.Range(0, layout.Fields.Count).Except(fieldOf).FirstOrDefault(f => !layout.Fields[f].Parameter.HasDefaultValue, -1) is var absent and >= 0
            ? throw new Refusal($"a '{tag}' lacks its {layout.Fields[absent].Name}", "The file was written by an older version: fit the model again.")
            : new(layout, fieldOf);
    }
}
