using FunctionalStack.Reporting.Charts;
using FunctionalStack.Reporting.Curves;
using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Parts;

/// <summary>The confusion matrix, and the curves of a classifier.</summary>
internal static class ClassCharts
{
    private const int MostClasses = 10;
    private const int MostInMatrix = 20;

    public static Html Of(string id, string model, Target.Classes actual, Prediction.Probabilities predicted,
        EquatableArray<double>? weights)
    {
        // Of two classes the second, whose probability says all; of more, each against the others.
        var known = actual.Levels.Where(level => predicted.Levels.Contains(level)).ToArray();
        string[] curves = predicted.Levels.Count == 2 ? [predicted.Levels[1]] : [.. known.Take(MostClasses)];
        var series = curves.Select(level => Series(level, actual, predicted, weights)).ToArray();
        return Html.All(
            Matrix(ClassMetrics.Confusion(actual, predicted, weights), actual.Count),
            known.Length > curves.Length && predicted.Levels.Count > 2
                ? Html.Of("p", $"The curves are those of the first {MostClasses} of {known.Length} classes, each against the others.")
                    : Html.None,
            Html.Of("div",
                Roc(id, model, series), Precision(id, model, series),
                Reliability(id, model, predicted.Levels.Count == 2 ? curves : known, actual, predicted, weights)).Class("cards"));
    }

    private sealed record Against(string Level, Scored Rows);

    private static Against Series(string level, Target.Classes actual, Prediction.Probabilities predicted,
        EquatableArray<double>? weights) =>
        new(level, Scored.Of(Probabilities(level, predicted), Positive(level, actual), weights));

    private static EquatableArray<double> Probabilities(string level, Prediction.Probabilities predicted) =>
        Agreement.Column(predicted, predicted.Levels.AsSpan().IndexOf(level));

    private static EquatableArray<bool> Positive(string level, Target.Classes actual)
    {
        var code = actual.Levels.AsSpan().IndexOf(level);
        return EquatableArray.From(actual.Codes.Select(one => one == code));
    }

    private static Html Matrix(Confusion found, int rows)
    {
        var count = found.Levels.Count;
        var (all, right) = (found.Cells.Sum(), Enumerable.Range(0, count).Sum(level => found[level, level]));
        var wrong = Enumerable.Range(0, count * count).Where(cell => cell / count != cell % count)
            .OrderByDescending(cell => found.Cells[cell]).FirstOrDefault(-1);
        var frequent = wrong >= 0 && found.Cells[wrong] > 0
            ? $" The most frequent error is to predict '{PlainText.Short(found.Levels[wrong % count], 24)}' for "
                + $"'{PlainText.Short(found.Levels[wrong / count], 24)}', {Figures.Few(found.Cells[wrong])} times."
            : " There is no error.";
        var sentence = Html.Of("p", $"{Figures.Percent(right / all)} of {Figures.Rows(rows)} are predicted correctly.{frequent}");
        if (count > MostInMatrix) return Html.All(sentence, Errors(found));
        return Html.All(sentence, Grid.Shaded("Confusion matrix: rows with each actual class (down) and predicted class (across), and "
            + "their share of the actual class", "actual", [.. found.Levels.Select(level => level)],
            Enumerable.Range(0, count).Select(truth => (found.Levels[truth],
                (IReadOnlyList<(Html, double)>)[.. Enumerable.Range(0, count).Select(predicted => Cell(found, truth, predicted))]))));
    }

    private static (Html, double) Cell(Confusion found, int truth, int predicted)
    {
        if (found[truth, predicted] == 0) return (Html.Of("span", "0").Class("pm"), 0);
        var share = found[truth, predicted] / found.OfTruth(truth);
        return (Html.All(Html.Of("b", Figures.Few(found[truth, predicted])), Html.Of("span", Figures.Percent(share)).Class("pm")), share);
    }

    // Of many classes, the most frequent errors.
    private static Html Errors(Confusion found)
    {
        var count = found.Levels.Count;
        return Grid.Of($"The most frequent errors among {count} classes", ["actual", "predicted", "#rows", "#share of the actual class"],
            Enumerable.Range(0, count * count).Where(cell => cell / count != cell % count && found.Cells[cell] > 0)
                .OrderByDescending(cell => found.Cells[cell]).Take(MostInMatrix).Select(cell => (Html[])
                [
                    PlainText.Name(found.Levels[cell / count]), PlainText.Name(found.Levels[cell % count]), Figures.Few(found.Cells[cell]),
                    Figures.Percent(found.Cells[cell] / found.OfTruth(cell / count)),
                ]));
    }

