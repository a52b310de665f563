using System.Numerics;
using System.Runtime.InteropServices;

namespace FunctionalStack.Neural;

/// <summary>What a network reads, row after row, channels innermost: plain data, a closed union.</summary>
/// <param name="Shape">Of one example.</param>
public abstract record Examples(Shape Shape)
{
    private protected abstract void Seal();

    /// <summary>How many.</summary>
    public abstract int Count { get; }

    /// <summary>The examples at <paramref name="rows"/>, in that order.</summary>
    public abstract Examples Take(EquatableArray<int> rows);

    /// <summary>Writes one example as a network reads it.</summary>
    /// <param name="row">From 0.</param>
    /// <param name="to">At least as many numbers as the shape's size.</param>
    public abstract void CopyTo(int row, Span<float> to);

    /// <summary>The numbers as they lie in memory: for fingerprints.</summary>
    internal abstract ReadOnlySpan<byte> Content { get; }

    /// <summary>The first row that holds NaN or infinity; null where all are finite.</summary>
    internal abstract int? FirstNotFinite();

    private protected int RowsOf(int numbers) => numbers % Shape.Size == 0
        ? numbers / Shape.Size
        : throw new ArgumentException($"{numbers} numbers are no whole examples of {Shape}");

    private protected EquatableArray<T> Rows<T>(EquatableArray<T> all, EquatableArray<int> rows)
    {
        var taken = new T[rows.Count * Shape.Size];
        for (var i = 0; i < rows.Count; i++) all.AsSpan().Slice(rows[i] * Shape.Size, Shape.Size).CopyTo(taken.AsSpan(i * Shape.Size));
        return EquatableArray.Own(taken);
    }

    /// <summary>Pixels, read as x / 255.</summary>
    public sealed record Bytes : Examples
    {
        /// <exception cref="ArgumentException">The pixels are no whole number of examples.</exception>
        public Bytes(Shape shape, EquatableArray<byte> pixels) : base(shape) => (Pixels, Count) = (pixels, RowsOf(pixels.Count));

        public EquatableArray<byte> Pixels { get; }

        public override int Count { get; }

        public override Examples Take(EquatableArray<int> rows) => new Bytes(Shape, Rows(Pixels, rows));

        public override void CopyTo(int row, Span<float> to)
        {
            var from = Pixels.AsSpan().Slice(row * Shape.Size, Shape.Size);
            var (i, width) = (0, Vector<byte>.Count);
            for (; i <= from.Length - width; i += width)
            {
                Vector.Widen(new Vector<byte>(from[i..]), out var low, out var high);
                Vector.Widen(low, out var first, out var second);
                Vector.Widen(high, out var third, out var fourth);
                Quotient(first).CopyTo(to[i..]);
                Quotient(second).CopyTo(to[(i + width / 4)..]);
                Quotient(third).CopyTo(to[(i + width / 2)..]);
                Quotient(fourth).CopyTo(to[(i + width / 4 * 3)..]);
            }

            for (; i < from.Length; i++) to[i] = from[i] / 255f;

            static Vector<float> Quotient(Vector<uint> pixels) => Vector.ConvertToSingle(pixels.As<uint, int>()) / new Vector<float>(255);
        }

        internal override ReadOnlySpan<byte> Content => Pixels.AsSpan();

        internal override int? FirstNotFinite() => null;

        private protected override void Seal() { }
    }

    /// <summary>Numbers, read as they are.</summary>
    public sealed record Floats : Examples
    {
        /// <exception cref="ArgumentException">The numbers are no whole number of examples.</exception>
        public Floats(Shape shape, EquatableArray<float> numbers) : base(shape) => (Numbers, Count) = (numbers, RowsOf(numbers.Count));

        public EquatableArray<float> Numbers { get; }

        public override int Count { get; }

        public override Examples Take(EquatableArray<int> rows) => new Floats(Shape, Rows(Numbers, rows));

        public override void CopyTo(int row, Span<float> to) => Numbers.AsSpan().Slice(row * Shape.Size, Shape.Size).CopyTo(to);

        internal override ReadOnlySpan<byte> Content => MemoryMarshal.AsBytes(Numbers.AsSpan());

        internal override int? FirstNotFinite()
        {
            for (var i = 0; i < Numbers.Count; i++)
            {
                if (!float.IsFinite(Numbers[i])) return i / Shape.Size;
            }

            return null;
        }

        private protected override void Seal() { }
    }
}
