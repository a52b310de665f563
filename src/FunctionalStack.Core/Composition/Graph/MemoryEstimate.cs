namespace FunctionalStack;

/// <summary>A learner that knows better than <see cref="MemoryEstimate.Usual"/> how much memory its fit takes.</summary>
public interface IMemoryEstimate
{
    /// <summary>Bytes at the most, while the fit runs and for its model, without the training data itself.</summary>
    /// <param name="rows">Training rows.</param>
    /// <param name="columns">Feature columns.</param>
    /// <param name="target">What is predicted.</param>
    long Bytes(int rows, int columns, Target target);
}

/// <summary>What fits are taken to need, for budgets: an estimate from shapes, not a measurement.</summary>
public static class MemoryEstimate
{
    // The columns as one matrix, a second one to work in, and a model that may be as large: what neighbours and solvers take.
    private const int Matrices = 3;

    /// <summary>For a learner that doesn't say: three matrices of all rows and columns in double precision, and a number a row and class.</summary>
    public static long Usual(int rows, int columns, Target target) => sizeof(double) * (long)rows * (Matrices * (long)columns + Classes(target));

    /// <summary>What <paramref name="learner"/> says, or the usual.</summary>
    public static long Of(ILearner learner, int rows, int columns, Target target) =>
        learner is IMemoryEstimate says ? says.Bytes(rows, columns, target) : Usual(rows, columns, target);

    private static int Classes(Target target) => target is Target.Classes classes ? classes.Levels.Count : 1;
}
