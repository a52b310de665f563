using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.IO.Tests.Csv;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace FunctionalStack.MLNet.Tests;

public class DataViewsTests
{
    [Property(MaxTest = 100)]
    public Property A_frame_as_a_view_and_back_is_the_same() =>
        Prop.ForAll(Nasty.Frame.ToArbitrary(), frame => Assert.Equal(frame, frame.ToDataView().ToFrame().OrThrow()));

    [Fact]
    public void Levels_that_do_not_occur_and_their_order_are_kept()
    {
        var frame = FunctionalStack.Frame.Of(("c", new Column.Categorical(["z", "a", "m"], [1, -1, 1])));
        Assert.Equal(frame, frame.ToDataView().ToFrame().OrThrow());
    }

    [Fact]
    public void A_dataset_as_a_view_and_back_is_the_same()
    {
        Assert.Equal(Samples.Iris.WithTargetName("Label"), Samples.Iris.ToDataView().ToDataset("Label").OrThrow());
        Assert.Equal(Samples.Widths.WithTargetName("y"), Samples.Widths.ToDataView("y").ToDataset("y").OrThrow());
    }

    [Fact]
    public void Each_type_of_ML_NET_is_read()
    {
        var view = new MLContext().Data.LoadFromEnumerable(new Row[]
        {
            new() { Single = 0.5f, Whole = 3, Flag = true, Text = "b", Day = new(2024, 2, 29), Vector = [1, 2] },
            new() { Single = float.NaN, Whole = -1, Flag = false, Text = "", Day = new(2023, 2, 28), Vector = [3, float.NaN] },
        });
        var frame = view.ToFrame().OrThrow();
        Assert.Equal(Column.Numeric.Of(0.5, double.NaN), frame["Single"]);
        Assert.Equal(Column.Numeric.Of(3, -1), frame["Whole"]);
        Assert.Equal(Column.Numeric.Of(1, 0), frame["Flag"]);
        Assert.Equal(Column.Categorical.Of("b", null), frame["Text"]);
        Assert.Equal(Column.Numeric.Of(2024, 2023), frame["Day:year"]);
        Assert.Equal(Column.Numeric.Of(2, double.NaN), frame["Vector.1"]);
        Assert.Equal(Target.Classes.Of("True", "False"), view.ToDataset("Flag", "Single").OrThrow().Target);
    }

    [Fact]
    public void A_view_without_rows_is_no_dataset()
    {
        Assert.Equal("has no rows", new MLContext().Data.LoadFromEnumerable(Array.Empty<Row>()).ToDataset("Text", "Single").Failure().What);
        Assert.Equal("has no rows", Samples.Iris.ToDataFrame("y").Head(0).ToDataset("y").Failure().What);
    }

    [Fact]
    public void Columns_that_are_absent_or_have_no_place_are_failures()
    {
        var view = new MLContext().Data.LoadFromEnumerable(new Spanned[] { new() });
        Assert.Equal(("column 'Span'", "is of type TimeSpan, which has no place in a frame"),
            view.ToFrame().Failure() is var refused ? (refused.Where, refused.What) : default);
        Assert.Equal("has no column 'x'", view.ToFrame("x").Failure().What);
        var missing = FunctionalStack.Frame.Of(("y", Column.Categorical.Of("a", null)), ("x", Column.Numeric.Of(1, 2))).ToDataView();
        Assert.Equal("column 'y', row 2", missing.ToDataset("y").Failure().Where);
    }

    [Fact]
    public void The_label_is_never_a_feature_and_no_view_is_without_features()
    {
        var view = FunctionalStack.Frame.Of(("y", Column.Numeric.Of(1, 2)), ("x", Column.Numeric.Of(3, 4))).ToDataView();
        Assert.Equal(["x"], view.ToDataset("y").OrThrow().Frame.Names);
        Assert.Equal("is both the label and a feature", view.ToDataset("y", "x", "y").Failure().What);
        var alone = FunctionalStack.Frame.Of(("y", Column.Numeric.Of(1, 2))).ToDataView();
        Assert.Equal("has no columns but the label 'y'", alone.ToDataset("y").Failure().What);
    }

    [Fact]
    public void Roles_become_columns()
    {
        var data = Samples.Widths.WithWeights(EquatableArray.From(Enumerable.Range(1, 150).Select(row => (double)row)));
        var names = data.ToDataView().Schema.Select(column => column.Name).ToArray();
        Assert.Equal([.. data.Frame.Names, "Label", "Weight"], names);
        Assert.Equal([.. data.Frame.Names, "Label", "Weight"], data.ToDataFrame().Columns.Select(column => column.Name));
        Assert.Equal(data.Roles.Weights!.Value, ((Column.Numeric)data.ToDataView().ToFrame("Weight").OrThrow()["Weight"]).ToArray());
    }

    [Fact]
    public void One_date_is_predicted_by_a_model_of_many()
    {
        var days = Enumerable.Range(0, 60).Select(day => new Dated { Day = new DateTime(2023, 11, 15).AddDays(day), Y = day % 7 })
            .ToArray();
        var ml = new MLContext();
        var data = ml.Data.LoadFromEnumerable(days).ToDataset("Y").OrThrow();
        var model = Learn.Tree(3).Fit(data, Seed.Of(1)).OrThrow();
        var one = ml.Data.LoadFromEnumerable(days[..1]);
        Assert.Equal(model.Predict(data.Frame).OrThrow().Values[0], model.Predict(one.ToFrame("Day").OrThrow()).OrThrow().Values[0]);
    }

    private sealed class Dated
    {
        public DateTime Day { get; set; }

        public float Y { get; set; }
    }

    private sealed class Row
    {
        public float Single { get; set; }

        public int Whole { get; set; }

        public bool Flag { get; set; }

        public string Text { get; set; } = "";

        public DateTime Day { get; set; }

        [VectorType(2)]
        public float[] Vector { get; set; } = [];
    }

    private sealed class Spanned
    {
        public TimeSpan Span { get; set; }
    }
}
