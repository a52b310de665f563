using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Tiles;

/// <summary>What a tile's products are computed by, and with it where the 8 x 8 sums of a member lie in the tile.</summary>
internal interface IProducts
{
    /// <summary>A member's block of rows and block of columns: 16 by columns / 8 of them.</summary>
    /// <param name="member">Of the group.</param>
    /// <param name="columns">Of the tile.</param>
    static abstract (int Row, int Column) BlockOf(int member, int columns);

    /// <summary>The tile's row of one of a block's eight.</summary>
    static abstract int RowOf(int block, int number);

    /// <summary>The tile's column of one of a block's eight; those from <see cref="Run"/> to <see cref="Run"/> lie side by side.</summary>
    static abstract int ColumnOf(int block, int number, int columns);

    /// <summary>How many of a block's columns lie side by side: 2 or 4, the first at a multiple of it.</summary>
    static abstract int Run { get; }

    /// <summary>An operand as it is to lie in shared memory.</summary>
    static abstract F8 Ready(F8 operand);

    /// <summary>Whether what lies there is what was read, to the last bit.</summary>
    static abstract bool IsExact { get; }

    /// <summary>Adds the products of both operands, all their depth.</summary>
    /// <param name="sums">The member's so far.</param>
    /// <param name="a">Depth x rows.</param>
    /// <param name="b">Depth x columns.</param>
    /// <param name="row">The member's block of rows.</param>
    /// <param name="column">Its block of columns.</param>
    /// <param name="columns">Of the tile.</param>
    static abstract Accumulators Add(Accumulators sums, ArrayView<F4> a, ArrayView<F4> b, int row, int column, int columns);
}
