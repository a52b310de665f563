using FsCheck;
using FsCheck.Fluent;
using FunctionalStack.IO.Tests.Models;
using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.IO.Tests.Specs;

/// <summary>Arbitrary specs, nested, with every learner and transform that specs can name and any parameters that JSON can carry.</summary>
public static class SpecGenerators
{
    public static Arbitrary<StackSpec> Specs() =>
        Gen.Sized(size => Node(Math.Min(size / 8, 3))).Select(node => new StackSpec(node)).ToArbitrary();

    private static Gen<bool> Truth => Gen.Elements(true, false);

    private static Gen<string> Name { get; } =
        Gen.OneOf(Gen.Elements("Age", "Überraschung", "数据", "a b", "\"q\" <&>", "\\"), Gen.Choose(0, 999).Select(i => $"c{i}"));

    private static Gen<EquatableArray<string>> Names =>
        from count in Gen.Choose(1, 4)
        from names in Name.ArrayOf(count)
        select EquatableArray.From(names.Distinct());

    private static Gen<EquatableArray<string>?> MaybeNames =>
        Gen.OneOf(Gen.Constant((EquatableArray<string>?)null), Names.Select(names => (EquatableArray<string>?)names));

    private static Gen<NodeSpec> Node(int levels) => levels <= 0 ? Single : Gen.OneOf(Single, Stack(levels - 1));

    private static Gen<NodeSpec> Single =>
        from type in Gen.Elements(SpecNames.Default.Learners.Types.ToArray())
        from learner in Record(type)
        from preprocess in Preprocess
        from columns in MaybeNames
        select (NodeSpec)new NodeSpec.Single((ILearner)learner, preprocess, columns);

    private static Gen<NodeSpec> Stack(int levels) =>
        from names in Names
        from nodes in Node(levels).ArrayOf(names.Count)
        from hasMeta in Truth
        from meta in Node(levels)
        from hasFolds in Truth
        from folds in Folds
        from combine in Gen.Elements(Enum.GetValues<Combine>())
        from hasStackOn in Truth
        from method in Gen.Elements(Enum.GetValues<StackMethod>())
        from drop in Truth
        from passed in Names
        from passthrough in Gen.Elements<ITransform?>(null, new Identity(), new SelectColumns(passed))
        from onFailure in Gen.Elements(Enum.GetValues<OnFailure>())
        from preprocess in Preprocess
        from columns in MaybeNames
        from prune in Truth
        select (NodeSpec)new NodeSpec.Stack(
            EquatableArray.From(names.Zip(nodes, (name, node) => new BaseSpec(name, node))), hasMeta ? meta : null, hasFolds ? folds : null,
            combine, hasStackOn ? new(method, drop) : null, passthrough, onFailure, preprocess, columns, prune);

    private static Gen<FoldsSpec> Folds =>
        from kind in Gen.Elements(Enum.GetValues<FoldKind>())
        from k in Gen.Choose(2, 20)
        from shuffle in Truth
        from repeats in Gen.Choose(1, 3)
        from percent in Gen.Choose(1, 99)
        let usual = new FoldsSpec(kind)
        select new FoldsSpec(
            kind,
            usual.Counts ? k : usual.K,
            !usual.Shuffles || shuffle,
            usual.Shuffles && shuffle ? repeats : 1,
            kind == FoldKind.HoldOut ? percent / 100.0 : usual.Fraction);

    private static Gen<EquatableArray<ITransform>?> Preprocess => Gen.OneOf(
        Gen.Constant((EquatableArray<ITransform>?)null),
        from count in Gen.Choose(0, 3)
        from transforms in Transform.ArrayOf(count)
        select (EquatableArray<ITransform>?)EquatableArray.Own(transforms));

    private static Gen<ITransform> Transform =>
        from type in Gen.Elements(SpecNames.Default.Transforms.Types.ToArray())
        from transform in Record(type)
        from columns in MaybeNames
        select columns is { } only ? new OnColumns(only, (ITransform)transform) : (ITransform)transform;

