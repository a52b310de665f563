namespace FunctionalStack.Neural;

/// <summary>The mean score of a network over a number of examples.</summary>
/// <param name="Loss">The mean over the examples.</param>
/// <param name="Accuracy">The share of examples whose class was predicted correctly; null for a numeric target.</param>
public sealed record NetScore(double Loss, double? Accuracy);
