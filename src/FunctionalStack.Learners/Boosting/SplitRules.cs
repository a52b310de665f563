using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// What a split must fulfil and what it gains (Chen &amp; Guestrin 2016, equations 5 to 7; without the half, as XGBoost counts it), checked and in the
/// units of the scaled target.
/// </summary>
internal sealed record SplitRules(double Lambda, double Alpha, double Gamma, double MinChildWeight, double Smoothing)
{
    /// <summary>
    /// Scores, and weights of children, that differ by less than this share count as equal. Derivatives are rounded to 2^-30 of their sum, and rows in
    /// another order, or repeated instead of weighted, are rounded otherwise; what is equal but for that must not be decided by it.
    /// </summary>
    public const double Tie = 1.0 / (1 << 20);

    /// <summary>The least sum of second derivatives on a side.</summary>
    public double Lightest { get; } = Math.Max(MinChildWeight * (1 - Tie), double.Epsilon);

    /// <summary>What a score has to exceed to be better than one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Above(double score) => score > 0 ? score * (1 + Tie) : score;

    /// <summary>Of a sum's first derivative what the penalty on absolute leaf values leaves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Shrunk(double first) => first > Alpha ? first - Alpha : first < -Alpha ? first + Alpha : 0;

    /// <summary>The best value of a leaf.</summary>
    public double Value(double first, double second, double low, double high)
    {
        var weight = second + Lambda;
        return weight > 0 ? Math.Clamp(-Shrunk(first) / weight, low, high) : Math.Clamp(0, low, high);
    }

    /// <summary>Twice what a leaf of its best value takes from the loss.</summary>
    public double Score(double first, double second, double extra = 0)
    {
        var weight = second + Lambda + extra;
        return weight > 0 ? Shrunk(first) * Shrunk(first) / weight : 0;
    }

    /// <summary>The same of a leaf whose value has bounds.</summary>
    public double ScoreOf(double value, double first, double second) => -(2 * first * value + (second + Lambda) * value * value + 2 * Alpha * Math.Abs(value));

    /// <summary>Whether both sides are heavy enough.</summary>
    public bool Allows(double left, double right) => left >= Lightest && right >= Lightest;

    /// <summary>Whether a node of that weight could have two children heavy enough.</summary>
    public bool MaySplit(double second) => second >= 2 * Lightest;
}

/// <summary>A way to split a node.</summary>
/// <param name="Score">What both sides take from the loss; negative infinity for none.</param>
/// <param name="Gain">What they take more than the node does undivided.</param>
/// <param name="Column">On which column.</param>
/// <param name="Code">Numbers up to this code go left.</param>
/// <param name="MissingLeft">Whether missing values go left.</param>
/// <param name="Left">The sum of the left side's gradients.</param>
/// <param name="Levels">For categories: four words of bits, those of the codes that go left.</param>
internal readonly record struct BoostedSplit(double Score, double Gain, int Column, int Code, bool MissingLeft, long Left, ulong[]? Levels = null)
{
    public static BoostedSplit None { get; } = new(double.NegativeInfinity, double.NegativeInfinity, -1, 0, false, 0);

    public bool GoesLeft(int code) => code == 0 ? MissingLeft : Levels is null ? code <= Code : (Levels[code >> 6] >> code & 1) != 0;
}
