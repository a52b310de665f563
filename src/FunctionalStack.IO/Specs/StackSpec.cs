namespace FunctionalStack.IO;

/// <summary>What a spec file says (docs/spec.md): a learner or a stack, as plain data, before it meets a dataset.</summary>
public sealed record StackSpec(NodeSpec Root)
{
    /// <summary>
    /// The learner for this data: each learner behind its usual preprocessing where the spec names none. Its folds are
    /// shuffled by the seed of the fit. Fails where the spec and the data do not fit together.
    /// </summary>
    /// <param name="data">Only its target's kind and its column names are looked at.</param>
    /// <param name="name">What messages call the spec.</param>
    /// <param name="catalogue">Which learners have what usual preprocessing; null for the library's.</param>
    public Outcome<ILearner> Build(Dataset data, string name = "spec", Catalogue? catalogue = null) =>
        Refusal.Try(name, () => SpecBuilder.Build(this, data, SpecNames.Of(catalogue)));

    /// <summary>The same spec with the outermost stack's folds replaced; a spec without a stack stays as it is.</summary>
    public StackSpec WithFolds(FoldsSpec folds) => Root is NodeSpec.Stack stack ? new(stack with { Folds = folds }) : this;

    /// <summary>The same spec with so many folds in its outermost stack; null where there is no stack, or its folds are not counted.</summary>
    public StackSpec? WithFoldCount(int k) => Root is NodeSpec.Stack stack && (stack.Folds ?? new FoldsSpec()) is { Counts: true } folds ? WithFolds(folds with { K = k }) : null;

    /// <summary>
    /// The same spec without these bases of the outermost stack that has several, those that a time budget can leave out: the
    /// others learn exactly what they learned before.
    /// </summary>
    public StackSpec Without(EquatableArray<string> names) => new(Without(Root, names));

    private static NodeSpec Without(NodeSpec node, EquatableArray<string> names) => node switch
    {
        NodeSpec.Stack { Bases: [var only] } stack => stack with { Bases = [only with { Node = Without(only.Node, names) }] },
        NodeSpec.Stack stack => stack with { Bases = EquatableArray.From(stack.Bases.Where(b => !names.Contains(b.Name))) },
        _ => node,
    };
}

/// <summary>A learner or a stack, with what stands before it.</summary>
/// <param name="Preprocess">Transforms in sequence; null for the usual ones.</param>
/// <param name="Columns">The only columns seen; null for all.</param>
public abstract record NodeSpec(EquatableArray<ITransform>? Preprocess, EquatableArray<string>? Columns)
{
    private protected abstract void Seal();

    /// <summary>One learner.</summary>
    public sealed record Single(ILearner Learner, EquatableArray<ITransform>? Preprocess = null, EquatableArray<string>? Columns = null) : NodeSpec(Preprocess, Columns)
    {
        private protected override void Seal() { }
    }

    /// <summary>A <see cref="FunctionalStack.Stack"/> whose folds are still to be made.</summary>
    /// <param name="Bases">At least one, under distinct names.</param>
    /// <param name="Meta">Null for logistic regression on classes and cross-validated ridge regression on values.</param>
    /// <param name="Folds">The folds that the bases share; null for the usual ones.</param>
    /// <param name="Combine">Which models answer for later rows.</param>
    /// <param name="StackColumns">What the bases hand upward; null for probabilities.</param>
    /// <param name="Passthrough">Original columns that the meta learner sees as well: <see cref="Identity"/>, <see cref="SelectColumns"/> or null for none.</param>
    /// <param name="OnFailure">What becomes of the stack when a base cannot be fitted.</param>
    /// <param name="Preprocess">Before all bases; null for nothing, since each base has its own.</param>
    /// <param name="Columns">The only columns seen; null for all.</param>
    /// <param name="Prune">Whether the meta learner leaves out the bases it can do without (<see cref="Pruned"/>).</param>
    public sealed record Stack(
        EquatableArray<BaseSpec> Bases,
        NodeSpec? Meta = null,
        FoldsSpec? Folds = null,
        Combine Combine = Combine.Average,
        StackColumns? StackColumns = null,
        ITransform? Passthrough = null,
        OnFailure OnFailure = OnFailure.Stop,
        EquatableArray<ITransform>? Preprocess = null,
        EquatableArray<string>? Columns = null,
        bool Prune = false) : NodeSpec(Preprocess, Columns)
    {
        private protected override void Seal() { }
    }
}

/// <summary>A base under the name it goes by.</summary>
public sealed record BaseSpec(string Name, NodeSpec Node);
