namespace FunctionalStack;

/// <summary>
/// A point of a learning curve: the scores of a learner that was fitted on a share of the training rows of each outer fold
/// (<see cref="CrossValidation.LearningCurve"/>). Its members, such as <c>point.LogLoss</c>, are the scores on held-out rows.
/// </summary>
/// <param name="Share">The share of the training rows; above 0, at most 1.</param>
/// <param name="Rows">The number of rows that the learner was fitted on, in fold order.</param>
/// <param name="HeldOut">The scores on the held-out rows of the folds, which are the same for all points: one for each metric of
/// <see cref="Metric.For"/>.</param>
/// <param name="Training">The scores on the rows that the learner was fitted on. The distance to the scores on held-out rows shows how
/// much the learner overfits.</param>
public sealed record LearningPoint(double Share, EquatableArray<int> Rows, EquatableArray<Score> HeldOut, EquatableArray<Score> Training)
    : MetricScores<Score>
{
    private protected override IEnumerable<(string Metric, Score Score)> Named => HeldOut.Select(score => (score.Metric, score));

    /// <summary>The mean of <see cref="Rows"/>.</summary>
    public double MeanRows => Rows.Average();

    /// <summary>The score on the rows that the learner was fitted on, by this metric.</summary>
    public Score TrainingScore(Metric metric) => Training.First(score => score.Metric == metric.Name);
}
