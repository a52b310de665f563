namespace FunctionalStack.IO;

/// <summary>A spec (docs/spec.md): a learner or a stack as plain data, before it is built for a dataset.</summary>
/// <param name="Root">The learner or stack.</param>
public sealed record StackSpec(NodeSpec Root)
{
    /// <summary>
    /// Builds the learner for a dataset, with default preprocessing before each learner for which the spec has none. The folds are
    /// shuffled with the seed of the fit. Fails if the spec and the data do not fit.
    /// </summary>
    /// <param name="data">Only its kind of target and its column names are used.</param>
    /// <param name="name">The name of the spec in messages.</param>
    /// <param name="catalogue">The catalogue with the default preprocessing of learners; null for the library's.</param>
    public Outcome<ILearner> Build(Dataset data, string name = "spec", Catalogue? catalogue = null) =>
        Refusal.Try(name, () => SpecBuilder.Build(this, data, SpecNames.Of(catalogue)));

    /// <summary>The spec with other folds in the outermost stack; unchanged without a stack.</summary>
    public StackSpec WithFolds(FoldsSpec folds) => Root is NodeSpec.Stack stack ? new(stack with { Folds = folds }) : this;

    /// <summary>The spec with this number of folds in its outermost stack; null if there is no stack, or its plan has no number of
    /// folds.</summary>
    public StackSpec? WithFoldCount(int k) =>
        Root is NodeSpec.Stack stack && (stack.Folds ?? new FoldsSpec()) is { Counts: true } folds ? WithFolds(folds with { K = k }) : null;

    /// <summary>The spec fitted with its classes weighted evenly (<see cref="FunctionalStack.Balanced"/>).</summary>
    public StackSpec Balanced() => new(Root switch
    {
        NodeSpec.Stack stack => Balanced(new StackNode(stack with { Preprocess = null, Columns = null }), stack),
        NodeSpec.Single single => Balanced(single.Learner, single),
        _ => throw new InvalidOperationException(),
    });

    // The preprocessing is weighted too. Without any, the learner gets its default one inside.
    private static NodeSpec.Single Balanced(ILearner learner, NodeSpec node) =>
        new(new Balanced(node.Preprocess is { } steps ? NestedLearner.Behind(steps, learner) : learner), [], node.Columns);

    /// <summary>
    /// The spec without these bases of the outermost stack that has several, for a time budget. The other bases are fitted exactly
    /// as before.
    /// </summary>
    public StackSpec Without(EquatableArray<string> names) => new(Without(Root, names));

    private static NodeSpec Without(NodeSpec node, EquatableArray<string> names) => node switch
    {
        NodeSpec.Stack { Bases: [var only] } stack => stack with { Bases = [only with { Node = Without(only.Node, names) }] },
        NodeSpec.Stack stack => stack with { Bases = EquatableArray.From(stack.Bases.Where(b => !names.Contains(b.Name))) },
        _ => node,
    };
}

/// <summary>A learner or a stack, with its preprocessing.</summary>
/// <param name="Preprocess">Transforms in sequence; null for the default ones.</param>
/// <param name="Columns">The columns to use; null for all.</param>
public abstract record NodeSpec(EquatableArray<ITransform>? Preprocess, EquatableArray<string>? Columns)
{
    private protected abstract void Seal();

    /// <summary>A single learner.</summary>
    /// <param name="Learner">The learner.</param>
    /// <param name="Preprocess">Transforms in sequence; null for the default ones.</param>
    /// <param name="Columns">The columns to use; null for all.</param>
    public sealed record Single(ILearner Learner, EquatableArray<ITransform>? Preprocess = null, EquatableArray<string>? Columns = null)
        : NodeSpec(Preprocess, Columns)
    {
        private protected override void Seal() { }
    }

    /// <summary>A <see cref="FunctionalStack.Stack"/> before its folds are built.</summary>
    /// <param name="Bases">The bases: at least one, with distinct names.</param>
    /// <param name="Meta">The meta-learner. Null for logistic regression for classification and cross-validated ridge regression for a
    /// numeric target.</param>
    /// <param name="Folds">The folds, shared by all bases; null for the default ones.</param>
    /// <param name="Combine">The models that predict new rows.</param>
    /// <param name="StackColumns">The columns of the meta-learner; null for probabilities.</param>
    /// <param name="Passthrough">Original columns that the meta-learner is given too: <see cref="Identity"/>, <see cref="SelectColumns"/>
    /// or null for none.</param>
    /// <param name="OnFailure">What to do if a base cannot be fitted.</param>
    /// <param name="Preprocess">Transforms before all bases; null for none, since each base has its own.</param>
    /// <param name="Columns">The columns to use; null for all.</param>
    /// <param name="Prune">Whether the meta-learner drops bases that do not improve it (<see cref="Pruned"/>).</param>
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

/// <summary>A named base.</summary>
/// <param name="Name">Its name, distinct among the bases.</param>
/// <param name="Node">The learner or stack.</param>
public sealed record BaseSpec(string Name, NodeSpec Node);
