using FunctionalStack.Preprocessing;

namespace FunctionalStack.Plugin.Sample;

/// <summary>What <c>fstack --plugin</c> finds here.</summary>
public sealed class SampleCatalogue : ICatalogueSource
{
    public Catalogue Catalogue { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new NearestMean(),
            "The class whose mean is nearest.",
            [RecordTag.Of<NearestMeanModel>("sample.nearestMean"), RecordTag.Of<NearestMeanModel.Centre>("sample.nearestMean.centre")],
            Recipe.ForDistances))
        .With(TransformEntry.Of(new Clip(), "Numbers kept within a bound on either side of 0.", [RecordTag.Of<ClipMap>("sample.clip")]));
}
