using FunctionalStack.Reporting.Charts;
using FunctionalStack.Reporting.Curves;
using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Parts;

/// <summary>Which rows are held out in which fold.</summary>
internal static class FoldsPart
{
    private const int MostFolds = 10;
    private const int MostStrata = 7;
    private const int Cells = 120;
    private const double Row = 16;
    private const double Names = 60;
    private const double Foot = 42;
    private const double Day = 86_400;
    private const int DateTicks = 4;

    /// <summary>The folds over time, if rows have times; otherwise the held-out rows by class, or by quarter of a numeric target.</summary>
    /// <param name="folds">The folds.</param>
    /// <param name="roles">The roles of the rows.</param>
    /// <param name="time">The text of a time; null for numbers.</param>
    public static Section Of(EquatableArray<Fold> folds, Roles roles, Func<double, string>? time = null)
    {
        var shown = folds.Take(MostFolds).ToArray();
        var (least, most) = (folds.Min(fold => fold.Holdout.Count), folds.Max(fold => fold.Holdout.Count));
        var (train, left) = (folds.Min(fold => fold.Train.Count), roles.Count - FoldPlan.Covered(folds).Count);
        var held = least == most ? Figures.Rows(least) : $"{Figures.Whole(least)} to {Figures.Rows(most)}";
        return new("folds", "Folds", Html.All(
            Html.Of("p", $"{Figures.Counted(folds.Count, "fold")} with {held} held out in each, and at least {Figures.Rows(train)} to fit "
                + $"on."
                + (left > 0 ? $" {Figures.Rows(left)} are never held out." : " Every row is held out.")
                + (roles.Groups is not null ? " Rows of one group are on one side of a fold." : "")
                + (folds.Count > shown.Length ? $" The first {shown.Length} are drawn." : "")),
            (roles.Time is { } times ? OverTime(shown, times, time) : ByStratum(shown, roles)).Figure()));
    }

    private static Chart OverTime(Fold[] folds, EquatableArray<double> times, Func<double, string>? text)
    {
        var scale = new AxisScale(times.Min(), times.Max(), Names + 8, Chart.Wide - 30);
        var bottom = folds.Length * Row + 4;
        var (ticks, width) = (text is null ? scale.Ticks(6) : Days(scale), (scale.End - scale.Start) / Cells);
        return new("fold-chart", "Folds over time", "Each line is a fold: rows before the dark block are fitted on (light), those in it "
            + "are held out (dark), so that no model is scored on the past of its training rows.", Chart.Wide, bottom + Foot, Html.All(
            Html.All(ticks.Values.Select(value => Html.All(Svg.Line(scale.At(value), 2, scale.At(value), bottom, "g"),
                Svg.Text(scale.At(value), bottom + 15, text is null ? ticks.Text(value) : text(value), "t m0")))),
            Html.All(folds.Select((fold, i) => Html.All(
                Svg.Text(Names, i * Row + 14, $"fold {i + 1}", "t e"),
                Svg.Boxes(Places(fold.Train).Select(cell => (scale.Start + cell * width, i * Row + 4, width, Row - 4)), "z2"),
                Svg.Boxes(Places(fold.Holdout).Select(cell => (scale.Start + cell * width, i * Row + 4, width, Row - 4)), "b")))),
            Svg.Text((scale.Start + scale.End) / 2, bottom + 34, "time", "t n m0")));

        IEnumerable<int> Places(EquatableArray<int> rows) => rows.Select(row => (int)Math.Clamp(
            (scale.At(times[row]) - scale.Start) / (scale.End - scale.Start) * Cells, 0, Cells - 1)).Distinct().Order();
    }

    // Whole days, whose texts have no time of day, if there are enough of them.
    private static Ticks Days(AxisScale scale)
    {
        var step = Day * Math.Ceiling((scale.To - scale.From) / Day / DateTicks);
        var first = Math.Ceiling(scale.From / step);
        return scale.To - scale.From < DateTicks * Day ? scale.Ticks(DateTicks)
            : new(EquatableArray.From(Enumerable.Range(0, DateTicks + 1).Select(i => (first + i) * step).TakeWhile(at => at <= scale.To)),
                step);
    }

    // Bars of held-out rows, divided by class or by quarter of the target.
    private static Chart ByStratum(Fold[] folds, Roles roles)
    {
        var (names, of) = Strata(roles);
        var counts = folds.Select(fold => Counted(fold.Holdout, of, names.Length)).ToArray();
        var scale = new AxisScale(0, counts.Max(count => count.Sum()), Names + 8, Chart.Narrow - 12);
        var bottom = folds.Length * Row + 4;
        var ticks = scale.Ticks(4);
        var shares = Enumerable.Range(0, names.Length).Select(stratum => counts.Select(count =>
            (double)count[stratum] / count.Sum()).ToArray())
            .ToArray();
        var widest = shares.Max(share => share.Max() - share.Min());
        var what = roles.Target is Target.Classes ? "a class" : "a quarter";
        return new("fold-chart", roles.Target is Target.Classes ? "Held-out rows by class" : "Held-out rows by quarter of the target",
            $"Each bar is a fold, divided in the order of the legend. The share of {what} differs by at most "
                + $"{Figures.Percent(widest)} of the rows between folds.", Chart.Narrow, bottom + Foot, Html.All(
                Html.All(ticks.Values.Select(value => Html.All(Svg.Line(scale.At(value), 2, scale.At(value), bottom, "g"),
                    Svg.Text(scale.At(value), bottom + 15, ticks.Text(value), "t m0")))),
                Html.All(counts.Select((count, i) => Html.All(
                    Svg.Text(Names, i * Row + 14, $"fold {i + 1}", "t e"),
                    Html.All(count.Select((rows, stratum) => Svg.Box(scale.At(count.Take(stratum).Sum()), i * Row + 4,
                        scale.At(rows) - scale.At(0) - 1, Row - 4, $"f{stratum % Chart.Colours}")))))),
                Svg.Text((scale.Start + scale.End) / 2, bottom + 34, "held-out rows", "t n m0")))
        {
            Legend = EquatableArray.From(names.Select((name, stratum) => Html.All(
                Html.Of("span").Class($"key k{stratum % Chart.Colours}"),
                PlainText.Name(name, 30)))),
        };
    }

    private static (string[] Names, Func<int, int> Of) Strata(Roles roles)
    {
        if (roles.Target is Target.Classes classes)
        {
            // The rarest classes share the last colour.
            return classes.Levels.Count <= MostStrata ? ([.. classes.Levels], row => classes.Codes[row])
                : ([.. classes.Levels.Take(MostStrata - 1), $"{classes.Levels.Count - MostStrata + 1} other classes"],
                    row => Math.Min(classes.Codes[row], MostStrata - 1));
        }

        var values = ((Target.Numeric)roles.Target).Values;
        var found = Quartiles.Of(values)!;
        return ([$"up to {Figures.Few(found.Lower)}", $"to {Figures.Few(found.Median)}", $"to {Figures.Few(found.Upper)}", "above"],
            row => values[row] <= found.Lower ? 0 : values[row] <= found.Median ? 1 : values[row] <= found.Upper ? 2 : 3);
    }

    private static int[] Counted(EquatableArray<int> rows, Func<int, int> of, int strata)
    {
        var counts = new int[strata];
        foreach (var row in rows.AsSpan()) counts[of(row)]++;
        return counts;
    }
}
