namespace FunctionalStack.Reporting.Charts;

/// <summary>An axis of a chart.</summary>
/// <param name="Name">The name, with its unit.</param>
/// <param name="IsLog">Whether positions are logarithms of values, which are positive then.</param>
/// <param name="IsWhole">Whether values are whole numbers, so that ticks are too.</param>
internal sealed record Axis(string Name, bool IsLog = false, bool IsWhole = false)
{
    // What a logarithmic axis shows beyond the values, as a factor.
    private const double Margin = 1.05;

    /// <summary>The name with the kind of axis.</summary>
    public string Text => IsLog ? $"{Name} (logarithmic)" : Name;

    /// <summary>The range around values.</summary>
    public (double From, double To) Around(double least, double most) =>
        IsLog ? (least / Margin, most * Margin) : Ticks.Around(least, most);
}
