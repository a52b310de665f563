using FunctionalStack.Neural;

namespace FunctionalStack.Onnx;

/// <summary>
/// Constants, and the integers by which exporters compute the shapes of later nodes. The number of rows is -1 among them, as
/// Reshape has it.
/// </summary>
internal static class Extents
{
    private const int Most = 64;

    public static Value Constant(FileNode node, Walk walk)
    {
        if (node.Tensor("value") is { } tensor) return new Constant(tensor);
        if (node.Integers("value_ints") is { } integers) return Made(node, integers);
        return node.Has("value_int") ? new Constant(FileTensor.Of(node.Outputs[0], [node.Integer("value_int", 0)]).With([]))
            : node.Has("value_float") ? new Constant(Empty(node).With([], [node.Single("value_float", 0)]))
            : throw node.Refused("is a constant of another kind than numbers");
    }

    public static Value Shape(FileNode node, Walk walk) => node.Has("start") || node.Has("end")
        ? throw node.Refused("has a part of a shape")
        : Made(node, [-1, .. walk.Signal(node, 0).Layout.Dims.Select(dim => (long)dim)]);

    public static Value Gather(FileNode node, Walk walk)
    {
        var (from, index) = (Whole(node, walk, 0), walk.Tensor(node, 1));
        if (node.Integer("axis", 0) != 0) throw node.Refused("takes a part of another axis than the first");
        long[] taken = [.. Shapes.Integers(index, node).Select(at => from[Shapes.Place(at, from.Length, node)])];
        return new Constant(FileTensor.Of(node.Outputs[0], taken).With(index.Dims.Length == 0 ? [] : [taken.Length]));
    }

    public static Value Slice(FileNode node, Walk walk)
    {
        var from = Whole(node, walk, 0);
        var starts = node.Integers("starts") ?? Shapes.Integers(walk.Tensor(node, 1), node);
        var ends = node.Integers("ends") ?? Shapes.Integers(walk.Tensor(node, 2), node);
        var axes = node.Integers("axes") ?? (walk.FindTensor(node, 3) is { } given ? Shapes.Integers(given, node) : [0]);
        var steps = walk.FindTensor(node, 4) is { } each ? Shapes.Integers(each, node) : [1];
        if (starts is not [var start] || ends is not [var end] || axes is not [0] || steps is not [1])
            throw node.Refused("takes another part than a range of a shape");
        var (first, last) = (Bound(start), Bound(end));
        return Made(node, last > first ? from[first..last] : []);

        int Bound(long at) => (int)Math.Clamp(at < 0 ? Math.Max(at, -Most) + from.Length : at, 0, from.Length);
    }

    public static Value Concat(FileNode node, Walk walk)
    {
        if (node.Integer("axis", 0) is not (0 or -1)) throw node.Refused("joins along another axis than the first of a shape");
        long[] all = [.. Enumerable.Range(0, Math.Min(node.Inputs.Count, Most)).SelectMany(input => Whole(node, walk, input))];
        return all.Length <= Most && node.Inputs.Count <= Most ? Made(node, all) : throw node.Refused("joins more than a shape has");
    }

    // Only shapes are computed with: no layer joins or cuts the values of a net.
    private static long[] Whole(FileNode node, Walk walk, int input) => walk.Of(node, input) is Constant { Tensor.IsInteger: true } constant
        ? Shapes.Integers(constant.Tensor, node) : throw node.Refused("the library has no layer for this operator on values of a net");

    private static Constant Made(FileNode node, IReadOnlyList<long> integers) => new(FileTensor.Of(node.Outputs[0], integers));

    private static FileTensor Empty(FileNode node) => FileTensor.Of(node.Outputs[0], []);
}
