using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.Laws;
using FunctionalStack.Plugin.Sample;

namespace FunctionalStack.IO.Tests.Catalogues;

/// <summary>The learner laws for learners of another assembly, which has public members only.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(SampleLaws)], MaxTest = 40)]
public class SampleLaws() : CatalogueLaws(All)
{
    private static EquatableArray<Known> All { get; } = Known.Of(new SampleCatalogue().Catalogue);

    protected override Catalogue Catalogue { get; } = Library.Catalogue.With(new SampleCatalogue().Catalogue);

    public static Arbitrary<Known> Learners() => Gen.Elements<Known>([.. All]).ToArbitrary();
}
