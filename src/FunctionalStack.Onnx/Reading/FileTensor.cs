using System.Buffers.Binary;

namespace FunctionalStack.Onnx;

/// <summary>A constant of a file: numbers with their dimensions. Its bytes are decoded when they are asked for.</summary>
internal sealed class FileTensor
{
    private const long Most = 1 << 28;

    private readonly ReadOnlyMemory<byte>? raw;
    private readonly List<float> floats = [];
    private readonly List<double> doubles = [];
    private readonly List<long> integers = [];
    private readonly bool isExternal;

    public FileTensor(ReadOnlyMemory<byte> message)
    {
        const int dims = 1, type = 2, single = 4, int32 = 5, int64 = 7, name = 8, bytes = 9, numbers = 10, external = 13, location = 14;
        var all = new List<long>();
        foreach (var field in Field.Of(message))
        {
            switch (field.Number)
            {
                case dims: all.AddRange(field.Integers()); break;
                case type: Type = (int)Math.Clamp(field.Int64, 0, 1000); break;
                case single: floats.AddRange(field.Bits(4).Select(bits => BitConverter.UInt32BitsToSingle((uint)bits))); break;
                case int32 or int64: integers.AddRange(field.Integers()); break;
                case name: Name = field.Text; break;
                case bytes: raw = field.Bytes; break;
                case numbers: doubles.AddRange(field.Bits(8).Select(BitConverter.UInt64BitsToDouble)); break;
                case external: isExternal = true; break;
                case location when field.Int64 != 0: isExternal = true; break;
            }
        }

        Dims = [.. all];
        Count = 1;
        foreach (var dim in Dims)
        {
            if (dim is < 0 or > Most || Count * dim > Most) throw Wrong($"has the dimensions {string.Join(" x ", Dims)}");
            Count *= (int)dim;
        }
    }

    private FileTensor(string name, int type, long[] dims, IEnumerable<float> floats, IEnumerable<long> integers)
    {
        (Name, Type, Dims, Count) = (name, type, dims, (int)dims.Aggregate(1L, (product, dim) => product * dim));
        this.floats.AddRange(floats);
        this.integers.AddRange(integers);
    }

    public string Name { get; } = "";

    /// <summary>The number of the type of elements.</summary>
    public int Type { get; }

    public long[] Dims { get; }

    public int Count { get; }

    public bool IsFloating => Type is Number.Float or Number.Double or Number.Half;

    public bool IsInteger => Type is Number.Int32 or Number.Int64;

    /// <summary>Whether all integers or truths are 0.</summary>
    public bool IsZero => integers.All(number => number == 0) && (raw is not { } bytes || bytes.Span.IndexOfAnyExcept((byte)0) < 0);

    public static FileTensor Of(string name, IReadOnlyList<long> integers) => new(name, Number.Int64, [integers.Count], [], integers);

    /// <summary>The same numbers with other dimensions.</summary>
    public FileTensor With(long[] dims) => IsFloating ? new(Name, Number.Float, dims, Floats(), []) : new(Name, Type, dims, [], Integers());

    /// <summary>The same dimensions and other numbers.</summary>
    public FileTensor With(long[] dims, float[] numbers) => new(Name, Number.Float, dims, numbers, []);

    /// <summary>The numbers in single precision.</summary>
    public float[] Floats()
    {
        var width = Type switch { Number.Float => 4, Number.Double => 8, Number.Half => 2, _ => throw Wrong("does not hold numbers") };
        var listed = Type switch { Number.Float => floats.Count, Number.Double => doubles.Count, _ => integers.Count };
        var found = new float[Held(listed, width)];
        for (var at = 0; at < found.Length; at++)
        {
            var bytes = raw is { } own ? own.Span[(at * width)..] : default;
            found[at] = Type switch
            {
                Number.Float => raw is null ? floats[at] : BinaryPrimitives.ReadSingleLittleEndian(bytes),
                Number.Double => (float)(raw is null ? doubles[at] : BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
                _ => (float)(raw is null ? BitConverter.UInt16BitsToHalf((ushort)integers[at])
                    : BinaryPrimitives.ReadHalfLittleEndian(bytes)),
            };
            if (!float.IsFinite(found[at])) throw Wrong("holds NaN or infinity in single precision");
        }

        return found;
    }

    public long[] Integers()
    {
        var width = Type switch { Number.Int64 => 8, Number.Int32 => 4, _ => throw Wrong("does not hold integers") };
        var count = Held(integers.Count, width);
        if (raw is not { } own) return [.. integers];
        var found = new long[count];
        for (var at = 0; at < count; at++)
        {
            found[at] = width == 8 ? BinaryPrimitives.ReadInt64LittleEndian(own.Span[(8 * at)..])
                : BinaryPrimitives.ReadInt32LittleEndian(own.Span[(4 * at)..]);
        }

        return found;
    }

    // What the file holds is checked before anything is allocated.
    private int Held(int listed, int width)
    {
        if (isExternal)
            throw new UnreadableException($"constant '{Name}'", "is stored in another file",
                "Export the net with all weights in one file.");
        var held = raw is { } bytes ? bytes.Length / (double)width : listed;
        return held == Count ? Count : throw Wrong($"has {held} numbers, where its dimensions {string.Join(" x ", Dims)} need {Count}");
    }

    private UnreadableException Wrong(string what) => new($"constant '{Name}'", what, "Export or copy the file again.");

    /// <summary>The numbers of types in ONNX.</summary>
    internal static class Number
    {
        public const int Float = 1, Int32 = 6, Int64 = 7, Half = 10, Double = 11;
    }
}
