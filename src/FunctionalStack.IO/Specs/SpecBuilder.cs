using FunctionalStack.Preprocessing;

namespace FunctionalStack.IO;

/// <summary>Creates the learner of a spec for a dataset.</summary>
internal sealed class SpecBuilder
{
    private const int MostListed = 20;

    private readonly Roles roles;

    private readonly SpecNames names;

    private SpecBuilder(Roles roles, SpecNames names) => (this.roles, this.names) = (roles, names);

    public static ILearner Build(StackSpec spec, Dataset data, SpecNames names) =>
        new SpecBuilder(data.Roles, names).Node(spec.Root, data.Frame.Names, "$");

    /// <param name="node">The node to build.</param>
    /// <param name="columns">The columns that it will be given; null if they are not known before the fit.</param>
    /// <param name="path">The JSON path of the node.</param>
    private ILearner Node(NodeSpec node, EquatableArray<string>? columns, string path)
    {
        var seen = Seen(node.Columns, columns, $"{path}.columns");
        return Behind(node.Columns, node switch
        {
            NodeSpec.Single single => Behind(single.Preprocess ?? Usual(single.Learner), Dressed(single.Learner, path)),
            // Preprocessing before a stack may create other columns.
            NodeSpec.Stack stack =>
                Behind(stack.Preprocess ?? default, Stack(stack, stack.Preprocess is null ? seen : null, $"{path}.stack")),
            _ => throw new InvalidOperationException(),
        });
    }

    // The columns of a stack within a learner are known after that one's preprocessing.
    private ILearner Dressed(ILearner learner, string path) =>
        new NestedLearner(names).Dressed(learner, stack => Stack(stack, null, $"{path}.params"));

    private Stack Stack(NodeSpec.Stack spec, EquatableArray<string>? columns, string path)
    {
        if (spec.Folds?.Kind is { } kind and (FoldKind.Stratified or FoldKind.StratifiedGroup) && roles.Target is Target.Numeric)
        {
            var remedy = kind == FoldKind.Stratified ? "Remove kind, or set it to kfold." : "Set kind to group.";
            throw new Refusal($"'{SpecValue.EnumName(kind)}' needs a target of classes, but the target is numeric", remedy,
                $"{path}.folds.kind");
        }

        if (spec.Folds?.Kind is { } split and (FoldKind.Kfold or FoldKind.Stratified or FoldKind.HoldOut or FoldKind.TimeOrdered)
            && roles.Groups is not null)
        {
            throw new Refusal($"'{SpecValue.EnumName(split)}' does not keep groups whole",
                "Remove kind, set it to group, or remove the groups.", $"{path}.folds.kind");
        }

        if (spec.Folds?.Kind is { } whole and (FoldKind.Group or FoldKind.StratifiedGroup) && roles.Groups is null)
        {
            throw new Refusal($"'{SpecValue.EnumName(whole)}' needs the group of each row, but the rows have no groups",
                "Name the column of the groups (--groups COLUMN), or remove kind.", $"{path}.folds.kind");
        }

        if (spec.Prune && spec.Passthrough is not null)
        {
            throw new Refusal("'prune' compares the predictions of bases, but 'passthrough' gives the meta-learner original columns, too",
                "Remove prune or passthrough.", $"{path}.prune");
        }

        if (spec.Folds is { Kind: FoldKind.Auto, Repeats: > 1 } && roles.Groups is not null)
        {
            throw new Refusal("folds that keep groups whole are not shuffled, so repeating them gives the same folds again",
                "Remove repeats.", $"{path}.folds.repeats");
        }

        if (spec.Passthrough is SelectColumns passed) Seen(passed.Columns, columns, $"{path}.passthrough");
        var plan = (spec.Folds ?? new()).Plan();
        var meta = Meta(spec, $"{path}.meta");
        return new(
            EquatableArray.From(spec.Bases.Select((b, i) => new Base(b.Name, Node(b.Node, columns, $"{path}.bases[{i}]")))),
            spec.Prune ? new Pruned(meta, plan) : meta,
            plan,
            spec.Combine,
            spec.StackColumns,
            spec.Passthrough,
            spec.OnFailure)
        {
            Name = spec.Meta is NodeSpec.Single { Learner: Learners.Calibration } ? FunctionalStack.Stack.Calibrated : "stack",
        };
    }

    private ILearner Meta(NodeSpec.Stack spec, string path) => (spec.Meta ?? new NodeSpec.Single(SpecNames.UsualMeta(roles.Target))) switch
    {
        // Raw columns get default preprocessing. Probabilities and numeric predictions need none; labels are encoded as numbers.
        NodeSpec.Single { Preprocess: null } single when spec.Passthrough is null =>
            Node(single
                with
            {
                Learner = Bare(single.Learner),
                Preprocess = spec.StackColumns?.StackMethod == StackMethod.Labels && roles.Target is Target.Classes
                && !single.Learner.Capabilities.PredictionsOnly ? [new OneHot()] : []
            }, null, path),
        var meta => Node(meta, null, path),
    };

    // What is tuned or balanced as a meta-learner gets the preprocessing of a meta-learner, which is before the search.
    private static ILearner Bare(ILearner learner) => learner is Tuned tuned
        ? tuned with
        {
            Learner = tuned.Learner is { } inner ? Bared(inner) : null,
            Candidates = EquatableArray.From(tuned.Candidates.Select(one => one with { Learner = Bared(one.Learner) })),
        }
        : learner is Balanced { Learner: { } weighted } balanced ? balanced with { Learner = Bared(weighted) }
        : learner;

    private static ILearner Bared(ILearner learner) => learner is Pipeline ? learner : new Identity().Then(learner);

    private EquatableArray<ITransform> Usual(ILearner learner) => names.Catalogue.RecipeFor(learner) is { } recipe ? [recipe] : [];

    private static ILearner Behind(EquatableArray<string>? columns, ILearner learner) =>
        columns is { } only ? new SelectColumns(only).Then(learner) : learner;

    private static ILearner Behind(EquatableArray<ITransform> transforms, ILearner learner) =>
        transforms.Count == 0 ? learner : NestedLearner.Behind(transforms, learner);

    private static EquatableArray<string>? Seen(EquatableArray<string>? named, EquatableArray<string>? known, string path)
    {
        if (named is not { } wanted || known is not { } columns) return named ?? known;
        for (var i = 0; i < wanted.Count; i++)
        {
            if (columns.Contains(wanted[i])) continue;
            var parts = columns.Where(column => column.StartsWith($"{wanted[i]}:", StringComparison.Ordinal)).ToArray();
            var near = parts.Length > 0 ? $"A date is read as its parts: {Listed.Some(parts)}. "
                : NearestName.To(wanted[i], columns) is { } found ? $"Did you mean '{found}'? " : "";
            var all = string.Join(", ", columns.Take(MostListed)) + (columns.Count > MostListed ? ", ..." : "");
            throw new Refusal($"'{wanted[i]}' is not a column of the data", $"{near}Columns: {all}.", $"{path}[{i}]");
        }

        return wanted;
    }
}
