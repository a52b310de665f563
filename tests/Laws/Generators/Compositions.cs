using FsCheck;
using FsCheck.Fluent;

namespace FunctionalStack.Laws;

/// <summary>Random trees of learners and transforms. The parts of one tree have distinct names.</summary>
public static class Compositions
{
    public static Gen<ILearner> Leaf { get; } = Gen.Frequency<ILearner>(
        (2, Gen.Constant<ILearner>(new Shares())),
        (2, Gen.Constant<ILearner>(new Nearest())),
        (4, Gen.Constant<ILearner>(new Digest())),
        (1, Gen.Choose(1, 3).Select(parts => (ILearner)new Committee(parts))),
        (1, Gen.Choose(2, 8).Select(least => (ILearner)new NeedsRows(least, new Digest()))),
        (1, Gen.Constant<ILearner>(new NeedsEveryClass(new Shares()))),
        (1, Gen.Constant<ILearner>(new Noted(new Digest()))));

    /// <summary>Learners up to <paramref name="depth"/> levels deep, for data with these roles.</summary>
    public static Gen<ILearner> Learner(Roles roles, int depth) => depth == 0 ? Leaf : Gen.Frequency<ILearner>(
        (1, Leaf),
        (4, Stack(roles, depth)),
        (2, Tuned(roles, depth)),
        (2, Wrapper(roles, depth)),
        (2, from transform in Transform(roles, depth - 1, "t")
            from learner in Learner(roles, depth - 1)
            select (ILearner)transform.Then(learner)));

    /// <summary>Transforms up to <paramref name="depth"/> levels deep; the columns they make start with <paramref name="name"/>.</summary>
    public static Gen<ITransform> Transform(Roles roles, int depth, string name) => depth == 0
        ? Gen.Frequency<ITransform>(
            (1, Gen.Constant<ITransform>(new Identity())),
            (1, Generate.Coarse.Select(by => (ITransform)new Shift(by))),
            (1, Gen.Constant<ITransform>(new Center())),
            (1, Gen.Constant<ITransform>(new DropFirst())),
            (3, Gen.Constant<ITransform>(new Stamp(name))))
        : Gen.Frequency<ITransform>(
            (1, Transform(roles, 0, name)),
            (2, from first in Transform(roles, depth - 1, name)
                from second in Transform(roles, depth - 1, name)
                select (ITransform)first.Then(second)),
            (2, Union(roles, depth, name)),
            (3, CrossFit(roles, depth, name)));

    public static Gen<ITransform> Union(Roles roles, int depth, string name) =>
        from count in Gen.Choose(1, 3)
        from parts in Gen.CollectToArray(Enumerable.Range(0, count), i => Part(roles, depth - 1, $"{name}{i}"))
        from onFailure in Gen.Elements(OnFailure.Stop, OnFailure.LeaveOut)
        select (ITransform)new Union(EquatableArray.Own(parts), onFailure);

    public static Gen<ITransform> CrossFit(Roles roles, int depth, string name) =>
        from learner in Learner(roles, depth - 1)
        from plan in Plan(roles)
        from combine in Gen.Elements(Combine.Average, Combine.Refit)
        from stackColumns in StackColumnSets
        select (ITransform)learner.CrossFit(name, plan, combine, stackColumns);

    public static Gen<StackColumns> StackColumnSets { get; } =
        from method in Gen.Elements(StackMethod.Probabilities, StackMethod.LogProbabilities, StackMethod.Labels)
        from drop in Gen.Elements(true, false)
        select new StackColumns(method, drop);

    public static Gen<ILearner> Stack(Roles roles, int depth) =>
        from count in Gen.Choose(1, 3)
        from bases in Gen.CollectToArray(Enumerable.Range(0, count),
            i => Learner(roles, depth - 1).Select(learner => new Base($"base{i}", learner)))
        from meta in Leaf
        from plan in Plan(roles)
        from combine in Gen.Elements(Combine.Average, Combine.Refit)
        from stackColumns in StackColumnSets
        from passthrough in Gen.Elements<ITransform?>(null, null, new Identity(), new Stamp("through"))
        from onFailure in Gen.Elements(OnFailure.Stop, OnFailure.LeaveOut)
        select (ILearner)new Stack(EquatableArray.Own(bases), meta, plan, combine, stackColumns, passthrough, onFailure);

    public static Gen<ILearner> Tuned(Roles roles, int depth) =>
        from count in Gen.Choose(1, 3)
        from candidates in Gen.CollectToArray(Enumerable.Range(0, count),
            i => Learner(roles, depth - 1).Select(learner => new Base($"candidate{i}", learner)))
        from plan in Plan(roles)
        select (ILearner)new Tuned(Candidates: EquatableArray.Own(candidates), Folds: plan);

    public static Gen<ILearner> Wrapper(Roles roles, int depth) =>
        from learner in Learner(roles, depth - 1)
        from plan in Plan(roles)
        from rule in Rules
        from thresholded in Gen.Elements(true, false)
        from scale in roles.Target is Target.Classes ? Gen.Constant<ILearner?>(null)
            : Gen.Elements<ILearner?>(null, new Magnitude(), new Shares())
        select thresholded && roles.Target is Target.Classes { Levels.Count: 2 }
            ? new Thresholded(learner, rule, plan) : (ILearner)new Conformal(learner, plan, scale);

    public static Gen<Threshold> Rules { get; } = Gen.OneOf(
        Gen.Elements(Threshold.F1, Threshold.Balanced),
        from missed in Gen.Choose(0, 5)
        from alarm in Gen.Choose(1, 5)
        select Threshold.Cost(missed, alarm));

    private static Gen<Part> Part(Roles roles, int depth, string name) =>
        Gen.Frequency((8, Transform(roles, depth, name)), (1, Gen.Constant<ITransform>(new Broken(name))))
            .Select(transform => new Part(name, transform));

    // Few folds, so that plans inside folds of folds mostly still have the rows they need.
    private static Gen<FoldPlan> Plan(Roles roles) => Gen.Frequency(
        (3, Gen.Choose(2, 3).Select(k => (FoldPlan)new FoldPlan.KFold(k))),
        (2, Plans.Any(roles)),
        (1, Gen.Constant<FoldPlan>(new FoldPlan.TimeOrdered(2))),
        (1, Plans.HoldOut));
}
