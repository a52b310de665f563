using FsCheck;
using FsCheck.Fluent;
using FunctionalStack.Laws;
using FunctionalStack.Learners;
using FunctionalStack.Neural;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.Onnx.Tests;

/// <summary>A learner, its training data, and new rows with missing values and unseen levels.</summary>
public sealed record OnnxSample(ILearner Learner, Dataset Data, Frame Later, bool IsSingle)
{
    public override string ToString() => $"{Learner}\n{Show.Of(Data)}later: {Show.Of(Later)}";
}

/// <summary>One learner behind preprocessing.</summary>
public sealed record PartSample(OnnxSample Sample);

/// <summary>A composition.</summary>
public sealed record StackSample(OnnxSample Sample);

/// <summary>Random learners, transforms and compositions of the library.</summary>
public static class OnnxSamples
{
    private const string TextColumn = "t";

    /// <summary>A learner with preprocessing before which it may stand.</summary>
    /// <param name="Learner">The learner.</param>
    /// <param name="Steps">Whether it reads rounded numbers by thresholds, so that nothing that rounds may stand before it.</param>
    /// <param name="IsSingle">Whether it computes in single precision.</param>
    /// <param name="Raw">Whether it reads missing values and categories.</param>
    private sealed record Kind(ILearner Learner, bool Steps = false, bool IsSingle = false, bool Raw = false);

    public static Arbitrary<PartSample> Parts() => Arb.From(
        from data in Data
        from part in Part(data.Roles)
        from later in Later(data.Frame)
        select new PartSample(new(part.Learner, data, later, part.IsSingle)), Smaller);

    public static Arbitrary<StackSample> Stacks() => Arb.From(
        from data in Data
        from depth in Gen.Choose(1, 2)
        from made in Composition(data.Roles, depth)
        from later in Later(data.Frame)
        select new StackSample(new(made.Learner, data, later, made.IsSingle)),
        one => Smaller(new PartSample(one.Sample)).Select(part => new StackSample(part.Sample)));

    /// <summary>The learners and transforms of some samples.</summary>
    public static IReadOnlyCollection<Type> Tried =>
    [
        .. from sample in Parts().Generator.Select(one => one.Sample.Learner).Sample(1500).Concat(Stacks().Generator
               .Select(one => one.Sample.Learner).Sample(300))
           from part in Within(sample)
           select part,
    ];

    private static IEnumerable<Type> Within(ISpec spec) =>
        spec.Components.SelectMany(part => Within(part.Spec)).Append(spec.GetType());

    private static IEnumerable<PartSample> Smaller(PartSample one) =>
        Enumerable.Range(0, one.Sample.Later.RowCount).Where(_ => one.Sample.Later.RowCount > 1)
            .Select(row => new PartSample(one.Sample with { Later = one.Sample.Later.Take([row]) }));

    private static Gen<Dataset> Data =>
        from rows in Gen.Choose(8, 40)
        from data in Generate.Data(rows, Generate.AnyTarget)
        from texts in Texts(rows)
        from withTexts in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        select withTexts ? data.WithFrame(data.Frame.With(TextColumn, texts)) : data;

    // Words in either case, with accents, signs and letters that are not words.
    private static Gen<Column> Texts(int rows) =>
        Gen.Elements("red", "Red", "RED", "green", "blau", "grün", "GRÜN", "x", "7", "42", "-", "a.b", "日本", "extraordinarily", "")
            .ArrayOf(4).Select(words => string.Join(' ', words).Trim()).ArrayOf(rows).Select(texts => (Column)Column.Categorical.Of(texts));

    private static Gen<Frame> Later(Frame frame) =>
        from rows in Gen.Frequency((1, Gen.Constant(0)), (1, Gen.Constant(1)), (6, Gen.Choose(2, 12)))
        from columns in Gen.CollectToArray(frame.Columns, column => column.Name == TextColumn ? Texts(rows)
            : column.Column is Column.Categorical known
            ? Gen.Elements<string?>([null, "unseen", "Ünbekannt", .. known.Levels]).ArrayOf(rows)
                .Select(values => (Column)Column.Categorical.Of(values))
            : Generate.Numeric(rows))
        select new Frame(rows, EquatableArray.From(frame.Columns.Zip(columns, (old, now) => new NamedColumn(old.Name, now))));

