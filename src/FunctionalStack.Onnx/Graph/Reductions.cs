namespace FunctionalStack.Onnx;

/// <summary>Operations along an axis.</summary>
internal static class Reductions
{
    /// <summary>Sums, in any order. The axis is kept with length 1.</summary>
    public static Edge SumOver(this Edge x, int axis, bool keep = true) =>
        new Operation("ReduceSum", [x, Arrays.Indices(axis)], NodeAttribute.Of("keepdims", keep ? 1 : 0))[0];

    /// <summary>The sum of all elements.</summary>
    public static Edge SumOfAll(this Edge x) => new Operation("ReduceSum", [x], NodeAttribute.Of("keepdims", 0))[0];

    public static Edge SquaresOver(this Edge x, int axis, bool keep = true) => Of("ReduceSumSquare", x, axis, keep);

    public static Edge MagnitudesOver(this Edge x, int axis, bool keep = true) => Of("ReduceL1", x, axis, keep);

    /// <summary>The greatest. NaN may be lost.</summary>
    public static Edge MaxOver(this Edge x, int axis, bool keep = true) => Of("ReduceMax", x, axis, keep);

    public static Edge MinOver(this Edge x, int axis, bool keep = true) => Of("ReduceMin", x, axis, keep);

    /// <summary>The index of the greatest element of each row; of equal ones the first.</summary>
    public static Edge ArgMax(this Edge x, bool keep = false) =>
        new Operation("ArgMax", [x], NodeAttribute.Of("axis", 1), NodeAttribute.Of("keepdims", keep ? 1 : 0))[0];

    /// <summary>exp(x) / sum(exp(x)) of each row.</summary>
    public static Edge Softmax(this Edge x) => new Operation("Softmax", [x], NodeAttribute.Of("axis", 1))[0];

    /// <summary>Cumulative sums of each row.</summary>
    public static Edge CumulativeSum(this Edge x, int axis = 1) => new Operation("CumSum", [x, (long)axis])[0];

    /// <summary>Sums from the first to the last of an axis, which is not kept.</summary>
    public static Edge SumInOrder(this Edge x, int axis, int count) => x.CumulativeSum(axis).Gather(count - 1L, axis);

    /// <summary>The smallest elements of each row, ascending; of equal ones the first.</summary>
    public static (Edge Values, Edge Indices) Smallest(this Edge x, long count)
    {
        var top = new Operation("TopK", [x, Arrays.Indices(count)],
            NodeAttribute.Of("axis", 1), NodeAttribute.Of("largest", 0), NodeAttribute.Of("sorted", 1))
        { Outputs = 2 };
        return (top[0], top[1]);
    }

    private static Edge Of(string type, Edge x, int axis, bool keep) =>
        new Operation(type, [x], NodeAttribute.Of("axes", [(long)axis]), NodeAttribute.Of("keepdims", keep ? 1 : 0))[0];
}
