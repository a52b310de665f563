using System.Collections;
using System.Collections.Frozen;
using System.Reflection;

namespace FunctionalStack.IO;

/// <summary>The layout of values of one type in a payload. The set of shapes is the allowlist: nothing else can be saved or
/// loaded.</summary>
internal abstract class Shape
{
    /// <summary>The name in the payload's type table: <c>double</c>, <c>int[]?</c>, <c>record</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The minimum number of bytes of a value.</summary>
    public abstract int LeastBytes { get; }

    public abstract void Write(PayloadWriter to, object? value);

    public abstract object? Read(PayloadReader from);

    /// <summary>The shape of a constructor parameter.</summary>
    /// <exception cref="NotSupportedException">The type cannot be stored in a payload.</exception>
    public static Shape Of(NullabilityInfo declared, ModelRegistry registry)
    {
        if (Nullable.GetUnderlyingType(declared.Type) is { } underlying) return new Optional(Of(underlying, declared, registry));
        var shape = Of(declared.Type, declared, registry);
        return declared.ReadState == NullabilityState.Nullable && !declared.Type.IsValueType ? new Optional(shape) : shape;
    }

    private static Shape Of(Type type, NullabilityInfo declared, ModelRegistry registry)
    {
        if (Scalars.TryGetValue(type, out var scalar)) return scalar;
        if (type.IsEnum) return new EnumShape(type);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>))
        {
            // NullabilityInfo looks through Nullable: the only type argument of an EquatableArray<T>? is T as well.
            return ListOf(type.GetGenericArguments()[0], Of(declared.GenericTypeArguments[0], registry), registry);
        }

        return registry.Knows(type)
            ? new Record(type, registry)
            : throw new NotSupportedException($"type {type} is neither plain data nor a registered record");
    }

    private static readonly FrozenDictionary<Type, Shape> Scalars = new Dictionary<Type, Shape>
    {
        [typeof(bool)] = new Scalar<bool>("bool", 1, (to, value) => to.Write(value), from => from.ReadBoolean()),
        [typeof(byte)] = new Scalar<byte>("byte", sizeof(byte), (to, value) => to.Write([value]), from => from.ReadByte()),
        [typeof(int)] = new Scalar<int>("int", sizeof(int), (to, value) => to.Write(value), from => from.ReadInt32()),
        [typeof(long)] = new Scalar<long>("long", sizeof(long), (to, value) => to.Write(value), from => from.ReadInt64()),
        [typeof(ulong)] = new Scalar<ulong>("ulong", sizeof(ulong), (to, value) => to.Write((long)value), from => (ulong)from.ReadInt64()),
        [typeof(float)] = new Scalar<float>("float", sizeof(float),
            (to, value) => to.Write(BitConverter.SingleToInt32Bits(value)), from => BitConverter.Int32BitsToSingle(from.ReadInt32())),
        [typeof(double)] = new Scalar<double>("double", sizeof(double),
            (to, value) => to.Write(BitConverter.DoubleToInt64Bits(value)), from => BitConverter.Int64BitsToDouble(from.ReadInt64())),
        [typeof(string)] = new Scalar<string>("string", sizeof(int), (to, value) => to.Write(value), from => from.ReadString()),
    }.ToFrozenDictionary();

    // Native AOT has the generic types of classes, and those of structs that are named in code: here, and by the tags of records.
    private static Shape ListOf(Type type, Shape element, ModelRegistry registry) =>
        Lists.TryGetValue(type, out var list) ? list(element)
            : type.IsValueType && registry.TagOf(type) is { } tag ? new Elements(element, tag.ToList)
            : (Shape)Activator.CreateInstance(typeof(List<>).MakeGenericType(type), element)!;

    private static readonly FrozenDictionary<Type, Func<Shape, Shape>> Lists = new Dictionary<Type, Func<Shape, Shape>>
    {
        // Numbers are written as in memory.
        [typeof(byte)] = element => new Block<byte>(element),
        [typeof(int)] = element => new Block<int>(element),
        [typeof(long)] = element => new Block<long>(element),
        [typeof(float)] = element => new Block<float>(element),
        [typeof(double)] = element => new Block<double>(element),
        [typeof(bool)] = element => new List<bool>(element),
        [typeof(string)] = element => new List<string>(element),
        [typeof(EquatableArray<double>)] = element => new List<EquatableArray<double>>(element),
    }.ToFrozenDictionary();

    /// <summary>Whether lists of this type are named here.</summary>
    internal static bool IsNamed(Type type) => Lists.ContainsKey(type);

    private static Refusal Absent() => new("a required value is null", "This is a bug in the model: report it.");

    private sealed class Scalar<T>(string name, int leastBytes, Action<PayloadWriter, T> write, Func<PayloadReader, T> read) : Shape
    {
        public override string Name => name;

        public override int LeastBytes => leastBytes;

        public override void Write(PayloadWriter to, object? value) => write(to, (T)(value ?? throw Absent()));

        public override object? Read(PayloadReader from) => read(from);
    }

    /// <summary>An enum, stored by name, so that members may be reordered later.</summary>
    private sealed class EnumShape(Type type) : Shape
    {
        private readonly FrozenDictionary<string, object> members = Enum.GetNames(type)
            .ToFrozenDictionary(name => name, name => Enum.Parse(type, name));

        public override string Name => "enum";

        public override int LeastBytes => sizeof(int);

        public override void Write(PayloadWriter to, object? value) =>
            to.Write(Enum.GetName(type, value!)
                ?? throw new Refusal($"{value} is not a member of {type.Name}", "This is a bug in the model: report it."));

        public override object? Read(PayloadReader from) => from.ReadString() is var name && members.TryGetValue(name, out var member)
            ? member
            : throw new Refusal($"'{name}' is not a {type.Name} in this version", Refusal.Update);
    }

    private sealed class Optional(Shape shape) : Shape
    {
        public override string Name => $"{shape.Name}?";

        public override int LeastBytes => 1;

        public override void Write(PayloadWriter to, object? value)
        {
            to.Write(value is not null);
            if (value is not null) shape.Write(to, value);
        }

        public override object? Read(PayloadReader from) => from.ReadBoolean() ? shape.Read(from) : null;
    }

    /// <summary>A list: its length, then its elements.</summary>
    /// <param name="element">The shape of an element.</param>
    /// <param name="toList">Makes the list of the elements that were read.</param>
    private class Elements(Shape element, Func<IEnumerable<object?>, object> toList) : Shape
    {
        public override string Name => $"{element.Name}[]";

        public override int LeastBytes => sizeof(int);

        public override void Write(PayloadWriter to, object? value)
        {
            object?[] list = [.. ((IEnumerable)value!).Cast<object?>()];
            to.Write(list.Length);
            foreach (var item in list) element.Write(to, item);
        }

        public override object? Read(PayloadReader from)
        {
            var count = from.ReadCount(element.LeastBytes);
            from.Make((long)count * IntPtr.Size);
            var items = new object?[count];
            for (var i = 0; i < items.Length; i++) items[i] = element.Read(from);
            return toList(items);
        }
    }

    private sealed class List<T>(Shape element) : Elements(element, items => EquatableArray.From(items.Cast<T>()));

    /// <summary>A list of numbers: the same bytes as <see cref="List{T}"/>'s, but written at once.</summary>
    private sealed class Block<T>(Shape element) : Shape where T : unmanaged
    {
        public override string Name => $"{element.Name}[]";

        public override int LeastBytes => sizeof(int);

        public override void Write(PayloadWriter to, object? value)
        {
            var list = (EquatableArray<T>)value!;
            to.Write(list.Count);
            to.WriteAll(list.AsSpan());
        }

        public override object? Read(PayloadReader from) => EquatableArray.Own(from.ReadAll<T>(from.ReadCount(element.LeastBytes)));
    }

    /// <summary>A registered record: its index in the type table, then its fields.</summary>
    internal sealed class Record(Type declared, ModelRegistry registry) : Shape
    {
        public override string Name => "record";

        public override int LeastBytes => sizeof(int);

        public override void Write(PayloadWriter to, object? value)
        {
            var layout = registry.LayoutOf((value ?? throw Absent()).GetType());
            to.Write(to.NumberOf(layout));
            to.Nested(() => layout.Write(to, value));
        }

        public override object? Read(PayloadReader from)
        {
            var number = from.ReadInt32();
            var layouts = from.Layouts;
            if ((uint)number >= (uint)layouts.Count)
                throw Refusal.Damaged($"record type {number} is not among the {layouts.Count} of the type table");
            var layout = layouts[number];
            return declared.IsAssignableFrom(layout.Layout.Type)
                ? from.Nested(() => layout.Read(from))
                : throw Refusal.Damaged($"a '{layout.Layout.Tag}' was found instead of a {declared.Name}");
        }
    }
}
