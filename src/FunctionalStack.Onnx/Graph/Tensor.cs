using System.Runtime.InteropServices;

namespace FunctionalStack.Onnx;

/// <summary>The types of elements, with their numbers in ONNX.</summary>
internal enum ElementType
{
    Float = 1,
    Byte = 2,
    Int64 = 7,
    Text = 8,
    Bool = 9,
    Double = 11,
}

/// <summary>A constant array.</summary>
internal sealed class Tensor
{
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly EquatableArray<string> texts;

    private Tensor(ElementType type, long[] dims, ReadOnlyMemory<byte> bytes, EquatableArray<string> texts = default) =>
        (Type, Dims, this.bytes, this.texts) = (type, EquatableArray.Own(dims), bytes, texts);

    public ElementType Type { get; }

    public EquatableArray<long> Dims { get; }

    /// <summary>The number of a tensor of one double; otherwise null.</summary>
    public double? Single => Type == ElementType.Double && bytes.Length == sizeof(double)
        ? BitConverter.ToDouble(bytes.Span) : null;

    /// <summary>A tensor of one double, with a multiple of its number.</summary>
    public Tensor Times(double factor) => Of([Single!.Value * factor], Dims.ToArray());

    public static Tensor Of(ReadOnlySpan<double> numbers, params long[] dims) => Raw(ElementType.Double, numbers, dims);

    public static Tensor Of(ReadOnlySpan<float> numbers, params long[] dims) => Raw(ElementType.Float, numbers, dims);

    public static Tensor Of(ReadOnlySpan<long> numbers, params long[] dims) => Raw(ElementType.Int64, numbers, dims);

    public static Tensor Of(ReadOnlySpan<byte> numbers, params long[] dims) => Raw(ElementType.Byte, numbers, dims);

    public static Tensor Of(ReadOnlySpan<bool> truths, params long[] dims) => Raw(ElementType.Bool, truths, dims);

    public static Tensor Of(EquatableArray<string> texts, params long[] dims) => new(ElementType.Text, dims, default, texts);

    /// <summary>As a TensorProto.</summary>
    public Message Write(string name)
    {
        const int dims = 1, type = 2, strings = 6, raw = 9, named = 8;
        var message = new Message().Add(dims, Dims).Add(type, (long)Type);
        foreach (var text in texts) message.Add(strings, text);
        if (name.Length > 0) message.Add(named, name);
        return Type == ElementType.Text ? message : message.Add(raw, bytes);
    }

    // The format is little-endian, as are all machines that .NET runs on but one.
    private static Tensor Raw<T>(ElementType type, ReadOnlySpan<T> numbers, long[] dims) where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("ONNX is written on little-endian machines only");
        return new(type, dims, MemoryMarshal.AsBytes(numbers).ToArray());
    }
}