    private static Gen<ILearner?> Nested => Gen.Elements<ILearner?>(
        null,
        new KNearestNeighbors(3),
        new Identity().Then(new DecisionTree(MaxDepth: 2)),
        new Impute().Then(new Standardize()).Then(new GaussianNaiveBayes()),
        new Bagging(new RandomForest(5), 3),
        new OrdinalClassifier(new RandomForest(5)),
        new StackNode(new NodeSpec.Stack([new("a", new NodeSpec.Single(new KNearestNeighbors()))], Prune: true)),
        new Identity().Then(new StackNode(new NodeSpec.Stack([new("a", new NodeSpec.Single(new KNearestNeighbors()))]))),
        Voting.Of(("a", new RidgeRegression(2)), ("b", new OnColumns(["x"], new Standardize()).Then(new KNearestNeighbors(1)))));

    private static Gen<object?> Space =>
        from names in Names
        from values in Gen.OneOf(
            Gen.Elements<SearchValues>(
                new SearchValues.Listed([3L, null, 0.5, 1.0]), new SearchValues.Listed(["gini", true]),
                new SearchValues.Listed([EquatableArray.Of<object?>(8L, 8L)])),
            from scale in Gen.Elements(Scale.Linear, Scale.Log)
            select (SearchValues)new SearchValues.Range(0.01, 1e300, scale)).ArrayOf(names.Count)
        select (object?)new SearchSpace(EquatableArray.From(names.Zip(values, (name, one) => new SearchParameter(name, one))));

    private static Gen<object> Record(Type type)
    {
        var constructor = new RecordConstructor(type);
        return constructor.Fields.Select(field => SpecValue.Carries(field.Type) ? Value(field.Type) : Gen.Constant(field.Default))
            .Aggregate(Gen.Constant(Array.Empty<object?>()),
                (all, next) => from values in all from value in next select (object?[])[.. values, value])
            .Select(constructor.Make);
    }

    private static Gen<object?> Value(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Gen.OneOf(Gen.Constant((object?)null), Value(underlying));
        if (type == typeof(bool)) return Truth.Select(value => (object?)value);
        if (type == typeof(int)) return ArbMap.Default.GeneratorFor<int>().Select(value => (object?)value);
        if (type == typeof(double)) return ModelGenerators.Doubles.Where(double.IsFinite).Select(value => (object?)value);
        if (type == typeof(string)) return Name.Select(value => (object?)value);
        if (type == typeof(MaxFeatures))
            return Gen.Elements<object?>(MaxFeatures.Usual, MaxFeatures.Sqrt, MaxFeatures.Of(1), MaxFeatures.Of(7),
                MaxFeatures.Share(1.0 / 3), MaxFeatures.Share(1), MaxFeatures.Share(1e-9));
        if (type == typeof(ILearner)) return Nested.Select(learner => (object?)learner);
        if (type == typeof(EquatableArray<Base>)) return
            from names in Names
            from learners in Nested.Where(learner => learner is not null).ArrayOf(names.Count)
            select (object?)EquatableArray.From(names.Zip(learners, (name, learner) => new Base(name, learner!)));
        if (type == typeof(FoldPlan)) return Folds.Select(folds => (object?)folds.Plan());
        if (type == typeof(SearchSpace)) return Gen.OneOf(Gen.Constant((object?)null), Space);
        if (type.IsEnum) return Gen.Elements(Enum.GetValues(type).Cast<object?>().ToArray());
        if (type == typeof(EquatableArray<int>))
            return Gen.Elements<object?>(EquatableArray.Of(8, 8, 1), EquatableArray.Of(-1), new EquatableArray<int>());
        if (type == typeof(EquatableArray<double>))
            return Gen.Elements<object?>(EquatableArray.Of(0.1, 1e300), new EquatableArray<double>());
        if (type == typeof(EquatableArray<string>))
            return Gen.Elements<object?>(EquatableArray.Of("Age", "Fare"), new EquatableArray<string>());
        throw new NotSupportedException($"no generator for {type}");
    }
}
