namespace FunctionalStack.Reporting.Charts;

/// <summary>Maps values to positions.</summary>
/// <param name="From">The value at <paramref name="Start"/>.</param>
/// <param name="To">The value at <paramref name="End"/>.</param>
/// <param name="Start">A position.</param>
/// <param name="End">A position.</param>
/// <param name="IsLog">Whether the logarithm of the value is mapped; values are positive then.</param>
internal sealed record AxisScale(double From, double To, double Start, double End, bool IsLog = false)
{
    /// <summary>The position of a value.</summary>
    public double At(double value) => Start + (End - Start) * (IsLog
        ? (Math.Log(value) - Math.Log(From)) / (Math.Log(To) - Math.Log(From))
        : To == From ? 0.5 : (value - From) / (To - From));

    /// <summary>Whether values are whole numbers, so that ticks are too.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Its ticks.</summary>
    public Ticks Ticks(int count) => IsLog ? Charts.Ticks.Logarithmic(From, To) : Charts.Ticks.Linear(From, To,
        IsWhole ? Math.Clamp((int)(To - From), 1, count) : count);
}
