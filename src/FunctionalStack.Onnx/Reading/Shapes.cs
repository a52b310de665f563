namespace FunctionalStack.Onnx;

/// <summary>Operators that order or group elements anew, and move none.</summary>
internal static class Shapes
{
    public static Value Flatten(FileNode node, Walk walk)
    {
        var signal = walk.Signal(node, 0);
        var axis = Place(node.Integer("axis", 1), signal.Layout.Dims.Length + 2, node);
        return axis == 1 ? signal with { Layout = signal.Layout.Reshaped([signal.Layout.Size]) }
            : throw node.Refused($"has the axis {axis}, and rows are never joined");
    }

    public static Value Reshape(FileNode node, Walk walk)
    {
        node.Ignore("allowzero");
        var target = Integers(walk.Tensor(node, 1), node);
        if (walk.Of(node, 0) is Constant constant)
        {
            walk.Spend(constant.Tensor.Count, node);
            return new Constant(constant.Tensor.With(Filled(target, constant.Tensor.Dims, constant.Tensor.Count, node)));
        }

        var (signal, layout) = (walk.Signal(node, 0), walk.Signal(node, 0).Layout);
        if (target.Length < 2 || !(target[0] is -1 or 0 || target[0] == walk.Batch))
            throw node.Refused($"reshapes to {Text(target)}, and the first dimension must stay the number of rows");
        var dims = Filled(target[1..], [.. layout.Dims.Select(dim => (long)dim)], layout.Size, node);
        return signal with { Layout = layout.Reshaped([.. dims.Select(dim => (int)dim)]) };
    }

    public static Value Squeeze(FileNode node, Walk walk)
    {
        var axes = Axes(node, walk);
        if (walk.Of(node, 0) is Constant { Tensor: var tensor })
        {
            var gone = axes?.Select(axis => Place(axis, tensor.Dims.Length, node)).ToHashSet();
            walk.Spend(tensor.Count, node);
            return new Constant(tensor.With([.. tensor.Dims.Where((dim, at) => !(gone?.Contains(at) ?? dim == 1))]));
        }

        var signal = walk.Signal(node, 0);
        var dims = signal.Layout.Dims;
        var left = axes?.Select(axis => Place(axis, dims.Length + 1, node) - 1).ToHashSet();
        if (left?.Any(at => at < 0 || dims[at] != 1) == true) throw node.Refused("removes a dimension that is not 1");
        return signal with { Layout = signal.Layout.Reshaped([.. dims.Where((dim, at) => !(left?.Contains(at) ?? dim == 1))]) };
    }

    public static Value Unsqueeze(FileNode node, Walk walk)
    {
        var axes = Axes(node, walk) ?? throw node.Refused("has no axes");
        if (walk.Of(node, 0) is Constant { Tensor: var tensor })
        {
            walk.Spend(tensor.Count, node);
            return new Constant(tensor.With(With(tensor.Dims, 0)));
        }

        var signal = walk.Signal(node, 0);
        return signal with
        {
            Layout = signal.Layout.Reshaped([.. With([.. signal.Layout.Dims.Select(dim => (long)dim)], 1).Select(dim => (int)dim)]),
        };

        // The axes are places in the result, where the first of a signal are the rows.
        long[] With(long[] dims, int rows)
        {
            var places = axes.Select(axis => Place(axis, dims.Length + rows + axes.Length, node) - rows).Distinct().Order().ToList();
            if (places.Count != axes.Length || places.Any(place => place < 0)) throw node.Refused($"has the axes {Text(axes)}");
            var made = dims.ToList();
            foreach (var place in places) made.Insert(place, 1);
            return [.. made];
        }
    }

    public static Value Transpose(FileNode node, Walk walk)
    {
        var order = node.Integers("perm");
        if (walk.Of(node, 0) is Constant { Tensor: var tensor })
            return new Constant(Turned(tensor, Order(order, tensor.Dims.Length, node), node, walk));
        var signal = walk.Signal(node, 0, padded: true);
        var places = Order(order, signal.Layout.Dims.Length + 1, node);
        if (places[0] != 0) throw node.Refused("moves the rows");
        return signal with
        {
            Layout = signal.Layout.Transposed([.. places.Skip(1).Select(place => place - 1)])
                ?? throw node.Refused("transposes dimensions that mix those of the layers"),
        };
    }

    /// <summary>An axis, counted from the end if it is negative.</summary>
    public static int Place(long axis, int rank, FileNode node) => axis < rank && axis >= -rank
        ? (int)(axis < 0 ? axis + rank : axis) : throw node.Refused($"has the axis {axis}, where there are {rank} dimensions");

    /// <summary>The axes of an operator: an attribute, and in later versions an input.</summary>
    public static long[]? Axes(FileNode node, Walk walk) =>
        node.Integers("axes") ?? (walk.FindTensor(node, 1) is { } axes ? Integers(axes, node) : null);

    /// <summary>The integers of a constant that describes a shape.</summary>
    public static long[] Integers(FileTensor tensor, FileNode node) => tensor.Count <= 64
        ? tensor.Integers() : throw node.Refused($"the constant '{tensor.Name}' has {tensor.Count} numbers, too many for a shape");

    private static FileTensor Turned(FileTensor tensor, int[] order, FileNode node, Walk walk)
    {
        var numbers = walk.Floats(tensor, node);
        walk.Spend(numbers.Length, node);
        long[] dims = [.. order.Select(at => tensor.Dims[at])];
        var strides = new long[dims.Length];
        for (int at = dims.Length - 1, stride = 1; at >= 0; stride *= Math.Max(1, (int)tensor.Dims[at--])) strides[at] = stride;
        var turned = new float[numbers.Length];
        for (var at = 0; at < turned.Length; at++)
        {
            var (rest, from) = (at, 0L);
            for (var dim = dims.Length - 1; dim >= 0; rest /= (int)dims[dim--]) from += rest % dims[dim] * strides[order[dim]];
            turned[at] = numbers[from];
        }

        return tensor.With(dims, turned);
    }

    private static int[] Order(long[]? order, int rank, FileNode node)
    {
        int[] places = order is null ? [.. Enumerable.Range(0, rank).Reverse()] : [.. order.Select(axis => Place(axis, rank, node))];
        return places.Order().SequenceEqual(Enumerable.Range(0, rank)) ? places : throw node.Refused($"has the order {Text(places)}");
    }

    private static long[] Filled(long[] target, long[] dims, int size, FileNode node)
    {
        long[] filled = [.. target.Select((length, at) => length != 0 ? length : at < dims.Length ? dims[at] : 0)];
        var product = 1L;
        foreach (var length in filled.Where(length => length != -1))
        {
            if (length < 0 || product * length > int.MaxValue) throw Misfit();
            product *= length;
        }

        if (filled.Count(length => length == -1) == 1 && product > 0) filled[Array.IndexOf(filled, -1)] = size / product;
        return filled.Aggregate(1L, (all, length) => all * length) == size && !filled.Contains(-1) ? filled : throw Misfit();

        UnreadableException Misfit() => node.Refused($"reshapes {Text(dims)} to {Text(target)}");
    }

    private static string Text<T>(IEnumerable<T> numbers) => $"[{string.Join(", ", numbers)}]";
}
