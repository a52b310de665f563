namespace FunctionalStack.Reporting.Parts;

/// <summary>What the fits of a model cost in a run.</summary>
/// <param name="Seconds">The mean time of one fit, measured; the sum over its parts, which may have run side by side.</param>
/// <param name="Bytes">The estimated memory of its largest part (<see cref="MemoryEstimate"/>).</param>
internal sealed record FitCost(double Seconds, long Bytes);