    private static Html Roc(string id, string model, Against[] all)
    {
        var curves = all.Select((one, i) => (one.Level, Series: i,
            Curve: RocCurve.Of(one.Rows))).Where(one => one.Curve is not null).ToArray();
        if (curves.Length == 0) return Absent("ROC curve", "it needs rows of at least two classes");
        var plane = Plane.Of((0, 1), (0, 1));
        return new Chart($"{id}-roc", "ROC curve",
            $"{Named(model)} {Areas([.. curves.Select(one => (one.Level, one.Curve!.Area))], "area")}. Higher and further left is better; "
                + "the thin diagonal is chance, with area 0.5.",
            Chart.Narrow, 260, Html.All(
                plane.Axes("false positive rate", "true positive rate"),
                Svg.Path([plane.At(0, 0), plane.At(1, 1)], "h"),
                Html.All(curves.Select(one => Svg.Path(one.Curve!.Thinned().Points.Select(point => plane.At(point.False, point.True)),
                    Chart.Series(one.Series))))))
        {
            Legend = Legend([.. curves.Select(one => (one.Series, one.Level, one.Curve!.Area))]),
        }.Figure();
    }

    private static Html Precision(string id, string model, Against[] all)
    {
        var curves = all.Select((one, i) => (one.Level, Series: i, Curve: PrecisionRecall.Of(one.Rows))).Where(one => one.Curve is not null)
            .ToArray();
        if (curves.Length == 0) return Absent("Precision and recall", "no row has one of the classes");
        var (plane, last) = (Plane.Of((0, 1), (0, 1)), curves[0].Curve!.Points[^1].Precision);
        return new Chart($"{id}-pr", "Precision and recall",
            $"{Named(model)} {Areas([.. curves.Select(one => (one.Level, one.Curve!.Average))], "average precision")}. Higher is better"
                + (curves.Length == 1 ? $"; the thin line is the share of '{PlainText.Short(curves[0].Level, 24)}', "
                    + $"{Figures.Percent(last)}." : "."),
            Chart.Narrow, 260, Html.All(
                plane.Axes("recall", "precision"),
                curves.Length == 1 ? Svg.Path([plane.At(0, last), plane.At(1, last)], "h") : Html.None,
                Html.All(curves.Select(one => Svg.Path(one.Curve!.Thinned().Points.Prepend((0, one.Curve.Points[0].Precision))
                    .Select(point => plane.At(point.Recall, point.Precision)), Chart.Series(one.Series))))))
        {
            Legend = Legend([.. curves.Select(one => (one.Series, one.Level, one.Curve!.Average))]),
        }.Figure();
    }

    // Of more than two classes all together, because each alone has few rows in most bins. The counts are bars at the foot of the chart, on
    // a scale of their own.
    private static Html Reliability(string id, string model, string[] levels, Target.Classes actual,
        Prediction.Probabilities predicted, EquatableArray<double>? weights)
    {
        const double bars = 34;
        var found = Calibration.Together(levels.Select(level =>
            Calibration.Of(Probabilities(level, predicted), Positive(level, actual), weights)));
        if (found.Bins.Count == 0) return Absent("Calibration", "no probability is a number");
        var (plane, most) = (Plane.Of((0, 1), (0, 1)), found.Bins.Max(bin => bin.Rows));
        var points = found.Bins.Select(bin => plane.At(bin.Predicted, bin.Found)).ToArray();
        return new Chart($"{id}-calibration", "Calibration",
            $"{Named(model)} expected calibration error {Figures.Fixed(found.Error, 3)}"
                + (levels.Length > 1 ? $", over the probabilities of {levels.Length} classes together"
                    : "") + ". Points on the thin diagonal have probabilities that are as large as the shares that occur; above it they "
                + $"are too low. The bars count the {(levels.Length > 1 ? "probabilities" : "rows")} of each bin: "
                + string.Join(", ", found.Bins.Select(bin => Figures.Whole(bin.Rows))) + ".",
            Chart.Narrow, 260, Html.All(
                plane.Axes("mean predicted probability", "share that occurs"),
                Svg.Boxes(found.Bins.Select(bin => (plane.X.At(bin.From) + 2, plane.Y.Start - bars * bin.Rows / most,
                    plane.X.At(0.1) - plane.X.At(0) - 4, bars * bin.Rows / most)), "q"),
                Svg.Path([plane.At(0, 0), plane.At(1, 1)], "h"),
                Svg.Path(points, Chart.Series(0)),
                Html.All(points.Select(point => Svg.Marker(point.X, point.Y, 0, "m f0"))))).Figure();
    }

    private static string Named(string model) => $"{PlainText.Short(model, 40)}:";

    private static string Areas((string Level, double Value)[] all, string what) => all.Length == 1
        ? $"{what} {Figures.Fixed(all[0].Value, 3)}"
        : $"mean {what} {Figures.Fixed(all.Average(one => one.Value), 3)} over {all.Length} classes, from "
            + $"{Figures.Fixed(all.Min(one => one.Value), 3)} to {Figures.Fixed(all.Max(one => one.Value), 3)}";

    private static EquatableArray<Html> Legend((int Series, string Level, double Value)[] all) => all.Length == 1 ? default
        : EquatableArray.From(all.Select(one => Html.All(Chart.Entry(one.Series, one.Level), " ", Figures.Fixed(one.Value, 3))));

    private static Html Absent(string what, string why) => Html.Of("p", $"No {what}: {why}.").Class("absent");
}
