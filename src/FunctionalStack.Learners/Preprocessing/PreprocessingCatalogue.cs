namespace FunctionalStack.Preprocessing;

/// <summary>The catalogue's entries of preprocessing.</summary>
internal static class PreprocessingCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(TransformEntry.Of(
            new Impute(),
            "Missing values become the median or the most frequent level.",
            [
                RecordTag.Of<ImputeMap>("impute"),
                RecordTag.Of<ImputeMap.Number>("impute.number"),
                RecordTag.Of<ImputeMap.Category>("impute.category"),
            ]))
        .With(TransformEntry.Of(
            new Standardize(),
            "Numbers brought to mean 0 and standard deviation 1.",
            [RecordTag.Of<ScalingMap>("scaling"), RecordTag.Of<ScalingMap.Scale>("scaling.scale")]))
        .With(TransformEntry.Of(
            new MinMax(),
            "Numbers brought to the range from 0 to 1.",
            [RecordTag.Of<ScalingMap>("scaling"), RecordTag.Of<ScalingMap.Scale>("scaling.scale")]))
        .With(TransformEntry.Of(
            new Log1p(),
            "Numbers on a logarithmic scale, sign(x) ln(1 + abs(x)).",
            [RecordTag.Of<Log1pMap>("log1p")]))
        .With(TransformEntry.Of(
            new TfIdf(),
            "Counts weighted by TF-IDF, each row of length 1.",
            [RecordTag.Of<TfIdfMap>("tfIdf"), RecordTag.Of<TfIdfMap.Word>("tfIdf.word")]))
        .With(TransformEntry.Of(
            new OneHot(),
            "Categories as a column of 0 and 1 for each level.",
            [RecordTag.Of<OneHotMap>("oneHot"), RecordTag.Of<OneHotMap.Known>("oneHot.known")]))
        .With(TransformEntry.Of(
            new Ordinal(),
            "Categories as a number for each level.",
            [RecordTag.Of<OrdinalMap>("ordinal"), RecordTag.Of<OrdinalMap.Known>("ordinal.known")]))
        .With(TransformEntry.Of(
            new TargetEncode(),
            "Categories as the smoothed mean of their target, cross-fitted.",
            [
                RecordTag.Of<TargetEncodeMap>("targetEncode"),
                RecordTag.Of<TargetEncodeMap.Encoding>("targetEncode.encoding"),
                RecordTag.Of<TargetEncodeMap.Output>("targetEncode.output"),
            ]))
        .With(TransformEntry.Of(
            new Whiten(),
            "Uncorrelated numbers of variance 1, by PCA or ZCA.",
            [RecordTag.Of<WhitenMap>("whiten")]))
        .With(TransformEntry.Of(
            new DropUseless(),
            "Drops columns that hold one value, and categories that name their row.",
            [RecordTag.Of<DropColumns>("dropColumns")]));
}
