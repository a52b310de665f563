using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Tiles;

/// <summary>How a tile's products are computed, and with it the positions of a thread's 8 x 8 sums in the tile.</summary>
internal interface IProducts
{
    /// <summary>A thread's block of rows and block of columns: 16 by columns / 8 of them.</summary>
    /// <param name="thread">The thread's index in the group.</param>
    /// <param name="columns">Columns of the tile.</param>
    static abstract (int Row, int Column) BlockOf(int thread, int columns);

    /// <summary>The tile's row of an element of a block of rows.</summary>
    static abstract int RowOf(int block, int number);

    /// <summary>The tile's column of an element of a block of columns. Runs of <see cref="Run"/> columns are contiguous.</summary>
    static abstract int ColumnOf(int block, int number, int columns);

    /// <summary>The number of contiguous columns in a block: 2 or 4, the first at a multiple of it.</summary>
    static abstract int Run { get; }

    /// <summary>An operand in the form stored in shared memory.</summary>
    static abstract F8 Ready(F8 operand);

    /// <summary>Whether that form is exact.</summary>
    static abstract bool IsExact { get; }

    /// <summary>Adds the products of both operands over their whole depth.</summary>
    /// <param name="sums">The thread's sums so far.</param>
    /// <param name="a">Depth x rows.</param>
    /// <param name="b">Depth x columns.</param>
    /// <param name="row">The thread's block of rows.</param>
    /// <param name="column">The thread's block of columns.</param>
    /// <param name="columns">Columns of the tile.</param>
    static abstract Accumulators Add(Accumulators sums, ArrayView<F4> a, ArrayView<F4> b, int row, int column, int columns);
}
