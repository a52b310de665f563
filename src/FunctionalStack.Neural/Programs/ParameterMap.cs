namespace FunctionalStack.Neural;

/// <summary>
/// The offsets of a network's variables in an arena: all parameters in one run, kernels first, so that an optimizer step is one
/// operation for the kernels and one for the rest. Gradients and optimizer state have the same offsets.
/// </summary>
internal sealed class ParameterMap
{
    private readonly Dictionary<Block, Slice> places = [];

    public ParameterMap(NetworkPlan plan, Arena arena)
    {
        Plan = plan;
        var kernels = Run(plan.Parameters.Where(block => block.Kind == BlockKind.Kernel));
        var others = Run(plan.Parameters.Where(block => block.Kind != BlockKind.Kernel));
        KernelLength = kernels.Length;
        Length = kernels.Length + others.Length;
        Whole = arena.Take(Length);
        Place(kernels.Blocks, Whole.Offset);
        Place(others.Blocks, Whole.Offset + KernelLength);
        foreach (var block in plan.Moments) places[block] = arena.Take(block.Length);
    }

    public NetworkPlan Plan { get; }

    /// <summary>All parameters, including the alignment padding between blocks, which stays zero.</summary>
    public Slice Whole { get; }

    public int Length { get; }

    /// <summary>The part of <see cref="Length"/> with kernels, to which weight decay applies.</summary>
    public int KernelLength { get; }

    public Slice this[Block block] => places[block];

    /// <summary>A block's slice in a run with the same offsets as the parameters, such as their gradients.</summary>
    public Slice In(Slice run, Block block) => new(run.Offset + places[block].Offset - Whole.Offset, block.Length);

    public void Write(ICompute to, Variables variables)
    {
        foreach (var block in Plan.Parameters) to.Write(variables.Of(block), places[block]);
        foreach (var block in Plan.Moments) to.Write(variables.Of(block), places[block]);
    }

    public Variables Read(ICompute from) =>
        new(EquatableArray.Own(ReadRun(from, Whole)), EquatableArray.Own(ReadBlocks(from, Plan.Moments, block => places[block])));

    /// <summary>A run with the same offsets as the parameters, without the alignment padding.</summary>
    public float[] ReadRun(ICompute from, Slice run) => ReadBlocks(from, Plan.Parameters, block => In(run, block));

    public void WriteRun(ICompute to, ReadOnlySpan<float> numbers, Slice run)
    {
        foreach (var block in Plan.Parameters) to.Write(numbers.Slice(block.Offset, block.Length), In(run, block));
    }

    private static float[] ReadBlocks(ICompute from, EquatableArray<Block> blocks, Func<Block, Slice> place)
    {
        var numbers = new float[blocks.Sum(block => block.Length)];
        foreach (var block in blocks) from.Read(place(block), numbers.AsSpan(block.Offset, block.Length));
        return numbers;
    }

    private static (Block[] Blocks, int Length) Run(IEnumerable<Block> blocks)
    {
        var all = blocks.ToArray();
        return (all, all.Sum(block => Slice.Aligned(block.Length)));
    }

    private void Place(Block[] blocks, int offset)
    {
        foreach (var block in blocks)
        {
            places[block] = new(offset, block.Length);
            offset += Slice.Aligned(block.Length);
        }
    }
}
