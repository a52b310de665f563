using FunctionalStack.Preprocessing;

namespace FunctionalStack;

/// <summary>
/// Creates every transform of the catalogue, under the name it has in specs. The result is a record:
/// <c>Learn.Knn(5).Preprocess(Prepare.Impute(), Prepare.Standardize())</c>.
/// </summary>
public static class Prepare
{
    /// <summary>Preprocessing of raw tables for linear models.</summary>
    public static ITransform ForLinear => Recipe.ForLinear;

    /// <summary>Preprocessing of raw tables for distance-based learners.</summary>
    public static ITransform ForDistances => Recipe.ForDistances;

    /// <summary>Preprocessing of raw tables for learners of counts.</summary>
    public static ITransform ForCounts => Recipe.ForCounts;

    /// <summary>Preprocessing of raw tables for trees and forests.</summary>
    public static ITransform ForTrees => Recipe.ForTrees;

    /// <summary>Preprocessing of raw tables for gradient-boosted trees, which accept missing values and categories.</summary>
    public static ITransform ForBoosting => Recipe.ForBoosting;

    /// <summary>Drops constant columns, and categorical columns that identify rows.</summary>
    public static DropUseless DropUseless() => new();

    /// <summary>Imputes missing values with the median or the most frequent level.</summary>
    public static Impute Impute() => new();

    /// <summary>Scales numeric columns to mean 0 and standard deviation 1.</summary>
    public static Standardize Standardize() => new();

    /// <summary>Scales numeric columns to the range 0 to 1.</summary>
    public static MinMax MinMax() => new();

    /// <summary>Applies log(1 + x) to numeric columns.</summary>
    public static Log1p Log1p() => new();

    /// <summary>Applies TF-IDF weights to counts, and scales rows to length 1.</summary>
    public static TfIdf TfIdf() => new();

    /// <summary>Columns of texts become TF-IDF columns of their most frequent words, at most <paramref name="maxWords"/> each.</summary>
    public static BagOfWords BagOfWords(int maxWords = 100) => new(maxWords);

    /// <summary>One-hot encodes categories: one 0/1 column per level.</summary>
    public static OneHot OneHot() => new();

    /// <summary>Encodes categories as integers.</summary>
    public static Ordinal Ordinal() => new();

    /// <summary>Whitens numeric columns: uncorrelated, with variance 1.</summary>
    public static Whiten Whiten() => new();

    /// <summary>Encodes categories by the smoothed mean of the target, cross-fitted.</summary>
    public static TargetEncode TargetEncode() => new();
}
