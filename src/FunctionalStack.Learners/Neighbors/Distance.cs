namespace FunctionalStack.Learners;

/// <summary>How far two rows are apart, over the columns as given.</summary>
public enum Distance
{
    /// <summary>The root of the sum of squared differences.</summary>
    Euclidean,

    /// <summary>The sum of absolute differences.</summary>
    Manhattan,

    /// <summary>The greatest absolute difference.</summary>
    Chebyshev,

    /// <summary>The P-th root of the sum of absolute differences to the power P.</summary>
    Minkowski,

    /// <summary>1 less the cosine of the angle between the rows; a row of zeros is at right angles to all but rows of zeros.</summary>
    Cosine,
}

/// <summary>How much a neighbour counts.</summary>
public enum NeighborWeights
{
    /// <summary>As much as its sample weight.</summary>
    Uniform,

    /// <summary>Its sample weight over its distance (Dudani 1976); where some are at distance 0, only they count.</summary>
    Distance,
}

/// <summary>The arithmetic of a distance, column by column. Each step must keep the order of its arguments, rounding included.</summary>
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
