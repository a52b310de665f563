namespace FunctionalStack.Onnx;

/// <summary>Operations on shapes and places.</summary>
internal static class Arrays
{
    public static Edge Concat(int axis, IReadOnlyList<Edge> all) =>
        all.Count == 1 ? all[0] : new Operation("Concat", [.. all], NodeAttribute.Of("axis", axis))[0];

    public static Edge Reshape(this Edge x, params long[] dims) => new Operation("Reshape", [x, Indices(dims)])[0];

    public static Edge Unsqueeze(this Edge x, params long[] axes) => new Operation("Unsqueeze", [x, Indices(axes)])[0];

    public static Edge Transpose(this Edge x, params long[] order) =>
        new Operation("Transpose", [x], NodeAttribute.Of("perm", order))[0];

    public static Edge MatMul(this Edge x, Edge y) => new Operation("MatMul", [x, y])[0];

    /// <summary>The entries of <paramref name="x"/> at the indices along an axis.</summary>
    public static Edge Gather(this Edge x, Edge indices, int axis = 0) =>
        new Operation("Gather", [x, indices], NodeAttribute.Of("axis", axis))[0];

    /// <summary>The columns at these places.</summary>
    public static Edge Columns(this Edge x, IEnumerable<int> places) => x.Gather(Indices([.. places.Select(place => (long)place)]), 1);

    /// <summary>One entry of each row: [N, C] at [N, 1] is [N, 1].</summary>
    public static Edge OfEachRow(this Edge x, Edge indices) =>
        new Operation("GatherElements", [x, indices], NodeAttribute.Of("axis", 1))[0];

    /// <summary>Places the columns of <paramref name="x"/> at <paramref name="places"/> of <paramref name="width"/> columns. The others are
    /// 0.</summary>
    public static Edge Spread(this Edge x, EquatableArray<int> places, int width)
    {
        if (places.Count == width) return x;
        var from = Enumerable.Repeat(places.Count, width).ToArray();
        for (var at = 0; at < places.Count; at++) from[places[at]] = at;
        return x.Padded(1).Columns(from);
    }

    /// <summary>With columns of zeros at the end.</summary>
    public static Edge Padded(this Edge x, int columns, int before = 0) =>
        new Operation("Pad", [x, Indices([0, before, 0, columns]), 0.0])[0];

    /// <summary>A column of zeros, one for each row of <paramref name="x"/>, which has a dimension of 1 or more after the first.</summary>
    public static Edge ZerosLike(this Edge x) => new Operation("ConstantOfShape", [new Operation("Shape", [x])[0]],
        NodeAttribute.Of("value", Tensor.Of([0.0], 1)))[0];

    public static Edge Indices(params long[] numbers) => Tensor.Of(numbers, numbers.Length);

    public static Edge Vector(ReadOnlySpan<double> numbers) => Tensor.Of(numbers, numbers.Length);

    public static Edge Matrix(ReadOnlySpan<double> numbers, long columns) =>
        Tensor.Of(numbers, columns == 0 ? 0 : numbers.Length / columns, columns);

    /// <summary>The identity matrix.</summary>
    public static Edge Unit(int size)
    {
        var cells = new double[size * size];
        for (var at = 0; at < size; at++) cells[at * size + at] = 1;
        return Matrix(cells, size);
    }

    /// <summary>A matrix with one row.</summary>
    public static Edge Row(ReadOnlySpan<double> numbers) => Tensor.Of(numbers, 1, numbers.Length);
}
