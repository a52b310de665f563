using FunctionalStack.Preprocessing;

namespace FunctionalStack;

/// <summary>
/// Every transform of the catalogue under its name in specs, as its record:
/// <c>Learn.Knn(5).Preprocess(Prepare.Impute(), Prepare.Standardize())</c>.
/// </summary>
public static class Prepare
{
    /// <summary>What learners that sum columns need of a raw table, in one.</summary>
    public static ITransform ForLinear => Recipe.ForLinear;

    /// <summary>What learners that measure distances need of a raw table, in one.</summary>
    public static ITransform ForDistances => Recipe.ForDistances;

    /// <summary>What learners of counts need of a raw table, in one.</summary>
    public static ITransform ForCounts => Recipe.ForCounts;

    /// <summary>What trees need of a raw table, in one.</summary>
    public static ITransform ForTrees => Recipe.ForTrees;

    /// <summary>What boosted trees need of a raw table, in one: next to nothing.</summary>
    public static ITransform ForBoosting => Recipe.ForBoosting;

    /// <summary>Without columns that hold one value, and categories that name their row.</summary>
    public static DropUseless DropUseless() => new();

    /// <summary>Missing values become the median or the most frequent level.</summary>
    public static Impute Impute() => new();

    /// <summary>Numbers of mean 0 and standard deviation 1.</summary>
    public static Standardize Standardize() => new();

    /// <summary>Numbers from 0 to 1.</summary>
    public static MinMax MinMax() => new();

    /// <summary>Numbers on a logarithmic scale.</summary>
    public static Log1p Log1p() => new();

    /// <summary>Counts weighed as documents' words are, rows of length 1.</summary>
    public static TfIdf TfIdf() => new();

    /// <summary>A column of 0 and 1 for each level of a category.</summary>
    public static OneHot OneHot() => new();

    /// <summary>A number for each level of a category.</summary>
    public static Ordinal Ordinal() => new();

    /// <summary>Uncorrelated numbers of variance 1.</summary>
    public static Whiten Whiten() => new();

    /// <summary>Categories as the smoothed mean of their target, cross-fitted.</summary>
    public static TargetEncode TargetEncode() => new();
}
