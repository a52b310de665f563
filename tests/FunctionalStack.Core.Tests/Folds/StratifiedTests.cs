using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Folds;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class StratifiedTests
{
    [Property]
    public void Every_class_and_every_fold_is_within_one_row_of_its_share(ClassData any, byte k, Seed seed, bool shuffle)
    {
        var smallest = (int)any.Classes.Mass().Where(mass => mass > 0).Min();
        if (smallest < 2) return;
        var count = 2 + k % (smallest - 1);
        var folds = new FoldPlan.Stratified(count, shuffle ? seed : null).Split(any.Data.Roles).OrThrow();
        Assert.Equal(count, folds.Count);
        Within1(folds.Select(fold => fold.Holdout.Count));
        Assert.All(any.Classes.Codes.Distinct(),
            code => Within1(folds.Select(fold => fold.Holdout.Count(row => any.Classes.Codes[row] == code))));
    }

    [Property]
    public void Other_class_names_in_the_same_places_make_the_same_unshuffled_folds(ClassData any)
    {
        if (any.Classes.Mass().Any(mass => mass == 1)) return;
        var backwards =
            new Target.Classes(EquatableArray.From(any.Classes.Levels.Reverse()),
                EquatableArray.From(any.Classes.Codes.Select(code => any.Classes.Levels.Count - 1 - code)));
        Assert.Equal(new FoldPlan.Stratified(2).Split(any.Data.Roles),
            new FoldPlan.Stratified(2).Split(any.Data.Roles with { Target = backwards }));
    }

    [Property]
    public void Shuffling_deals_each_class_by_its_own_name(ClassData any, Seed seed)
    {
        // The order of levels is no part of a class's name.
        if (any.Classes.Mass().Any(mass => mass == 1)) return;
        var turned =
            new Target.Classes(EquatableArray.From(any.Classes.Levels.Reverse()),
                EquatableArray.From(any.Classes.Codes.Select(code => any.Classes.Levels.Count - 1 - code)));
        Assert.Equal(new FoldPlan.Stratified(2, seed).Split(any.Data.Roles),
            new FoldPlan.Stratified(2, seed).Split(any.Data.Roles with { Target = turned }));
    }

    // scikit-learn 1.2.1's StratifiedKFold(k).split, as the fold of each row.
    [Theory]
    [InlineData(2, new[] { 0, 0, 1, 1, 1, 2, 2, 0, 1, 2, 2, 2, 0 }, new[] { 0, 0, 0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1 })]
    [InlineData(3, new[] { 2, 2, 0, 1, 0, 1, 1, 1, 0, 2, 2, 1, 0, 0, 1, 2, 1 },
        new[] { 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2 })]
    [InlineData(5, new[] { 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1 }, new[] { 0, 0, 1, 0, 1, 1, 2, 2, 2, 3, 3, 4, 4 })]
    [InlineData(4, new[] { 3, 1, 0, 2, 3, 1, 0, 2, 3, 1, 0, 2, 3, 1, 0, 2, 3, 1, 0, 2, 3, 3, 1 },
        new[] { 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 1, 2, 2, 2, 2, 3, 3, 3, 2, 3, 3 })]
    public void Unshuffled_folds_are_scikit_learns(int k, int[] codes, int[] expected) =>
        Assert.Equal(expected, Some.Assignment(new FoldPlan.Stratified(k), Some.Classes(codes)));

    // Whole data sets, where the repository has its data beside it; the numbers above hold everywhere.
    [SharedTheory("folds", "breast_cancer", "digits")]
    [InlineData("breast_cancer", "breast_cancer_5fold_unshuffled.csv")]
    [InlineData("digits", "digits_5fold_unshuffled.csv")]
    public void Unshuffled_folds_of_whole_data_sets_are_scikit_learns(string name, string folds)
    {
        var expected = File.ReadLines(Repository.Shared($"folds/{folds}")).Skip(1).Select(line => int.Parse(line.Split(',')[1])).ToArray();
        var words = File.ReadLines(Repository.Shared($"{name}/{name}.csv")).Skip(1).Select(line => line[(line.LastIndexOf(',') + 1)..])
            .ToArray();
        Assert.Equal(expected, Some.Assignment(new FoldPlan.Stratified(5), new(Target.Classes.Of(words))));
    }

    [Fact]
    public void Levels_without_rows_take_part_in_nothing()
    {
        var with = new Roles(new Target.Classes(["none", "a", "b"], [1, 2, 1, 2]));
        var without = new Roles(new Target.Classes(["a", "b"], [0, 1, 0, 1]));
        Assert.Equal(new FoldPlan.Stratified(2).Split(without), new FoldPlan.Stratified(2).Split(with));
    }

    [Fact]
    public void Values_too_many_folds_and_rare_classes_are_refused()
    {
        Some.Refused("the target is numeric, not classes", new FoldPlan.Stratified(2), Some.Values(5));
        Some.Refused("1 folds were requested", new FoldPlan.Stratified(1), Some.Classes(0, 0, 1, 1));
        Some.Refused("5 folds were requested, but there are only 4 rows", new FoldPlan.Stratified(5), Some.Classes(0, 0, 1, 1));
        Some.Refused("3 folds were requested, but class 'c1' has only 2 rows", new FoldPlan.Stratified(3), Some.Classes(0, 0, 0, 1, 1));
    }

    [Fact]
    public void A_refusal_never_advises_what_would_be_refused_as_well()
    {
        string Remedy(int k, params int[] codes) =>
            Assert.IsType<Outcome<EquatableArray<Fold>>.Fail>(new FoldPlan.Stratified(k).Split(Some.Classes(codes))).Failure.Remedy;
        Assert.Equal("Give at most 2, or add rows of that class.", Remedy(3, 0, 0, 0, 1, 1));
        Assert.Equal("Add rows of that class, or use K-fold.", Remedy(2, 0, 0, 0, 1));
    }

    private static void Within1(IEnumerable<int> counts) => Assert.InRange(counts.Max() - counts.Min(), 0, 1);
}
