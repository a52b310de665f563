namespace FunctionalStack;

/// <summary>A learner with a better memory estimate than <see cref="MemoryEstimate.Usual"/>.</summary>
public interface IMemoryEstimate
{
    /// <summary>The peak memory of a fit and its model in bytes, without the training data.</summary>
    /// <param name="rows">The number of training rows.</param>
    /// <param name="columns">The number of feature columns.</param>
    /// <param name="target">The target.</param>
    long Bytes(int rows, int columns, Target target);
}

/// <summary>Estimates the memory of fits from their shapes, for budgets. It does not measure.</summary>
public static class MemoryEstimate
{
    // The columns as one matrix, a second one as work space, and a model of up to the same size: the needs of neighbours and solvers.
    private const int Matrices = 3;

    // Columns with more categories are usually encoded as one number.
    private const int MostOfColumn = 20;

    /// <summary>The default: three double-precision matrices of all rows and columns, and one number per row and class.</summary>
    public static long Usual(int rows, int columns, Target target) =>
        sizeof(double) * (long)rows * (Matrices * (long)columns + Classes(target));

    /// <summary>The estimate of <paramref name="learner"/>, or the default.</summary>
    public static long Of(ILearner learner, int rows, int columns, Target target) =>
        learner is IMemoryEstimate says ? says.Bytes(rows, columns, target) : Usual(rows, columns, target);

    /// <summary>An estimate of the columns that these become as numbers: one for a column of numbers, and one for each category up to
    /// <see cref="MostOfColumn"/>.</summary>
    internal static int Width(Frame columns) => columns.Columns.Sum(named => named.Column is Column.Categorical { Levels.Count: var levels }
        ? Math.Clamp(levels, 1, MostOfColumn) : 1);

    private static int Classes(Target target) => target is Target.Classes classes ? classes.Levels.Count : 1;
}
