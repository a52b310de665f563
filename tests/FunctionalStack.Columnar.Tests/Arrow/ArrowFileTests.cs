using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Xunit;

namespace FunctionalStack.Columnar.Tests;

public class ArrowFileTests
{
    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, CompressionCodecType.Lz4Frame)]
    [InlineData(true, CompressionCodecType.Zstd)]
    public void Each_type_is_read_as_its_text_in_a_CSV_file(bool isStream, CompressionCodecType? codec)
    {
        var moments = new TimestampType(TimeUnit.Microsecond, "UTC");
        var batch = Batch(
            ("float", new FloatArray.Builder().Append(0.1f).AppendNull().Append(3).Build()),
            ("long", new Int64Array.Builder().Append(9007199254740993).Append(5).AppendNull().Build()),
            ("decimal", new Decimal128Array.Builder(new Decimal128Type(20, 3)).Append(1.234m).Append(5m).AppendNull().Build()),
            ("bool", new BooleanArray.Builder().Append(true).AppendNull().Append(false).Build()),
            ("moment", new TimestampArray.Builder(moments).Append(new DateTimeOffset(2024, 2, 29, 14, 5, 0, TimeSpan.FromHours(1)))
                .AppendNull().Append(new DateTimeOffset(1999, 1, 1, 0, 0, 0, TimeSpan.Zero)).Build()),
            ("day", new Date32Array.Builder().Append(new DateTime(2024, 2, 29)).AppendNull().Append(new DateTime(1969, 12, 31)).Build()),
            ("category", new DictionaryArray(new DictionaryType(Int8Type.Default, StringType.Default, false),
                new Int8Array.Builder().Append(2).AppendNull().Append(0).Build(),
                new StringArray.Builder().Append("b").Append("unused").Append("10").Build())),
            ("none", new NullArray(3)));
        var csv = Written.Csv("""
            float,long,decimal,bool,moment,day,category,none
            0.1,9007199254740993,1.234,True,2024-02-29 13:05:00,2024-02-29,10,
            ,5,5,,,,,
            3,,,False,1999-01-01,1969-12-31,b,
            0.1,9007199254740993,1.234,True,2024-02-29 13:05:00,2024-02-29,10,
            ,5,5,,,,,
            3,,,False,1999-01-01,1969-12-31,b,

            """);
        Assert.Equal(csv.Frame().OrThrow(), Written.Arrow(Bytes(batch, isStream, codec, batches: 2)).OrThrow().Frame().OrThrow());
    }

    [Fact]
    public void A_nested_or_binary_column_fails_with_its_name()
    {
        var list = new ListArray.Builder(Int32Type.Default);
        list.Append();
        var failure = Written.Arrow(Bytes(Batch(("tags", list.Build())), false, null)).Failure();
        Assert.Equal(("t, column tags", "holds lists"), (failure.Where, failure.What));
        failure = Written.Arrow(Bytes(Batch(("blob", new BinaryArray.Builder().Append([1]).Build())), false, null)).Failure();
        Assert.Equal(("t, column blob", "holds binary values"), (failure.Where, failure.What));
    }

    [Theory]
    [InlineData(0, 100, 120)]
    [InlineData(1, 0, 1)]
    public void Positions_of_strings_outside_of_their_buffer_fail(int first, int second, int third)
    {
        var offsets = new ArrowBuffer.Builder<int>().Append(first).Append(second).Append(third).Build();
        var strings = new StringArray(2, offsets, new ArrowBuffer.Builder<byte>().Append((byte)'a').Append((byte)'b').Build(),
            ArrowBuffer.Empty);
        Assert.Contains("a string is at the bytes", Written.Arrow(Bytes(Batch(("s", strings)), false, null)).Failure().What);
    }

    [Theory]
    [InlineData(TimeUnit.Second, long.MaxValue)]
    [InlineData(TimeUnit.Second, 253402300800)]
    [InlineData(TimeUnit.Millisecond, long.MaxValue / 5)]
    [InlineData(TimeUnit.Microsecond, long.MinValue)]
    public void A_timestamp_outside_of_the_years_1_to_9999_fails_with_its_column_and_row(TimeUnit unit, long time)
    {
        var times = new ArrowBuffer.Builder<long>().Append(0).Append(time).Build();
        var column = new TimestampArray(new TimestampType(unit, "UTC"), times, ArrowBuffer.Empty, 2, 0, 0);
        var failure = Written.Arrow(Bytes(Batch(("at", column)), false, null)).Failure();
        Assert.Equal("t, column at", failure.Where);
        Assert.Contains("the timestamp of row 2 is not in the years 1 to 9999", failure.What);
    }

    [Fact]
    public void A_file_without_rows_fails() =>
        Assert.Equal("has no rows", Written.Arrow(Bytes(Batch(("x", new DoubleArray.Builder().Build())), false, null, 0)).Failure().What);

    private static RecordBatch Batch(params (string Name, IArrowArray Values)[] columns)
    {
        var schema = new Apache.Arrow.Schema.Builder();
        foreach (var (name, values) in columns) schema.Field(field => field.Name(name).Nullable(true).DataType(values.Data.DataType));
        return new(schema.Build(), columns.Select(column => column.Values), columns[0].Values.Length);
    }

    private static byte[] Bytes(RecordBatch batch, bool isStream, CompressionCodecType? codec, int batches = 1)
    {
        using var stream = new MemoryStream();
        var options = codec is { } given
            ? new IpcOptions { CompressionCodec = given, CompressionCodecFactory = new CompressionCodecFactory() } : new IpcOptions();
        using (var writer = isStream
            ? new ArrowStreamWriter(stream, batch.Schema, true, options) : new ArrowFileWriter(stream, batch.Schema, true, options))
        {
            if (batches == 0) writer.WriteStart();
            for (var i = 0; i < batches; i++) writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }

        return stream.ToArray();
    }
}