    private static Gen<(ILearner Learner, bool IsSingle)> Part(Roles roles) =>
        from kind in roles.Target is Target.Classes ? OfClasses : OfValues
        from transform in Before(kind)
        select ((ILearner)transform.Then(kind.Learner), kind.IsSingle);

    private static Gen<Kind> OfAny { get; } = Gen.OneOf(
        Gen.Constant(new Kind(new Majority(), Raw: true)),
        from k in Gen.Choose(1, 5)
        from votes in Gen.Elements(Enum.GetValues<NeighborWeights>())
        from metric in Gen.Elements(Enum.GetValues<Distance>())
        from p in Gen.Elements(1.0, 1.5, 2, 3)
        select new Kind(new KNearestNeighbors(k, votes, metric, p), Steps: true),
        Gen.Choose(1, 4).Select(depth => new Kind(new DecisionTree(MaxDepth: depth), Steps: true)),
        Gen.Choose(1, 5).Select(trees => new Kind(new RandomForest(trees), Steps: true)),
        Gen.Choose(1, 5).Select(trees => new Kind(new ExtraTrees(trees), Steps: true)),
        from rounds in Gen.Choose(1, 6)
        from bins in Gen.Elements(2, 4, 255)
        from smoothing in Gen.Elements(0.0, 10)
        select new Kind(new GradientBoosting(rounds, MinChildWeight: 0, Bins: bins, CategorySmoothing: smoothing), Steps: true, Raw: true),
        Gen.Elements(Kernel.Linear, Kernel.Rbf).Select(kernel => new Kind(new SupportVectorMachine(kernel), IsSingle: true)),
        Gen.Constant(new Kind(new Net(Hidden: [3], Epochs: 2), IsSingle: true)),
        from rule in Gen.Elements(Enum.GetValues<AdaBoostRule>())
        from rounds in Gen.Choose(1, 4)
        select new Kind(new AdaBoost(new DecisionTree(MaxDepth: 2), rounds, 1, rule), Steps: true),
        Gen.Constant(new Kind(new Bagging(Members: 3, ColumnShare: 0.6), Steps: true)),
        Gen.Constant(new Kind(Voting.Of(("tree", new DecisionTree(MaxDepth: 3)), ("near", new KNearestNeighbors(2))), Steps: true)));

    private static Gen<Kind> OfClasses { get; } = Gen.Frequency(
        (3, OfAny),
        (2, Gen.Elements<ILearner>(
            new LogisticRegression(), new GaussianNaiveBayes(), new BernoulliNaiveBayes(Threshold: 0.25), new BernoulliNaiveBayes(),
            new LinearDiscriminantAnalysis(0.1), new QuadraticDiscriminantAnalysis(0.1, 0.1), new OrdinalClassifier(),
            new OrdinalClassifier(new DecisionTree(MaxDepth: 2)), new Balanced(new LogisticRegression()),
            new Tuned(new LogisticRegression(), SearchSpace.Empty.Over("c", 0.1, 1)),
            Voting.Of(("tree", new DecisionTree(MaxDepth: 3)), ("bayes", new GaussianNaiveBayes())) with
            {
                Vote = VotingRule.Hard,
                Weights = [1, 2],
            }).Select(learner => new Kind(learner, Steps: true))),
        // Scaled to [0, 1], the rounding errors of a column that whitening makes constant are no longer small.
        (1, Gen.Constant(new Kind(new MinMax().Then(new MultinomialNaiveBayes()), Steps: true))));

    private static Gen<Kind> OfValues { get; } = Gen.Frequency(
        (2, OfAny),
        (1, Gen.Elements<ILearner>(new RidgeRegression(), new RidgeCV(), new Lasso(0.1), new ElasticNet(0.1))
            .Select(learner => new Kind(learner))),
        (1, Gen.Elements(new Kind(new ErrorForest(3, 2), Steps: true),
            new Kind(new GradientBoosting(3, MinChildWeight: 0, Objective: BoostingObjective.Quantile), Steps: true, Raw: true))));

