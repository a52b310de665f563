using FunctionalStack.Learners;

namespace FunctionalStack.Auditing;

/// <summary>The noise test: nothing predicts permuted targets, so a learner that does has seen them.</summary>
internal static class PermutedTargets
{
    private const int MostRows = 1000;
    private const int Permutations = 3;
    private const double LeastErrors = 3;

    // Of the loss of chance.
    private const double LeastGain = 0.01;

    public static AuditCheck Of(AuditRun run, ILearner learner, Dataset data)
    {
        var sample = run.Sample(data, MostRows, "noise");
        return Outcome.All(Enumerable.Range(0, Permutations).Select(i =>
        {
            var permuted = sample.WithTarget(sample.Target.Take(
                EquatableArray.Own(run.Seed.Fork("permuted targets").Fork(i).Permutation(sample.RowCount))));
            return from found in run.CrossValidated(learner, permuted, $"noise {i}").WithoutNotes()
                   from chance in run.CrossValidated(new Majority(), permuted, $"noise {i}").WithoutNotes()
                   let metric = Metric.Leading(data.Target).Name
                   select (Found: found[metric].PerFold, Chance: chance[metric].PerFold);
        })).Match(
            folds => Compared(data.Target, [.. folds.SelectMany(one => one.Found)], [.. folds.SelectMany(one => one.Chance)]),
            failure => AuditCheck.None(FindingKind.Noise, $"{failure}"));
    }

    private static AuditCheck Compared(Target target, double[] found, double[] chance)
    {
        double[] gains = [.. chance.Zip(found, (usual, own) => usual - own)];
        var (gain, usual) = (gains.Average(), chance.Average());
        var error = MeanSquare.Deviation(gains, gain).Root / Math.Sqrt(gains.Length);
        var word = Metric.TitleOf(Metric.Leading(target).Name);
        var measured = $"{word} {AuditRun.Text(found.Average())} on permuted targets, {AuditRun.Text(usual)} by chance";
        return new(FindingKind.Noise, measured, gain > LeastErrors * error && gain > LeastGain * usual
            ? EquatableArray.Of(new Finding(FindingKind.Noise, Severity.High, default,
                $"the learner predicts permuted targets better than chance ({measured}), so it knows the targets of rows that it is "
                    + "scored on.",
                "Look for state that is kept between fits, in learners and transforms of your own."))
            : default);
    }
}
