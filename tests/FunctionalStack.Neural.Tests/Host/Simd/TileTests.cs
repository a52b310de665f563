using System.Runtime.Intrinsics;
using FsCheck.Xunit;
using FunctionalStack.Neural.Host;
using Xunit;

namespace FunctionalStack.Neural.Tests.Host.Simd;

/// <summary>The register tile against plain loops in double, at every number of rows and columns and every width.</summary>
public class TileTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void Every_tile_size_is_the_sum_of_products(int lanes)
    {
        for (var rows = 1; rows <= Of(lanes).Rows; rows++)
        {
            for (var columns = 1; columns <= 2 * lanes; columns++)
                Check(new(lanes, rows, columns, Depth: 5, Segments: 2, Extra: 3, Accumulate: columns % 2 == 0));
        }
    }

    [Property(MaxTest = 300)]
    public void Any_strides_give_the_sum_of_products(byte width, byte rows, byte columns, byte depth, byte segments, byte extra,
        bool accumulate)
    {
        var lanes = 4 << width % 3;
        Check(new(lanes, rows % Of(lanes).Rows + 1, columns % (2 * lanes) + 1, depth % 40 + 1, segments % 4 + 1, extra % 20, accumulate));
    }

    [Property(MaxTest = 100)]
    public void The_next_rows_cut_an_extent_into_nearly_equal_tiles(ushort any, byte width)
    {
        var (most, next) = Of(4 << width % 3);
        List<int> tiles = [];
        for (var left = any % 2000 + 1; left > 0; left -= tiles[^1]) tiles.Add(next(left));
        Assert.Equal(any % 2000 + 1, tiles.Sum());
        Assert.Equal((any % 2000 + most) / most, tiles.Count);
        Assert.InRange(tiles.Max() - tiles.Min(), 0, 1);
    }

    private sealed record Case(int Lanes, int Rows, int Columns, int Depth, int Segments, int Extra, bool Accumulate);

    private delegate int NextRows(int left);

    private static (int Rows, NextRows Next) Of(int lanes) => lanes switch
    {
        16 => (Tile<Vector512<float>, Lanes512>.Rows, Tile<Vector512<float>, Lanes512>.NextRows),
        8 => (Tile<Vector256<float>, Lanes256>.Rows, Tile<Vector256<float>, Lanes256>.NextRows),
        _ => (Tile<Vector128<float>, Lanes128>.Rows, Tile<Vector128<float>, Lanes128>.NextRows),
    };

    private static unsafe void Multiply(int lanes, int rows, int columns, in TileWalk walk, float* a, float* b, float* c)
    {
        if (lanes == 16) Tile<Vector512<float>, Lanes512>.Multiply(rows, columns, walk, a, b, c);
        else if (lanes == 8) Tile<Vector256<float>, Lanes256>.Multiply(rows, columns, walk, a, b, c);
        else Tile<Vector128<float>, Lanes128>.Multiply(rows, columns, walk, a, b, c);
    }

    private static unsafe void Check(Case it)
    {
        var walk = new TileWalk
        {
            Depth = it.Depth,
            Segments = it.Segments,
            ARow = it.Depth + it.Extra,
            AThreeRows = 3 * (it.Depth + it.Extra) + it.Extra,
            ADepth = it.Extra % 2 + 1,
            ASegment = 7 + it.Extra,
            BDepth = it.Columns + it.Extra,
            BSegment = it.Depth * (it.Columns + it.Extra) + it.Extra,
            CRow = it.Columns + it.Extra,
            Accumulate = it.Accumulate,
        };
        var random = new Random(it.Rows * 10000 + it.Columns * 100 + it.Depth);
        var a = Numbers(random, (int)(5 * walk.AThreeRows + walk.ARow * 3 + it.Depth * walk.ADepth + it.Segments * walk.ASegment));
        var b = Numbers(random, (int)(it.Segments * walk.BSegment + it.Depth * walk.BDepth + 2 * it.Lanes));
        var before = Numbers(random, (int)((it.Rows + 1) * walk.CRow));
        var c = before.ToArray();
        fixed (float* pa = a, pb = b, pc = c) Multiply(it.Lanes, it.Rows, it.Columns, walk, pa, pb, pc);
        for (var at = 0; at < c.Length; at++)
        {
            var (i, n) = (at / (int)walk.CRow, at % (int)walk.CRow);
            if (i >= it.Rows || n >= it.Columns)
            {
                Assert.Equal(before[at], c[at]);
                continue;
            }

            double sum = it.Accumulate ? before[at] : 0, size = Math.Abs(sum);
            for (var s = 0; s < it.Segments; s++)
            {
                for (var k = 0; k < it.Depth; k++)
                {
                    var product = (double)a[i / 3 * walk.AThreeRows + i % 3 * walk.ARow + k * walk.ADepth + s * walk.ASegment]
                        * b[k * walk.BDepth + s * walk.BSegment + n];
                    sum += product;
                    size += Math.Abs(product);
                }
            }

            // One rounding a product and one for what was there, each at most half a unit of the terms' size.
            Assert.Equal(sum, c[at], (it.Depth * it.Segments + 1) * size * Math.Pow(2, -24) + 1e-30);
        }
    }

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];
}
