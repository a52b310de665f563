namespace FunctionalStack.Neural;

/// <summary>How well a network does on examples.</summary>
/// <param name="Loss">The mean over the examples.</param>
/// <param name="Accuracy">The share of examples whose class was right; null for values.</param>
public sealed record NetScore(double Loss, double? Accuracy);
