using FsCheck;
using FsCheck.Fluent;

namespace FunctionalStack.Laws;

/// <summary>What FsCheck generates and shrinks: <c>[Properties(Arbitrary = [typeof(Arbitraries)])]</c>.</summary>
public static class Arbitraries
{
    public static Arbitrary<Seed> Seeds() => Generate.Seeds.ToArbitrary();

    public static Arbitrary<Frame> Frames() => Arb.From(Generate.AnyFrame, Shrink.Frames);

    public static Arbitrary<AnyData> Data() => Of(Generate.Data(Generate.AnyTarget), data => new AnyData(data));

    public static Arbitrary<ClassData> Classes() => Of(Generate.Data(Generate.Classes), data => new ClassData(data));

    public static Arbitrary<ValueData> Numbers() => Of(Generate.Data(Generate.Numbers), data => new ValueData(data));

    public static Arbitrary<AnyPlan> AnyPlans() => Of(Plans.Any, (data, plan) => new AnyPlan(data, plan));

    public static Arbitrary<PartitionPlan> PartitionPlans() => Of(Plans.Partition, (data, plan) => new PartitionPlan(data, plan));

    public static Arbitrary<BlindPlan> BlindPlans() => Of(Plans.Blind, (data, plan) => new BlindPlan(data, plan));

    public static Arbitrary<AnyLearner> Learners() =>
        Arb.From(
            from data in Generate.Data(Generate.AnyTarget)
            from depth in Gen.Choose(0, 3)
            from learner in Compositions.Learner(data.Roles, depth)
            select new AnyLearner(data, learner),
            sample => Smaller(sample.Learner).Select(learner => sample with { Learner = learner })
            .Concat(Shrink.Data(sample.Data).Select(data => sample with { Data = data })));

    public static Arbitrary<AnyTransform> Transforms() =>
        Arb.From(
            from data in Generate.Data(Generate.AnyTarget)
            from depth in Gen.Choose(0, 3)
            from transform in Compositions.Transform(data.Roles, depth, "t")
            select new AnyTransform(data, transform),
            sample => Shrink.Data(sample.Data).Select(data => sample with { Data = data }));

    private static Arbitrary<T> Of<T>(Gen<Dataset> gen, Func<Dataset, T> wrap) where T : Sample =>
        Arb.From(gen.Select(wrap), sample => Shrink.Data(sample.Data).Select(wrap));

    private static Arbitrary<T> Of<T>(Func<Roles, Gen<FoldPlan>> plans, Func<Dataset, FoldPlan, T> wrap) where T : Planned =>
        Arb.From(
            from data in Generate.Data(Generate.AnyTarget) from plan in plans(data.Roles) select wrap(data, plan),
            sample => Shrink.Data(sample.Data)
                .Where(data => sample.Plan.Split(data.Roles) is Outcome<EquatableArray<Fold>>.Ok)
                .Select(data => wrap(data, sample.Plan)));

    private static IEnumerable<ILearner> Smaller(ILearner learner) => learner switch
    {
        Stack stack => stack.Bases.Select(b => b.Learner).Append(stack.Meta)
            .Concat(stack.Bases.Count < 2
                ? [] : stack.Bases.Select(left =>
                    (ILearner)(stack with { Bases = EquatableArray.From(stack.Bases.Where(b => b != left)) }))),
        Pipeline pipeline => [pipeline.Learner],
        Conformal conformal => [conformal.Learner],
        Thresholded thresholded => [thresholded.Learner],
        _ => [],
    };
}
