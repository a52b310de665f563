using FsCheck;
using FsCheck.Fluent;

namespace FunctionalStack.Laws;

/// <summary>Random plans that can split the given rows.</summary>
public static class Plans
{
    /// <summary>Each row held out exactly once.</summary>
    public static Gen<FoldPlan> Partition(Roles roles) => Gen.OneOf(Partitions(roles));

    /// <summary>Plans that never read the target; some leave rows uncovered, some cover them several times.</summary>
    public static Gen<FoldPlan> Blind(Roles roles) => Gen.OneOf(Blinds(roles).Append(Repeated(Blinds(roles).First())));

    public static Gen<FoldPlan> Any(Roles roles) =>
        Gen.OneOf(Partitions(roles).Append(TimeOrdered(roles)).Append(HoldOut)
            .Append(Repeated(Gen.OneOf(Partitions(roles).Append(HoldOut)))));

    public static Gen<FoldPlan> HoldOut { get; } =
        from percent in Gen.Choose(10, 90)
        from shuffle in Generate.Perhaps(Generate.Seeds)
        select (FoldPlan)new FoldPlan.HoldOut(percent / 100.0, shuffle);

    public static Gen<FoldPlan> KFold(Roles roles) => Folds(roles.Count, (k, shuffle) => new FoldPlan.KFold(k, shuffle));

    private static Gen<FoldPlan> TimeOrdered(Roles roles) => Folds(roles.Count - 1, (k, _) => new FoldPlan.TimeOrdered(k));

    private static Gen<FoldPlan> Repeated(Gen<FoldPlan> plans) =>
        from plan in plans
        from times in Gen.Choose(1, 3)
        from seed in Generate.Seeds
        select (FoldPlan)new FoldPlan.Repeated(plan, times, seed);

    private static IEnumerable<Gen<FoldPlan>> Blinds(Roles roles)
    {
        yield return KFold(roles);
        yield return TimeOrdered(roles);
        if (Distinct(roles.Folds) >= 2 && KeepsGroups(roles)) yield return Gen.Constant<FoldPlan>(new FoldPlan.Given());
        if (Distinct(roles.Groups) >= 2) yield return Folds(Distinct(roles.Groups), (k, _) => new FoldPlan.Group(k));
    }

    private static bool KeepsGroups(Roles roles) =>
        roles.Groups is not { } groups
            || groups.Zip(roles.Folds!.Value).GroupBy(row => row.First)
            .All(group => group.Select(row => row.Second).Distinct().Count() == 1);

    private static IEnumerable<Gen<FoldPlan>> Partitions(Roles roles)
    {
        yield return KFold(roles);
        if (Distinct(roles.Folds) >= 2 && KeepsGroups(roles)) yield return Gen.Constant<FoldPlan>(new FoldPlan.Given());
        if (Distinct(roles.Groups) >= 2) yield return Folds(Distinct(roles.Groups), (k, _) => new FoldPlan.Group(k));
        if (roles.Target is not Target.Classes classes) yield break;
        var smallest = (int)classes.Mass().Where(mass => mass > 0).Min();
        if (smallest >= 2) yield return Folds(smallest, (k, shuffle) => new FoldPlan.Stratified(k, shuffle));
        if (Distinct(roles.Groups) >= 2) yield return Folds(Distinct(roles.Groups), (k, _) => new FoldPlan.StratifiedGroup(k));
    }

    private static int Distinct(EquatableArray<int>? numbers) => numbers is { } some ? some.Distinct().Count() : 0;

    private static Gen<FoldPlan> Folds(int most, Func<int, Seed?, FoldPlan> plan) =>
        from k in Gen.Choose(2, Math.Min(5, most))
        from shuffle in Generate.Perhaps(Generate.Seeds)
        select plan(k, shuffle);
}
