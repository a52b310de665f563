using System.Reflection;

namespace FunctionalStack.IO;

/// <summary>The layout of a registered record type in a payload: its fields in constructor order, each with its shape.</summary>
internal sealed class RecordLayout
{
    private readonly RecordConstructor constructor;

    /// <exception cref="NotSupportedException">The type is not a record of plain data.</exception>
    public RecordLayout(string tag, Type type, ModelRegistry registry)
    {
        (Tag, constructor) = (tag, new(type));
        var nullability = new NullabilityInfoContext();
        Shapes = [.. Fields.Select(ShapeOf)];

        Shape ShapeOf(RecordConstructor.Field field)
        {
            try
            {
                return Shape.Of(nullability.Create(field.Parameter), registry);
            }
            catch (NotSupportedException exception)
            {
                throw new NotSupportedException($"{type}, parameter {field.Parameter.Name}: {exception.Message}");
            }
        }
    }

    public string Tag { get; }

    public Type Type => constructor.Type;

    public IReadOnlyList<RecordConstructor.Field> Fields => constructor.Fields;

    /// <summary>One per field.</summary>
    public IReadOnlyList<Shape> Shapes { get; }

    public void Write(PayloadWriter to, object record)
    {
        for (var i = 0; i < Fields.Count; i++) Shapes[i].Write(to, Fields[i].Property.GetValue(record));
    }

    public object Make(object?[] values)
    {
        try
        {
            var made = constructor.Make(values);
            return made is IConsistent { Inconsistency: { } fault }
                ? throw Refusal.Damaged($"a '{Tag}' does not fit together: {fault}") : made;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not null)
        {
            throw Refusal.Damaged($"a '{Tag}' cannot be created: {exception.InnerException.Message}");
        }
    }
}
