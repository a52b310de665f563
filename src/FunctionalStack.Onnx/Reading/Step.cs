using FunctionalStack.Neural;

namespace FunctionalStack.Onnx;

/// <summary>A layer that was read, with its numbers in the library's order.</summary>
/// <param name="Layer">The layer. That of a residual block has the layers of both sides.</param>
/// <param name="Parameters">A block for each of its plan's.</param>
/// <param name="Moments">A block for each of its plan's.</param>
internal sealed record ReadLayer(Layer Layer, float[][] Parameters, float[][] Moments)
{
    public ReadLayer(Layer layer) : this(layer, [], []) { }

    public IReadOnlyList<ReadLayer> Body { get; init; } = [];

    public IReadOnlyList<ReadLayer> Shortcut { get; init; } = [];

    /// <summary>The depth of residual blocks in residual blocks.</summary>
    public int Nesting { get; init; }
}

/// <summary>The layers from the input to a place in the net: a list that shares its beginning with those of other places.</summary>
internal sealed class Step
{
    // Layers in residual blocks, and the depth of blocks in blocks: a graph can repeat itself.
    private const int MostLayers = 10_000;
    private const int MostNesting = 32;

    private readonly int count;

    private Step(Step? before, ReadLayer? layer, Shape output, int count)
    {
        (Before, Layer, Output, this.count) = (before, layer, output, count);
        Length = before is null ? 0 : before.Length + 1;
        Divisor = before?.Divisor ?? 1;
    }

    public Step? Before { get; }

    /// <summary>The last layer; null at the input.</summary>
    public ReadLayer? Layer { get; }

    public Shape Output { get; }

    public int Length { get; }

    /// <summary>What the file divides its input by.</summary>
    public double Divisor { get; private init; }

    public static Step Input(Shape shape, double divisor = 1) => new(null, null, shape, 0) { Divisor = divisor };

    public Step Then(ReadLayer layer, FileNode node) => new(this, layer,
        Network.Of(Output, layer.Layer).Check().Match(plan => plan.Output, failure => throw node.Refused(failure.What, failure.Remedy)),
        Checked(count + 1, node));

    /// <summary>The sum of two places, as a residual block after the last place that both come from.</summary>
    public static Step Sum(Step one, Step other, FileNode node)
    {
        if (one.Output != other.Output) throw node.Refused($"adds {one.Output} and {other.Output}");
        var (body, shortcut) = (one, other);
        while (body != shortcut)
        {
            if (body.Length >= shortcut.Length) body = body.Before ?? throw node.Refused("adds values of different inputs");
            else shortcut = shortcut.Before ?? throw node.Refused("adds values of different inputs");
        }

        var start = body;
        var (longer, shorter) = one == start ? (other, one) : (one, other);
        // x + x has no layer of its own. Dropout with rate 0 is a layer that does nothing.
        ReadLayer[] layers = longer == start ? [new(new Layer.Dropout(0))] : longer.Since(start);
        var beside = shorter.Since(start);
        var nesting = layers.Concat(beside).Max(layer => layer.Nesting) + 1;
        if (nesting > MostNesting) throw node.Refused($"is inside {MostNesting} residual blocks");
        var block = new Layer.Residual(EquatableArray.From(layers.Select(layer => layer.Layer)),
            EquatableArray.From(beside.Select(layer => layer.Layer)));
        return new(start, new ReadLayer(block) { Body = layers, Shortcut = beside, Nesting = nesting }, one.Output,
            Checked((long)one.count + other.count - start.count + 1, node));
    }

    /// <summary>The layers from the input on.</summary>
    public ReadLayer[] All() => Since(null);

    public Step Root() => Before is null ? this : Ancestors().Last();

    private ReadLayer[] Since(Step? start) =>
        [.. Ancestors().TakeWhile(step => step != start).Where(step => step.Layer is not null).Select(step => step.Layer!).Reverse()];

    private IEnumerable<Step> Ancestors()
    {
        for (var at = this; at is not null; at = at.Before) yield return at;
    }

    private static int Checked(long count, FileNode node) =>
        count <= MostLayers ? (int)count : throw node.Refused($"ends more than {MostLayers} layers");
}
