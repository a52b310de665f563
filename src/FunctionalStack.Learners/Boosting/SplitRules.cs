using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// The constraints and the gain of a split (Chen &amp; Guestrin 2016, equations 5 to 7, without the factor one half, as in XGBoost), in
/// units of the scaled target.
/// </summary>
internal sealed record SplitRules(double Lambda, double Alpha, double Gamma, double MinChildWeight, double Smoothing)
{
    /// <summary>
    /// Scores, and weights of children, with a smaller relative difference are treated as equal. Derivatives are rounded to 2^-30 of their
    /// sum, and
    /// the rounding depends on row order and on repeating instead of weighting rows. It must not decide between equal splits.
    /// </summary>
    public const double Tie = 1.0 / (1 << 20);

    /// <summary>The minimum sum of second derivatives in a child.</summary>
    public double Lightest { get; } = Math.Max(MinChildWeight * (1 - Tie), double.Epsilon);

    /// <summary>The score that a better split must exceed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Above(double score) => score > 0 ? score * (1 + Tie) : score;

    /// <summary>A sum of first derivatives after soft-thresholding by the L1 penalty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Shrunk(double first) => first > Alpha ? first - Alpha : first < -Alpha ? first + Alpha : 0;

    /// <summary>The optimal value of a leaf.</summary>
    public double Value(double first, double second, double low, double high)
    {
        var weight = second + Lambda;
        return weight > 0 ? Math.Clamp(-Shrunk(first) / weight, low, high) : Math.Clamp(0, low, high);
    }

    /// <summary>Twice the reduction of the loss by a leaf with its optimal value.</summary>
    public double Score(double first, double second, double extra = 0)
    {
        var weight = second + Lambda + extra;
        return weight > 0 ? Shrunk(first) * Shrunk(first) / weight : 0;
    }

    /// <summary>The same for a leaf with a bounded value.</summary>
    public double ScoreOf(double value, double first, double second) =>
        -(2 * first * value + (second + Lambda) * value * value + 2 * Alpha * Math.Abs(value));

    /// <summary>Whether both children are heavy enough.</summary>
    public bool Allows(double left, double right) => left >= Lightest && right >= Lightest;

    /// <summary>Whether a node of that weight can have two children that are heavy enough.</summary>
    public bool MaySplit(double second) => second >= 2 * Lightest;
}

/// <summary>A candidate split of a node.</summary>
/// <param name="Score">The reduction of the loss by both children; negative infinity for none.</param>
/// <param name="Gain">Its excess over the undivided node's reduction.</param>
/// <param name="Column">The column.</param>
/// <param name="Code">Codes up to this one go left.</param>
/// <param name="MissingLeft">Whether missing values go left.</param>
/// <param name="Left">The summed gradients of the left child.</param>
/// <param name="Levels">For a categorical column: four 64-bit words with a bit for each code that goes left.</param>
internal readonly record struct BoostedSplit(double Score, double Gain, int Column, int Code, bool MissingLeft, long Left,
    ulong[]? Levels = null)
{
    public static BoostedSplit None { get; } = new(double.NegativeInfinity, double.NegativeInfinity, -1, 0, false, 0);

    public bool GoesLeft(int code) => code == 0 ? MissingLeft : Levels is null ? code <= Code : (Levels[code >> 6] >> code & 1) != 0;
}
