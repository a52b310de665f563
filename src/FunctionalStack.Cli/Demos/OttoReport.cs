using FunctionalStack.Cli.Output.Pictures;
using FunctionalStack.Learners;
using ScottPlot;

namespace FunctionalStack.Cli.Demos;

/// <summary>How alike the bases are, and what each more is worth.</summary>
internal static class OttoReport
{
    /// <summary>Convex combinations of the best base, the best two, and so on, by log-loss out of fold.</summary>
    public static Outcome<EquatableArray<OttoGain>> Gains(IExecutor executor, OttoData data, OttoLevel level, CancellationToken cancellation)
    {
        var order = level.All.OrderBy(one => Metric.LogLoss.Score(data.Train.Target, one.OutOfFold, null)).ToArray();
        return Outcome.All(Enumerable.Range(1, order.Length).Select(n =>
        {
            var (p, test) = (Beside(order.Take(n).Select(one => one.P)), Beside(order.Take(n).Select(one => one.Mean)));
            return from model in executor.Fit(new ConvexWeights(), new Dataset(p, data.Train.Target), default, null, cancellation)
                   from own in model.Predict(p)
                   from later in model.Predict(test)
                   select new OttoGain(n, order[n - 1].Name, Metric.LogLoss.Score(data.Train.Target, own, null), Metric.LogLoss.Score(data.Test.Target, later, null));
        }));
    }

    /// <summary>The correlations of the bases and the gains, as pictures.</summary>
    public static Outcome<EquatableArray<string>> Draw(string report, OttoResult result, EquatableArray<OttoGain> gains, CancellationToken cancellation)
    {
        var bases = result.AllModels.Where(one => one.Role == "base").ToArray();
        var map = CorrelationMap.Render(
            "otto: correlation of what bases say out of fold", [.. bases.Select(one => one.Name)],
            (i, j) => TwoLevels.Correlation(bases[i].Predicted.Matrix.AsSpan(), bases[j].Predicted.Matrix.AsSpan()));
        var lines = LinePlot.Render(
            "otto: a convex combination of the best bases", "bases, the best first", "log-loss", false, Alignment.UpperRight,
            new("out of fold", 0, true, EquatableArray.From(gains.Select(gain => ((double)gain.Bases, gain.OutOfFold)))),
            new("set aside", 1, false, EquatableArray.From(gains.Select(gain => ((double)gain.Bases, gain.SetAside)))),
            new("the blend of meta learners, set aside", 2, true, EquatableArray.From(gains.Select(gain => ((double)gain.Bases, result.Blend.SetAside.LogLoss)))));
        return from folder in Picture.Folder(report)
               from first in Picture.Save(Path.Combine(folder, "otto-correlation.png"), map, cancellation)
               from second in Picture.Save(Path.Combine(folder, "otto-gain.png"), lines, cancellation)
               select EquatableArray.From([first, second]);
    }

    private static Frame Beside(IEnumerable<Frame> frames) => frames.Aggregate((left, right) => left.Beside(right));
}
