using FunctionalStack.Neural;

namespace FunctionalStack.Onnx;

/// <summary>An axis of elements: their number, and the distance of neighbours in the library's order (channels innermost).</summary>
internal readonly record struct Axis(int Size, int Stride);

/// <summary>
/// How a file orders the elements of an example that the library keeps as height x width x channels: the file's dimensions without the
/// rows, and the axes in the file's order. Axes of one element are left out. Transposing orders the axes anew, reshaping groups them anew;
/// neither moves an element of the library.
/// </summary>
internal sealed record Layout(int[] Dims, Axis[] Axes)
{
    public int Size => Dims.Aggregate(1, (product, dim) => product * dim);

    /// <summary>Channels, rows and columns of pixels.</summary>
    public static Layout ChannelsFirst(Shape shape) => Of([shape.Channels, shape.Height, shape.Width],
        [new(shape.Channels, 1), new(shape.Height, shape.Width * shape.Channels), new(shape.Width, shape.Channels)]);

    /// <summary>Rows, columns and channels of pixels: the library's own order.</summary>
    public static Layout ChannelsLast(Shape shape) => Of([shape.Height, shape.Width, shape.Channels], [new(shape.Size, 1)]);

    public static Layout Vector(int length) => Of([length], [new(length, 1)]);

    /// <summary>The axes of each dimension; null if a dimension is no product of axes.</summary>
    public Axis[][]? Groups()
    {
        var (groups, left) = (new Axis[Dims.Length][], new Stack<Axis>(Axes.Reverse()));
        for (var at = 0; at < Dims.Length; at++)
        {
            var (group, need) = (new List<Axis>(), Dims[at]);
            while (need > 1)
            {
                var axis = left.Pop();
                if (need % axis.Size == 0)
                {
                    group.Add(axis);
                    need /= axis.Size;
                }
                else if (axis.Size % need == 0)
                {
                    var rest = axis.Size / need;
                    group.Add(new(need, axis.Stride * rest));
                    left.Push(new(rest, axis.Stride));
                    need = 1;
                }
                else
                {
                    return null;
                }
            }

            groups[at] = [.. group];
        }

        return groups;
    }

    /// <summary>The dimensions are of the same number of elements.</summary>
    public Layout Reshaped(int[] dims) => new(dims, Axes);

    public Layout? Transposed(int[] order) => Groups() is { } groups
        ? Of([.. order.Select(at => Dims[at])], order.SelectMany(at => groups[at])) : null;

    /// <summary>Whether these dimensions, in order, are the one axis. An axis of one element has no distance.</summary>
    public bool Is(Axis axis, params int[] dims)
    {
        if (Groups() is not { } groups) return false;
        var all = dims.SelectMany(at => groups[at]).ToArray();
        if (all.Aggregate(1, (product, one) => product * one.Size) != axis.Size) return false;
        for (var at = 0; at < all.Length; at++)
        {
            var next = at + 1 < all.Length ? all[at + 1].Size * all[at + 1].Stride : axis.Stride;
            if (all[at].Stride != next) return false;
        }

        return true;
    }

    /// <summary>Whether the dimensions are channels, rows and columns of the shape.</summary>
    public bool IsImage(Shape shape) => Dims.Length == 3 && Is(new(shape.Channels, 1), 0)
        && Is(new(shape.Height, shape.Width * shape.Channels), 1) && Is(new(shape.Width, shape.Channels), 2);

    /// <summary>For each element in the file's order its place in the library's.</summary>
    public int[] Places()
    {
        int[] places = [0];
        foreach (var axis in Axes)
        {
            var next = new int[places.Length * axis.Size];
            for (var at = 0; at < next.Length; at++) next[at] = places[at / axis.Size] + at % axis.Size * axis.Stride;
            places = next;
        }

        return places;
    }

    private static Layout Of(int[] dims, IEnumerable<Axis> axes) => new(dims, [.. axes.Where(axis => axis.Size > 1)]);
}
