using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Laws.Package;

/// <summary>The package finds what it is for: each law is broken by a learner that breaks it, and by no correct one.</summary>
public class BrokenLearnerTests
{
    private static readonly Catalogue catalogue = Library.Catalogue.With(LearnerEntry.Of(new Faulty(), "Shares.",
        [RecordTag.Of<FaultyModel>("test.faulty")]));

    private static readonly string[] ofLearners =
    [
        LawNames.Deterministic, LawNames.RowsUnchanged, LawNames.Predictions, LawNames.AbsentClass, LawNames.UnseenLevels,
        LawNames.RowAlone, LawNames.UnitWeights, LawNames.FrequencyWeights, LawNames.ImportanceWeights, LawNames.RowOrder,
        LawNames.SavedAndLoaded, LawNames.Capabilities, LawNames.WeightsUsed, LawNames.SmallTables, LawNames.Parameters,
    ];

    private static readonly string[] ofTransforms =
    [
        LawNames.Deterministic, LawNames.RowsUnchanged, LawNames.SameColumns, LawNames.UnseenLevels, LawNames.RowAlone,
        LawNames.UnitWeights, LawNames.FrequencyWeights, LawNames.RowOrder, LawNames.SmallTables, LawNames.Parameters,
    ];

    public static TheoryData<string> Learners() => [.. ofLearners];

    public static TheoryData<string> Transforms() => [.. ofTransforms];

    [Theory]
    [MemberData(nameof(Learners))]
    public void A_learner_that_breaks_a_law_is_found(string law)
    {
        var options = new LawOptions { Catalogue = law == LawNames.SavedAndLoaded ? Library.Catalogue : catalogue };
        var broken = Assert.Single(LearnerLaws.Check(new Faulty(law), options), result => result.Law == law && result.IsBroken);
        Assert.Contains("BROKEN in case", $"{broken}", StringComparison.Ordinal);

        // The case alone is the counterexample again.
        var again = options with { First = broken.Case!.Value, Cases = 1, Only = [law] };
        Assert.True(Assert.Single(LearnerLaws.Check(new Faulty(law), again)).IsBroken);
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void A_transform_that_breaks_a_law_is_found(string law) =>
        Assert.Single(TransformLaws.Check(new FaultyTransform(law)), result => result.Law == law && result.IsBroken);

    [Fact]
    public void A_correct_learner_and_a_correct_transform_hold_to_every_law()
    {
        var learner = LearnerLaws.Check(new Faulty(), new() { Catalogue = catalogue, Invalid = [new Faulty(Smoothing: -1)] });
        Assert.All(learner, result => Assert.Equal(LawVerdict.Held, result.Verdict));
        Assert.Equal(ofLearners.Order(), learner.Select(result => result.Law).Order());
        var transform = TransformLaws.Check(new FaultyTransform());
        Assert.All(transform, result => Assert.Equal(LawVerdict.Held, result.Verdict));
        Assert.Equal(ofTransforms.Order(), transform.Select(result => result.Law).Order());
    }

    [Fact]
    public void Every_name_is_a_law_of_one_of_them() => Assert.Equal(
        typeof(LawNames).GetFields().Select(field => (string)field.GetValue(null)!).Order(),
        ofLearners.Union(ofTransforms).Order());

    /// <summary>A check of nothing would pass.</summary>
    [Fact]
    public void Only_names_laws()
    {
        Assert.Throws<ArgumentException>(() => LearnerLaws.Check(new Faulty(), new() { Only = ["determinism"] }));
        Assert.Throws<ArgumentException>(() => TransformLaws.Check(new FaultyTransform(), new() { Only = [LawNames.AbsentClass] }));
    }

    /// <summary>What has nothing to check says why.</summary>
    [Fact]
    public void Laws_without_something_to_check_are_not_applicable()
    {
        var results = LearnerLaws.Check(new Faulty(), new() { DealsRows = true });
        Assert.Equal([LawNames.FrequencyWeights, LawNames.RowOrder, LawNames.SavedAndLoaded],
            results.Where(result => result.Verdict == LawVerdict.NotApplicable).Select(result => result.Law));
        Assert.Contains("not applicable, no catalogue is given", string.Join("\n", results), StringComparison.Ordinal);
        Assert.Contains("Smoothing", Assert.Single(LearnerLaws.Check(new Faulty(), new()
        { Only = [LawNames.Parameters], Invalid = [new Faulty(Smoothing: 1)] })).Detail, StringComparison.Ordinal);
    }

    /// <summary>Every transform of the library, and those of the learners' recipes.</summary>
    [Fact]
    public void The_transforms_of_the_library_hold_to_the_laws() => Assert.All(Library.Catalogue.Transforms, entry =>
        Assert.DoesNotContain(TransformLaws.Check(entry.Usual, new() { Cases = 40 }), result => result.IsBroken));
}
