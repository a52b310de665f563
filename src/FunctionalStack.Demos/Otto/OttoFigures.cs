using FunctionalStack.Learners;
using FunctionalStack.Reporting.Charts;
using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Demos;

/// <summary>The correlation of the bases, and the gain from each added base.</summary>
internal static class OttoFigures
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

    /// <summary>The page: the scores, the correlations of the bases and the gains.</summary>
    public static DemoPage Of(OttoResult result, EquatableArray<OttoGain> gains)
    {
        Chart[] figures = [Correlations(result), Gain(result, gains)];
        return new(
            [
                new("scores", "Scores", Html.All(
                    Html.Of("p", $"On {Figures.Whole(result.Data.Test.RowCount)} test products, the blend has log-loss "
                        + $"{Figures.Fixed(result.Blend.SetAside.LogLoss)}; the best base, {result.Best.Name}, has "
                        + $"{Figures.Fixed(result.Best.SetAside.LogLoss)}. Lower is better.").Class("lead"),
                    Grid.Of("All models by test log-loss; the correlation is with the best base",
                        ["model", "role", "#test log-loss", "#test accuracy", "#out-of-fold log-loss", "#correlation"],
                        result.AllModels.OrderBy(one => one.SetAside.LogLoss).Select(one => (Html[])
                        [
                            one.Name, one.Role, Figures.Fixed(one.SetAside.LogLoss), Figures.Fixed(one.SetAside.Accuracy),
                            Figures.Fixed(one.OutOfFold.LogLoss), Figures.Fixed(result.CorrelationOf(one), 3),
                        ])))),
                DemoPage.Section("figures", "Figures", "How unlike the bases are, and what each adds.", figures),
            ],
            [.. figures]);
    }

    private static Chart Correlations(OttoResult result)
    {
        var bases = result.AllModels.Where(one => one.Role == "base").ToArray();
        var pairs = (from i in Enumerable.Range(0, bases.Length)
                     from j in Enumerable.Range(0, i)
                     let value = Of(i, j)
                     where double.IsFinite(value)
                     orderby value
                     select (Value: value, Names: $"{bases[j].Name} and {bases[i].Name}")).ToArray();
        return HeatMap.Of("otto-correlation", "Correlation of the out-of-fold predictions",
            pairs.Length == 0 ? "No correlation is defined."
                : $"In hundredths. The least alike are {pairs[0].Names} ({Figures.Fixed(pairs[0].Value, 2)}), the most alike "
                    + $"{pairs[^1].Names} ({Figures.Fixed(pairs[^1].Value, 2)}). A stack gains most from bases that are good and unlike "
                    + "each other.",
            [.. bases.Select(one => one.Name)], Of);

        double Of(int i, int j) => TwoLevels.Correlation(bases[i].Predicted.Matrix.AsSpan(), bases[j].Predicted.Matrix.AsSpan());
    }

    private static Chart Gain(OttoResult result, EquatableArray<OttoGain> gains)
    {
        return Lines.Of("otto-gain", "A convex combination of the best bases",
            $"With more bases, best first, the test log-loss falls from {Figures.Fixed(gains[0].SetAside)} to "
                + $"{Figures.Fixed(gains[^1].SetAside)}; the meta-learners reach {Figures.Fixed(result.Blend.SetAside.LogLoss)}.",
            new("number of bases, best first", IsWhole: true), new(Metric.TitleOf(Metric.LogLoss.Name)),
            [
                Of("out of fold", 0, gain => gain.OutOfFold), Of("test products", 1, gain => gain.SetAside),
                Of("blend of the meta-learners, test products", 2, _ => result.Blend.SetAside.LogLoss),
            ]);

        Line Of(string name, int colour, Func<OttoGain, double> score) =>
            new(name, colour, EquatableArray.From(gains.Select(gain => ((double)gain.Bases, score(gain)))));
    }

    private static Frame Beside(IEnumerable<Frame> frames) => frames.Aggregate((left, right) => left.Beside(right));
}
