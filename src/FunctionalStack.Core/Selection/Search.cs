namespace FunctionalStack;

/// <summary>Which points of a search space are tried.</summary>
public enum Search
{
    /// <summary>Points drawn at random (Bergstra &amp; Bengio 2012).</summary>
    Random,

    /// <summary>All combinations of listed values.</summary>
    Grid,

    /// <summary>Successive halving (Jamieson &amp; Talwalkar 2016) of points drawn at random: all are fitted on few rows, and in each round
    /// the
    /// best third goes on with three times as many.</summary>
    Halving,
}
