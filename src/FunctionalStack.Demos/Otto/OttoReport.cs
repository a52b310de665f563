using FunctionalStack.Demos.Pictures;
using FunctionalStack.Learners;
using ScottPlot;

namespace FunctionalStack.Demos;

/// <summary>The correlation of the bases, and the gain from each added base.</summary>
public static class OttoReport
{
    /// <summary>Fits convex combinations of the best base, the best two, and so on. Bases are ordered by out-of-fold log-loss.</summary>
    public static Outcome<EquatableArray<OttoGain>> Gains(IExecutor executor, OttoData data, OttoLevel level,
        CancellationToken cancellation)
    {
        var order = level.All.OrderBy(one => Metric.LogLoss.Score(data.Train.Target, one.OutOfFold, null)).ToArray();
        return Outcome.All(Enumerable.Range(1, order.Length).Select(n =>
        {
            var (p, test) = (Beside(order.Take(n).Select(one => one.P)), Beside(order.Take(n).Select(one => one.Mean)));
            return from model in executor.Fit(new ConvexWeights(), new Dataset(p, data.Train.Target), default, null, cancellation)
                   from own in model.Predict(p)
                   from tested in model.Predict(test)
                   select new OttoGain(n, order[n - 1].Name, Metric.LogLoss.Score(data.Train.Target, own, null),
                       Metric.LogLoss.Score(data.Test.Target, tested, null));
        }));
    }

    /// <summary>Draws the correlations of the bases and the gains into <paramref name="report"/>. Returns the paths.</summary>
    public static Outcome<EquatableArray<string>> Draw(string report, OttoResult result, EquatableArray<OttoGain> gains,
        CancellationToken cancellation)
    {
        var bases = result.AllModels.Where(one => one.Role == "base").ToArray();
        var map = CorrelationMap.Render(
            "otto: correlation of the out-of-fold predictions", [.. bases.Select(one => one.Name)],
            (i, j) => TwoLevels.Correlation(bases[i].Predicted.Matrix.AsSpan(), bases[j].Predicted.Matrix.AsSpan()));
        var lines = LinePlot.Render(
            "otto: a convex combination of the best bases", "number of bases, best first", "log-loss", false, Alignment.UpperRight,
            new("out of fold", 0, true, EquatableArray.From(gains.Select(gain => ((double)gain.Bases, gain.OutOfFold)))),
            new("test set", 1, false, EquatableArray.From(gains.Select(gain => ((double)gain.Bases, gain.SetAside)))),
            new("blend of the meta-learners, test set", 2, true,
                EquatableArray.From(gains.Select(gain => ((double)gain.Bases, result.Blend.SetAside.LogLoss)))));
        return from folder in PictureFile.Folder(report)
               from first in PictureFile.Save(Path.Combine(folder, "otto-correlation.png"), map, cancellation)
               from second in PictureFile.Save(Path.Combine(folder, "otto-gain.png"), lines, cancellation)
               select EquatableArray.From([first, second]);
    }

    private static Frame Beside(IEnumerable<Frame> frames) => frames.Aggregate((left, right) => left.Beside(right));
}
