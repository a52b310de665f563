using FunctionalStack.Reporting.Charts;
using FunctionalStack.Reporting.Markup;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack.Demos;

/// <summary>The page of the Titanic demo: the scores of the nested cross-validation, and the correlation of the bases.</summary>
internal static class TitanicFigures
{
    /// <summary>The page.</summary>
    /// <param name="level">Level one.</param>
    /// <param name="p">The out-of-fold predictions, one column for each base.</param>
    /// <param name="nested">The scores of the nested cross-validation, the stack last.</param>
    /// <param name="target">The target.</param>
    public static DemoPage Of(EquatableArray<FirstLevel> level, Frame p, EquatableArray<ScoredModel> nested, Target target)
    {
        var (metric, bases) = (Metric.Leading(target), nested.Where(one => one.Role == "base").ToArray());
        var best = bases.MinBy(one => one[metric].Mean)!;
        var pairs = (from i in Enumerable.Range(0, level.Count)
                     from j in Enumerable.Range(0, i)
                     let value = TwoLevels.Correlation(p, i, j)
                     orderby value
                     select (Value: value, Names: $"{level[j].Name} and {level[i].Name}")).ToArray();
        var map = HeatMap.Of("titanic-correlation", "Correlation of the out-of-fold predictions",
            $"In hundredths. The least alike are {pairs[0].Names} ({Figures.Fixed(pairs[0].Value, 2)}), the most alike {pairs[^1].Names} "
                + $"({Figures.Fixed(pairs[^1].Value, 2)}).",
            [.. level.Select(one => one.Name)], (i, j) => TwoLevels.Correlation(p, i, j));
        return new(
            [
                LeaderboardPart.Of(nested, target, $"Nested {TitanicStack.K}-fold cross-validation. The log-loss of the stack is "
                    + $"{Figures.Fixed(nested[^1][metric].Mean)}, that of its best base, {best.Name}, {Figures.Fixed(best[metric].Mean)}. "
                    + "Lower is better."),
                DemoPage.Section("agreement", "Agreement of the bases",
                    "A stack gains most from bases that are good and unlike each other.", [map]),
            ],
            [map]);
    }
}