    // Numeric columns at the end, unless the learner reads any.
    private static Gen<ITransform> Before(Kind kind)
    {
        if (kind.Raw) return Gen.Elements(Recipe.ForBoosting, new Identity(), new Impute(), Recipe.ForTrees);
        var numbers = Gen.Elements<ITransform>(kind.Steps ? [new Identity(), new MinMax(), new Standardize()]
            : [new Identity(), new MinMax(), new Standardize(), new Log1p(), new TfIdf(), new Whiten(), new Whiten(Whitening.Zca)]);
        var categories = Gen.Elements<ITransform>(new OneHot(), new OneHot(2), new OneHot(Unseen: Unseen.Fail), new OneHot(DropFirst: true),
            new Ordinal(), new Ordinal(Unseen.Fail), new TargetEncode(2));
        return Gen.OneOf(
            Gen.Elements(Recipe.ForLinear, Recipe.ForTrees, Recipe.ForCounts),
            from encode in categories
            from indicator in Gen.Elements(true, false)
            from scale in numbers
            select (ITransform)encode.Then(new Impute(indicator)).Then(scale),
            from encode in categories
            select (ITransform)new Impute().Then(encode),
            from impute in Gen.Elements(true, false)
            select (ITransform)new BagOfWords(20, 1, 0, 0, 0).Then(new Impute(impute)));
    }

    private static Gen<(ILearner Learner, bool IsSingle)> Composition(Roles roles, int depth) => depth == 0 ? Part(roles) : Gen.Frequency(
        (5, Stack(roles, depth)),
        (1, from inner in Composition(roles, depth - 1)
            select ((ILearner)new Conformal(inner.Learner, new FoldPlan.KFold(2)), inner.IsSingle)),
        (1, from inner in Composition(roles, depth - 1)
            select (roles.Target is Target.Classes { Levels.Count: 2 }
                ? new Thresholded(inner.Learner, Threshold.Balanced, new FoldPlan.KFold(2)) : inner.Learner, inner.IsSingle)),
        (1, from inner in Composition(roles, depth - 1)
            from other in Part(roles)
            select ((ILearner)Voting.Of(("one", inner.Learner), ("other", other.Learner)), inner.IsSingle || other.IsSingle)));

    private static Gen<(ILearner Learner, bool IsSingle)> Stack(Roles roles, int depth) =>
        from count in Gen.Choose(1, 3)
        from bases in Gen.CollectToArray(Enumerable.Range(0, count), _ => Composition(roles, depth - 1))
        from columns in Compositions.StackColumnSets
        from meta in Meta(roles, count, columns.StackMethod)
        from combine in Gen.Elements(Combine.Average, Combine.Refit)
        select ((ILearner)new Stack(EquatableArray.From(bases.Select((one, at) => new Base($"base{at}", one.Learner))), meta,
            new FoldPlan.KFold(2), combine, columns), bases.Any(one => one.IsSingle));

    // Meta-learners that do not decide by thresholds: their columns are rounded.
    private static Gen<ILearner> Meta(Roles roles, int bases, StackMethod method)
    {
        ILearner encoded = method == StackMethod.Labels ? new OneHot().Then(new LogisticRegression()) : new LogisticRegression();
        return roles.Target is Target.Classes
            ? Gen.Elements([new OpinionPool(), new ConvexWeights(), new NonNegative(), new Greedy(5, Bags: 2), encoded,
                .. bases == 1 ? Enum.GetValues<CalibrationMethod>().Select(one => (ILearner)new Calibration(one)) : [],
                new Pruned(new ConvexWeights(), new FoldPlan.KFold(2))])
            : Gen.Elements<ILearner>(new OpinionPool(), new ConvexWeights(), new NonNegative(), new Greedy(5), new RidgeRegression());
    }
}
