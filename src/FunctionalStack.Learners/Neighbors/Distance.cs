namespace FunctionalStack.Learners;

/// <summary>The distance between two rows, on the columns as given.</summary>
public enum Distance
{
    /// <summary>The square root of the sum of squared differences.</summary>
    Euclidean,

    /// <summary>The sum of absolute differences.</summary>
    Manhattan,

    /// <summary>The maximum absolute difference.</summary>
    Chebyshev,

    /// <summary>The P-th root of the sum of absolute differences to the power P.</summary>
    Minkowski,

    /// <summary>1 minus the cosine similarity. A row of zeros has distance 1 to all rows except rows of zeros.</summary>
    Cosine,
}

/// <summary>The weights of neighbours.</summary>
public enum NeighborWeights
{
    /// <summary>The sample weight.</summary>
    Uniform,

    /// <summary>The sample weight divided by the distance (Dudani 1976). If some neighbours have distance 0, only they are used.</summary>
    Distance,
}

/// <summary>The arithmetic of a distance, column by column. Each step must be monotone, including rounding.</summary>
internal interface IDistanceTerms
{
    double Term(double difference);

    double Join(double sum, double term);

    double Finish(double sum);
}

internal readonly struct EuclideanTerms : IDistanceTerms
{
    public double Term(double difference) => difference * difference;

    public double Join(double sum, double term) => sum + term;

    public double Finish(double sum) => Math.Sqrt(sum);
}

internal readonly struct ManhattanTerms : IDistanceTerms
{
    public double Term(double difference) => Math.Abs(difference);

    public double Join(double sum, double term) => sum + term;

    public double Finish(double sum) => sum;
}

internal readonly struct ChebyshevTerms : IDistanceTerms
{
    public double Term(double difference) => Math.Abs(difference);

    public double Join(double sum, double term) => Math.Max(sum, term);

    public double Finish(double sum) => sum;
}
