using System.Numerics;
using System.Runtime.InteropServices;

namespace FunctionalStack.Neural;

/// <summary>The inputs of a network, one example per row, channels innermost: plain data, a closed union.</summary>
/// <param name="Shape">The shape of one example.</param>
public abstract record Examples(Shape Shape)
{
    private protected abstract void Seal();

    /// <summary>The number of examples.</summary>
    public abstract int Count { get; }

    /// <summary>The examples at <paramref name="rows"/>, in that order.</summary>
    public abstract Examples Take(EquatableArray<int> rows);

    /// <summary>Writes one example as a network reads it.</summary>
    /// <param name="row">The example, from 0.</param>
    /// <param name="to">At least <see cref="Shape.Size"/> elements.</param>
    public abstract void CopyTo(int row, Span<float> to);

    /// <summary>The data as bytes in memory order, for fingerprints.</summary>
    internal abstract ReadOnlySpan<byte> Content { get; }

    /// <summary>The first row with NaN or infinity; null if all values are finite.</summary>
    internal abstract int? FirstNotFinite();

    private protected int RowsOf(int numbers) => numbers % Shape.Size == 0
        ? numbers / Shape.Size
        : throw new ArgumentException($"{numbers} values are not a whole number of examples of {Shape}");

    private protected EquatableArray<T> Rows<T>(EquatableArray<T> all, EquatableArray<int> rows)
    {
        var taken = new T[rows.Count * Shape.Size];
        for (var i = 0; i < rows.Count; i++) all.AsSpan().Slice(rows[i] * Shape.Size, Shape.Size).CopyTo(taken.AsSpan(i * Shape.Size));
        return EquatableArray.Own(taken);
    }

    /// <summary>Pixels as bytes; the network reads x / 255.</summary>
    public sealed record Bytes : Examples
    {
        /// <summary>Examples from bytes.</summary>
        /// <param name="shape">The shape of one example.</param>
        /// <param name="pixels">Examples x the shape's size.</param>
        /// <exception cref="ArgumentException">The pixels are not a whole number of examples.</exception>
        public Bytes(Shape shape, EquatableArray<byte> pixels) : base(shape) => (Pixels, Count) = (pixels, RowsOf(pixels.Count));

        /// <summary>Examples x the shape's size.</summary>
        public EquatableArray<byte> Pixels { get; }

        /// <inheritdoc/>
        public override int Count { get; }

        /// <inheritdoc/>
        public override Examples Take(EquatableArray<int> rows) => new Bytes(Shape, Rows(Pixels, rows));

        /// <inheritdoc/>
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

    /// <summary>Float32 values, read unchanged.</summary>
    public sealed record Floats : Examples
    {
        /// <summary>Examples from float32 values.</summary>
        /// <param name="shape">The shape of one example.</param>
        /// <param name="numbers">Examples x the shape's size.</param>
        /// <exception cref="ArgumentException">The values are not a whole number of examples.</exception>
        public Floats(Shape shape, EquatableArray<float> numbers) : base(shape) => (Numbers, Count) = (numbers, RowsOf(numbers.Count));

        /// <summary>Examples x the shape's size.</summary>
        public EquatableArray<float> Numbers { get; }

        /// <inheritdoc/>
        public override int Count { get; }

        /// <inheritdoc/>
        public override Examples Take(EquatableArray<int> rows) => new Floats(Shape, Rows(Numbers, rows));

        /// <inheritdoc/>
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
