using FunctionalStack.Neural;
using FunctionalStack.Reporting.Pages;
using FunctionalStack.Reporting.Parts;
using Xunit;

namespace FunctionalStack.Reporting.Tests.Parts;

public class ExplainedTests
{
    private static readonly Target.Classes target = new(["n", "y"], [0, 1, 1, 0]);

    [Fact]
    public void Importance_is_drawn_best_first_and_unused_columns_too()
    {
        var html = Html(ImportancePart.Of(new(4, [new("low", 0.01, 0), new("high", 0.3, 0.1), new("unread", 0, 0)], new("prediction", [("high", 1.5)]),
        [
            new PartialDependence("high", Column.Numeric.Of(1, 2, 5), ["n", "y"], [.5, .5, .4, .6, .1, .9]),
            new PartialDependence("low", Column.Categorical.Of("a", "b"), ["n", "y"], [.5, .5, .4, .6]),
        ]), target, "About these rows."));
        Assert.True(html.IndexOf(">high<", StringComparison.Ordinal) < html.IndexOf(">low<", StringComparison.Ordinal));
        Assert.Contains("Shuffling high raises the log-loss most, by 0.3000", html, StringComparison.Ordinal);
        Assert.Contains("The probability of y is from 0.500 to 0.900", html, StringComparison.Ordinal);
        Assert.Contains("<figure id=\"shap\"", html, StringComparison.Ordinal);
        Assert.Contains("high moves the prediction most, by 1.5000", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Partial_dependence_of_numbers_and_of_several_classes_is_drawn(int classes)
    {
        EquatableArray<string> levels = classes == 1 ? default : EquatableArray.From(Enumerable.Range(0,
            classes).Select(level => $"c{level}"));
        foreach (var grid in new Column[] { Column.Numeric.Of(3), Column.Numeric.Of(1, 2), Column.Categorical.Of("a", "b") })
        {
            var mean = EquatableArray.From(Enumerable.Range(0, grid.Count * classes).Select(i => i / 10.0));
            Html(ImportancePart.Of(new(4, [new("x", 1, 0)], default, [new("x", grid, levels, mean)]), target, "About."));
        }
    }

    [Fact]
    public void A_model_that_reads_nothing_has_a_sentence()
    {
        Assert.DoesNotContain("<svg", Html(ImportancePart.Of(new(4, default, default, default), target, "About.")),
            StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", Html(ImportancePart.Of(new(4, [new("x", 0, 0)], default, default), target, "About.")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_is_drawn_with_a_logarithmic_loss_if_it_falls_far()
    {
        EquatableArray<EpochRecord> history = [new(1, new(2.3, 0.1), Test: new(2.0, 0.3)), new(2, new(0.01, 0.99), Test: new(0.05, 0.98))];
        var html = Html(NetPart.Training(history, "the net of epoch 2 was kept"));
        Assert.Contains("loss (logarithmic)", html, StringComparison.Ordinal);
        Assert.Contains("In the last epoch: training 0.0100, test 0.0500", html, StringComparison.Ordinal);
        Assert.DoesNotContain("validation", html, StringComparison.Ordinal);
        Html(NetPart.Training([new(1, new(2.3, 0.1))], "the net of epoch 1 was kept"));
    }

    [Fact]
    public void The_worst_mistakes_are_pictures_worst_first()
    {
        var images = new Examples.Bytes(new(2, 2, 1), [0, 1, 2, 3, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120]);
        var predicted = new Prediction.Probabilities(["n", "y"], [.9, .1, .6, .4, .8, .2, .9, .1]);
        var html = Html(MistakesPart.Of(target, predicted, images, "test images"));
        Assert.Equal(2, html.Split("<img").Length - 1);
        Assert.True(html.IndexOf("Image 3", StringComparison.Ordinal) < html.IndexOf("Image 2", StringComparison.Ordinal));
        Assert.Contains("y, predicted n (probability of y: 20%)", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_with_the_data_is_named()
    {
        var rows = 60;
        var frame = Frame.Of(
            ("constant", Column.Numeric.Of(new double[rows])),
            ("ticket", Column.Numeric.Of([.. Enumerable.Range(0, rows).Select(row => (double)(row * 7 % 61))])),
            ("measured", Column.Numeric.Of([.. Enumerable.Range(0, rows).Select(row => row / 7.0)])),
            ("empty", Column.Numeric.Of([.. Enumerable.Repeat(double.NaN, rows)])),
            ("sparse", Column.Categorical.Of([.. Enumerable.Range(0, rows).Select(row => row % 3 == 0 ? $"{row % 2}" : null)])));
        var rare = new Target.Classes(["a", "b", "never"], EquatableArray.From(Enumerable.Range(0, rows).Select(row => row < 3 ? 1 : 0)));
        // The days of a date differ between rows without being an id.
        var days = new NamedColumn("joined:days", Column.Numeric.Of([.. Enumerable.Range(0, rows)]))
        {
            Text = new(Date: new("joined", DateOrder.YearFirst, DatePart.Days)),
        };
        frame = new(rows, [.. frame.Columns, days]);
        var found = DataWarnings.Of(new(frame, rare));
        Assert.Equal(
        [
            "No row has the class never: it is never scored.",
            "Fewer than 10 rows have the class b: its scores depend on chance, and some folds may lack it.",
            "empty has no value at all. Drop it.",
            "constant has a single value, which no model can use. Drop it.",
            "ticket has a different value in almost every row, like an id. If so, it says nothing about new rows. Drop it.",
            "sparse has no value in more than half of the rows. Check whether the reason is known at prediction time; if not, drop it.",
        ], found);
        Html(DataPart.Of(new(frame, rare), DataPart.Later));
        Html(DataPart.Of(new(frame, rare), "about", frame.Take([0, 1])));
    }

    [Theory]
    [InlineData(2, 2, "Each class has 50% of the rows.")]
    [InlineData(3, 1, "The largest class is 'a' with 75% of the rows, the smallest 'b' with 25%.")]
    public void The_largest_class_is_named_if_one_is_larger(int first, int second, string sentence)
    {
        var classes = new Target.Classes(["a", "b"], [.. Enumerable.Repeat(0, first), .. Enumerable.Repeat(1, second)]);
        var frame = Frame.Of(("x", Column.Numeric.Of(new double[first + second])));
        var html = Html(DataPart.Of(new(frame, classes), DataPart.Later));
        Assert.Contains(sentence.Replace("'", "&#39;", StringComparison.Ordinal), html, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_are_named_only_if_the_target_has_some()
    {
        var frame = Frame.Of(("x", Column.Numeric.Of([.. Enumerable.Range(0, 40).Select(row => row % 7.0)])));
        var classes = new Target.Classes(["a", "b"], EquatableArray.From(Enumerable.Range(0, 40).Select(row => row % 2)));
        var numbers = new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 40).Select(row => (double)row)));
        Assert.Contains("like an id, and no class is rare.", Html(DataPart.Of(new(frame, classes), DataPart.Later)),
            StringComparison.Ordinal);
        Assert.Contains("<p>No column is constant or like an id.</p>", Html(DataPart.Of(new(frame, numbers), DataPart.Later)),
            StringComparison.Ordinal);
    }

    // One row of each of 16 classes, the probabilities of which are 1/16: 16 times 16 probabilities in one bin.
    [Fact]
    public void Calibration_takes_the_probabilities_of_all_classes()
    {
        const int count = 16;
        var levels = EquatableArray.From(Enumerable.Range(0, count).Select(level => $"class{level}"));
        var predicted = new Prediction.Probabilities(levels, EquatableArray.From(Enumerable.Repeat(1.0 / count, count * count)));
        var html = ClassCharts.Of("m", "model", new(levels, EquatableArray.Range(count)), predicted, null).ToString();
        Assert.Contains("expected calibration error 0.000, over the probabilities of 16 classes together", html, StringComparison.Ordinal);
        Assert.Contains("The bars count the probabilities of each bin: 256.", html, StringComparison.Ordinal);
    }

    private static string Html(Section part)
    {
        var html = Page.Of(new("Title", default), part).Html;
        WellFormed.Check(html);
        return html;
    }
}
