using Xunit;

namespace FunctionalStack.Core.Tests.Folds;

/// <summary>Roles to split, and the refusals of a plan.</summary>
internal static class Some
{
    public static Roles Values(int rows) => new(new Target.Numeric(EquatableArray.From(Enumerable.Repeat(1.0, rows))));

    public static Roles Classes(params int[] codes) =>
        new(new Target.Classes(EquatableArray.From(Enumerable.Range(0, 1 + codes.DefaultIfEmpty().Max()).Select(code => $"c{code}")),
            EquatableArray.Of(codes)));

    public static Roles Groups(params int[] groups) => Values(groups.Length) with { Groups = EquatableArray.Of(groups) };

    /// <summary>The fold that holds out each row.</summary>
    public static int[] Assignment(FoldPlan plan, Roles roles)
    {
        var assignment = new int[roles.Count];
        var folds = plan.Split(roles).OrThrow();
        for (var i = 0; i < folds.Count; i++)
        {
            foreach (var row in folds[i].Holdout) assignment[row] = i;
        }

        return assignment;
    }

    public static void Refused(string what, FoldPlan plan, Roles roles)
    {
        var failure = Assert.IsType<Outcome<EquatableArray<Fold>>.Fail>(plan.Split(roles)).Failure;
        Assert.Equal("folds", failure.Where);
        Assert.Equal(what, failure.What);
        Assert.EndsWith(".", failure.Remedy);
    }
}
