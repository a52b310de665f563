using FsCheck.Xunit;
using FunctionalStack.Neural.Host;
using Xunit;

namespace FunctionalStack.Neural.Tests.Host;

public unsafe class TranspositionTests
{
    [Property]
    public void Rows_become_columns(byte height, byte width)
    {
        var (rows, columns) = (1 + height % 40, 1 + width % 40);
        var from = Enumerable.Range(0, rows * (columns + 1)).Select(i => (float)i).ToArray();
        var to = new float[columns * (rows + 2)];
        fixed (float* source = from, target = to) Transposition.Move(source, columns + 1, rows, columns, target, rows + 2);
        for (var row = 0; row < rows + 2; row++)
        {
            for (var column = 0; column < columns; column++)
                Assert.Equal(row < rows ? row * (columns + 1) + column : 0, to[column * (rows + 2) + row]);
        }
    }
}
