using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Folds;

public class FoldPlanTests
{
    [Fact]
    public void The_default_plan_is_stratified_for_classes_plain_for_numbers_and_keeps_groups_whole()
    {
        var seed = Seed.Of(1);
        var times = EquatableArray.From(Enumerable.Range(0, 60).Select(row => (double)(row * 7 % 60)));
        var groups = EquatableArray.From(Enumerable.Range(0, 60).Select(row => row / 4));
        var (classes, values) =
            (new Roles(new Target.Classes(["a", "b"], EquatableArray.From(Enumerable.Range(0, 60).Select(row => row % 3 == 0 ? 1 : 0)))),
                new Roles(new Target.Numeric(times)));
        var usual = new FoldPlan.Usual().Seeded(seed);
        Assert.Equal(new FoldPlan.Stratified(5, seed).Split(classes), usual.Split(classes));
        Assert.Equal(new FoldPlan.KFold(5, seed).Split(values), usual.Split(values));
        Assert.Equal(new FoldPlan.StratifiedGroup(5).Split(classes with { Groups = groups }),
            usual.Split(classes with { Groups = groups }));
        Assert.Equal(new FoldPlan.Group(5).Split(values with { Groups = groups }), usual.Split(values with { Groups = groups }));
        Assert.Equal(new FoldPlan.TimeOrdered(5).Split(classes with { Time = times }), usual.Split(classes with { Time = times }));
    }

    [Fact]
    public void Over_time_too_no_group_is_on_both_sides()
    {
        var (times, groups) =
            (EquatableArray.From(Enumerable.Range(0, 60).Select(row => (double)row)),
                EquatableArray.From(Enumerable.Range(0, 60).Select(row => row * 7 % 20)));
        var roles = new Roles(new Target.Numeric(times), Groups: groups, Time: times);
        var (folds, ordered) =
            (new FoldPlan.Usual().Seeded(Seed.Of(1)).Split(roles).OrThrow(), new FoldPlan.TimeOrdered(5).Split(roles).OrThrow());
        Assert.Equal(ordered.Select(fold => fold.Holdout), folds.Select(fold => fold.Holdout));
        Assert.All(folds.Zip(ordered), pair =>
        {
            Assert.Subset(pair.Second.Train.ToHashSet(), pair.First.Train.ToHashSet());
            Assert.Empty(pair.First.Train.Select(row => groups[row]).Intersect(pair.First.Holdout.Select(row => groups[row])));
        });
        Assert.Contains("all rows before a held-out block",
            new FoldPlan.Usual(2).Seeded(Seed.Of(1)).Split(roles with { Groups = EquatableArray.From(times.Select(_ => 1)) })
            .Match(_ => "", failure => failure.What));
    }

    [Fact]
    public void A_plan_that_awaits_the_seed_of_a_fit_does_not_split_without()
    {
        var roles = new Roles(Target.Classes.Of("a", "a", "b", "b"));
        foreach (var plan in new FoldPlan[] { new FoldPlan.Usual(2), new FoldPlan.KFold(2, Shuffle.ByFit),
            new FoldPlan.Stratified(2, Shuffle.ByFit), new FoldPlan.HoldOut(0.5, Shuffle.ByFit),
            new FoldPlan.Repeated(new FoldPlan.KFold(2), 2, Shuffle.ByFit) })
        {
            Assert.Equal("folds", Assert.IsType<Outcome<EquatableArray<Fold>>.Fail>(plan.Split(roles)).Failure.Where);
            Assert.IsType<Outcome<EquatableArray<Fold>>.Ok>(plan.Seeded(Seed.Of(1)).Split(roles));
            Assert.Equal(plan.Shuffled(Seed.Of(1)), plan.Seeded(Seed.Of(1)));
            Assert.Equal(plan.Seeded(Seed.Of(1)), plan.Seeded(Seed.Of(1)).Seeded(Seed.Of(2)));
        }
    }

    [Fact]
    public void A_class_rarer_than_the_folds_is_spread_with_a_note_unless_every_class_has_one_row()
    {
        var roles = new Roles(Target.Classes.Of([.. Enumerable.Repeat("often", 20), "rare", "rare", "once"]));
        var split = new FoldPlan.Usual().Seeded(Seed.Of(1)).Split(roles);
        Assert.Equal(5, split.OrThrow().Count);
        Assert.Equal(2, split.OrThrow().Count(fold => fold.Holdout.Any(row => row is 20 or 21)));
        Assert.Equal(["2 classes have fewer rows than the 5 folds, so some folds hold out none of them: 'once' (1 row), 'rare' (2 rows)"],
            split.Notes.Select(note => note.What));
        var one = new FoldPlan.Usual().Seeded(Seed.Of(1)).Split(new Roles(roles.Target.Take(EquatableArray.Range(22))));
        Assert.Equal(["class 'rare' has only 2 rows for 5 folds: some folds hold out none of them"], one.Notes.Select(note => note.What));
        var many = new Roles(Target.Classes.Of([.. Enumerable.Repeat("often", 20), .. Enumerable.Range(10, 12).Select(i => $"c{i}")]));
        Assert.EndsWith("'c18' (1 row), 'c19' (1 row) and 2 more",
            Assert.Single(new FoldPlan.Usual().Seeded(Seed.Of(1)).Split(many).Notes).What);
        var each = new Roles(Target.Classes.Of("a", "b", "c", "d", "e"));
        Assert.IsType<Outcome<EquatableArray<Fold>>.Fail>(new FoldPlan.Usual().Seeded(Seed.Of(1)).Split(each));
    }

    [Fact]
    public void Plans_without_randomness_stay_as_they_are() => Assert.All(
        new FoldPlan[] { new FoldPlan.Given(), new FoldPlan.Group(2), new FoldPlan.StratifiedGroup(2), new FoldPlan.TimeOrdered(2) },
        plan => Assert.Same(plan, plan.Shuffled(Seed.Of(1))));

    [Fact]
    public void Covered_of_no_folds_or_empty_holdouts_is_empty()
    {
        Assert.Empty(FoldPlan.Covered(default));
        Assert.Empty(FoldPlan.Covered([new Fold([0], default)]));
        Assert.Equal(EquatableArray.Of(1, 4), FoldPlan.Covered([new Fold([0], [4]), new Fold([0], [1, 4])]));
    }
}
