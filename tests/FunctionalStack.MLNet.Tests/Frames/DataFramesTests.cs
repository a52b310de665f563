using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.IO.Tests.Csv;
using Microsoft.Data.Analysis;
using Xunit;

namespace FunctionalStack.MLNet.Tests;

public class DataFramesTests
{
    [Property(MaxTest = 100)]
    public Property A_frame_as_a_data_frame_and_back_is_the_same() =>
        Prop.ForAll(Nasty.Frame.ToArbitrary(), frame => Assert.Equal(frame, frame.ToDataFrame().ToFrame().OrThrow()));

    [Fact]
    public void A_dataset_as_a_data_frame_and_back_is_the_same()
    {
        Assert.Equal(Samples.Iris.WithTargetName("Label"), Samples.Iris.ToDataFrame().ToDataset("Label").OrThrow());
        Assert.Equal(Samples.Widths.WithTargetName("y"), Samples.Widths.ToDataFrame("y").ToDataset("y").OrThrow());
    }

    [Fact]
    public void Each_type_is_read()
    {
        var frame = new DataFrame(
            new Int32DataFrameColumn("whole", [1, null]), new SingleDataFrameColumn("single", [0.5f, null]),
            new BooleanDataFrameColumn("flag", [true, false]), new StringDataFrameColumn("text", ["b", null]),
            new DateTimeDataFrameColumn("day", [new DateTime(2024, 2, 29), null]));
        var read = frame.ToFrame().OrThrow();
        Assert.Equal(Column.Numeric.Of(1, double.NaN), read["whole"]);
        Assert.Equal(Column.Numeric.Of(0.5, double.NaN), read["single"]);
        Assert.Equal(Column.Numeric.Of(1, 0), read["flag"]);
        Assert.Equal(Column.Categorical.Of("b", null), read["text"]);
        Assert.True(read["day:days"].IsMissing(1));
        Assert.Equal(Target.Classes.Of("True", "False"), frame.ToDataset("flag").OrThrow().Target);
        Assert.Equal("has no column 'x'", frame.ToDataset("x").Failure().What);
        Assert.Equal("the label is missing", frame.ToDataset("text").Failure().What);
    }
}
