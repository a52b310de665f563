using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.IO;

/// <summary>Reads a spec from JSON.</summary>
/// <param name="names">The known learners and transforms.</param>
internal sealed class SpecReader(SpecNames names)
{
    private static readonly string[] Here = ["preprocess", "columns", "calibrate"];
    private static readonly string[] OfLearner = ["learner", "params", .. Here];
    private static readonly string[] OfStack = ["stack", .. Here];
    private static readonly string[] InStack =
        ["folds", "combine", "stackMethod", "dropFirstClass", "passthrough", "onFailure", "bases", "meta", "metas", "prune"];

    public StackSpec Read(SpecJson root)
    {
        root.Keys("a key of a spec", ["version", "stack", .. OfLearner]);
        if (root.Find("version") is not { } version) throw root.No("has no version", "Write \"version\": 1 first.");
        return version.Int() == SpecFile.Version
            ? new(Node(root, "a spec", "version"))
            : throw version.No($"version {version.Int()} is not one that this version of fstack reads",
                $"Write {SpecFile.Version}, or update fstack.");
    }

    /// <summary>A learner or stack. With "calibrate", it is the only base of a calibrated model.</summary>
    private NodeSpec Node(SpecJson json, string what, params string[] more)
    {
        var node = AsItIs(json, what, more);
        if (json.Find("calibrate") is not { } calibrate) return node;
        return what is "meta" or "a meta"
            ? throw calibrate.No("a meta-learner can only be calibrated with its whole stack", "Write calibrate beside \"stack\".")
            : new NodeSpec.Stack([new(Called(node), node)], new NodeSpec.Single(new Calibration(calibrate.EnumName<CalibrationMethod>())),
                Combine: Combine.Refit);
    }

    private static string Called(NodeSpec node) => node switch
    {
        NodeSpec.Single single => single.Learner.Name,
        NodeSpec.Stack { Bases: [var only], Meta: NodeSpec.Single { Learner: Calibration } } => only.Name,
        _ => "stack",
    };

    private NodeSpec AsItIs(SpecJson json, string what, string[] more)
    {
        if (json.Keys($"a key of {what}", ["learner", "params", "stack", .. Here, .. more]).Find("stack") is { } stack)
        {
            json.Keys("a key beside \"stack\"", [.. OfStack, .. more]);
            return Stack(stack, Preprocess(json), Columns(json));
        }

        return json.Find("learner") is { } learner
            ? new NodeSpec.Single(names.Learners.Read(learner, json.Find("params")), Preprocess(json), Columns(json))
            : throw json.No($"{what} has neither a learner nor a stack", $"Give a learner: {string.Join(", ", names.Learners.Names)}.");
    }

    internal NodeSpec.Stack Stack(SpecJson json, EquatableArray<ITransform>? preprocess, EquatableArray<string>? columns)
    {
        json.Keys("a key of a stack", InStack, former: ["stackOn", "dropOneClass"]);
        var bases = json.Find("bases") ?? throw json.No("a stack has no bases", "Give it a list of bases.");
        return new(
            Bases(bases),
            Meta(json),
            json.Find("folds") is { } folds ? FoldsJson.Read(folds) : null,
            json.Find("combine")?.EnumName<Combine>() ?? Combine.Average,
            StackColumns(json),
            json.Find("passthrough") is { } passthrough ? Passthrough(passthrough) : null,
            json.Find("onFailure")?.EnumName<OnFailure>() ?? OnFailure.Stop,
            preprocess,
            columns,
            json.Find("prune")?.Boolean() ?? false);
    }

    /// <summary>"metas" are the bases of a stack whose meta-learner is convex weights, with folds of the same kind: a Super Learner of the
    /// meta-learners.</summary>
    private NodeSpec? Meta(SpecJson json)
    {
        if (json.Find("metas") is not { } metas) return json.Find("meta") is { } meta ? Node(meta, "meta") : null;
        if (json.Find("meta") is { } both) throw both.No("metas is given too", "Write meta for one learner, or metas for several.");
        // A meta-learner has no preprocessing except an encoder of labels, unless columns pass through.
        EquatableArray<ITransform>? usual = json.Find("passthrough") is { } passthrough && Passthrough(passthrough) is not null
            ? null : StackColumns(json)?.StackMethod == StackMethod.Labels ? [new OneHot()] : [];
        return new NodeSpec.Stack(
            EquatableArray.From(Bases(metas, "a meta").Select(one => one.Node is NodeSpec.Single { Preprocess: null } single
                ? one with { Node = single with { Preprocess = single.Learner.Capabilities.PredictionsOnly ? [] : usual } }
                : one)),
            new NodeSpec.Single(new ConvexWeights()),
            json.Find("folds") is { } folds ? FoldsJson.Read(folds) : null,
            Combine.Refit);
    }

    private EquatableArray<BaseSpec> Bases(SpecJson json, string what = "a base")
    {
        var items = json.Items();
        if (items.Length == 0) throw json.No("there are no bases", "Give at least one.");
        var used = new HashSet<string>();
        return EquatableArray.From(items.Select(item =>
        {
            var node = Node(item, what, "name");
            var name = item.Find("name");
            var called = name?.Text() ?? Called(node);
            if (called.Length == 0) throw name!.Value.No("the name is empty", "Give the base a name.");
            return used.Add(called)
                ? new BaseSpec(called, node)
                : throw (name ?? item).No($"two bases are named '{called}'", "Give each base its own name.");
        }));
    }

    private static StackColumns? StackColumns(SpecJson json)
    {
        var (method, drop) = (json.Find("stackMethod", "stackOn"), json.Find("dropFirstClass", "dropOneClass"));
        return method is null && drop is null
            ? null : new(method?.EnumName<StackMethod>() ?? StackMethod.Probabilities, drop?.Boolean() ?? false);
    }

    private static ITransform? Passthrough(SpecJson json) =>
        json.IsList
            ? new SelectColumns(Names(json))
            : json.Json.ValueKind is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False
            ? json.Boolean() ? new Identity() : null
            : throw json.No($"{json.Json.GetRawText()} is not a value for passthrough", "Write true, false or a list of column names.");

    internal EquatableArray<ITransform>? Preprocess(SpecJson json) =>
        json.Find("preprocess") is { } steps ? EquatableArray.From(steps.Items().Select(Transform)) : null;

    internal ITransform Transform(SpecJson json)
    {
        if (json.IsText) return names.Transforms.Read(json, null);
        json.Keys("a key of a transform", ["name", "params", "columns"]);
        var name = json.Find("name") ?? throw json.No(
            "a transform has no name", $"Give one of: {string.Join(", ", names.Transforms.Names)}.");
        var transform = names.Transforms.Read(name, json.Find("params"));
        return Columns(json) is { } columns ? new OnColumns(columns, transform) : transform;
    }

    private static EquatableArray<string>? Columns(SpecJson json) => json.Find("columns") is { } columns ? Names(columns) : null;

    private static EquatableArray<string> Names(SpecJson json)
    {
        var items = json.Items();
        if (items.Length == 0) throw json.No("there are no columns", "Give at least one, or remove the key.");
        var used = new HashSet<string>();
        return EquatableArray.From(items.Select(item => used.Add(item.Text())
            ? item.Text()
            : throw item.No($"column '{item.Text()}' is given twice", "Give it once.")));
    }
}
