namespace FunctionalStack.Preprocessing;

/// <summary>The catalogue entries of preprocessing.</summary>
internal static class PreprocessingCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(TransformEntry.Of(
            new Impute(),
            "Replaces missing values by the median or the most frequent level.",
            [
                RecordTag.Of<ImputeMap>("impute"),
                RecordTag.Of<ImputeMap.Number>("impute.number"),
                RecordTag.Of<ImputeMap.Category>("impute.category"),
            ]))
        .With(TransformEntry.Of(
            new Standardize(),
            "Scales numbers to mean 0 and standard deviation 1.",
            [RecordTag.Of<ScalingMap>("scaling"), RecordTag.Of<ScalingMap.Scale>("scaling.scale")]))
        .With(TransformEntry.Of(
            new MinMax(),
            "Scales numbers to the range from 0 to 1.",
            [RecordTag.Of<ScalingMap>("scaling"), RecordTag.Of<ScalingMap.Scale>("scaling.scale")]))
        .With(TransformEntry.Of(
            new Log1p(),
            "Transforms numbers to a logarithmic scale, sign(x) ln(1 + abs(x)).",
            [RecordTag.Of<Log1pMap>("log1p")]))
        .With(TransformEntry.Of(
            new TfIdf(),
            "Weights counts by TF-IDF and scales each row to unit length.",
            [RecordTag.Of<TfIdfMap>("tfIdf"), RecordTag.Of<TfIdfMap.Word>("tfIdf.word")]))
        .With(TransformEntry.Of(
            new BagOfWords(),
            "Bag of words: TF-IDF columns of the most frequent words of texts.",
            [RecordTag.Of<BagOfWordsMap>("bagOfWords"), RecordTag.Of<BagOfWordsMap.Text>("bagOfWords.text")]))
        .With(TransformEntry.Of(
            new OneHot(),
            "One-hot encoding: a 0/1 column per level.",
            [RecordTag.Of<OneHotMap>("oneHot"), RecordTag.Of<OneHotMap.Known>("oneHot.known")]))
        .With(TransformEntry.Of(
            new Ordinal(),
            "Ordinal encoding: one number per level.",
            [RecordTag.Of<OrdinalMap>("ordinal"), RecordTag.Of<OrdinalMap.Known>("ordinal.known")]))
        .With(TransformEntry.Of(
            new TargetEncode(),
            "Target encoding: the smoothed mean target per level, cross-fitted.",
            [
                RecordTag.Of<TargetEncodeMap>("targetEncode"),
                RecordTag.Of<TargetEncodeMap.Encoding>("targetEncode.encoding"),
                RecordTag.Of<TargetEncodeMap.Output>("targetEncode.output"),
            ]))
        .With(TransformEntry.Of(
            new Whiten(),
            "Whitening: uncorrelated columns of variance 1, by PCA or ZCA.",
            [RecordTag.Of<WhitenMap>("whiten")]))
        .With(TransformEntry.Of(
            new DropUseless(),
            "Drops constant columns, and categorical columns that identify their row.",
            [RecordTag.Of<DropColumns>("dropColumns")]));
}
