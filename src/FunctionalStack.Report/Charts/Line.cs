namespace FunctionalStack.Reporting.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Colour">The number of its colour, which also chooses the marker.</param>
/// <param name="Points">The points from left to right. Points that are not numbers interrupt the line.</param>
internal sealed record Line(string Name, int Colour, EquatableArray<(double X, double Y)> Points)
{
    /// <summary>The number of the dashes, 0 for none; by default that of the colour.</summary>
    public int Dashes { get; init; } = Colour;

    /// <summary>Whether each point has a marker.</summary>
    public bool IsMarked { get; init; }

    /// <summary>The least and the greatest value of a band around each point; empty for none.</summary>
    public EquatableArray<(double Low, double High)> Band { get; init; }
}
