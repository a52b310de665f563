using FunctionalStack.IO;
using Parquet;
using Parquet.Schema;
using Xunit;

namespace FunctionalStack.Columnar.Tests;

public class ParquetFileTests
{
    [Fact]
    public void Each_type_is_read_as_its_text_in_a_CSV_file()
    {
        var fields = new DataField[]
        {
            new DataField<float?>("float"), new DataField<long>("long"), new DataField<ulong?>("ulong"),
            new DecimalDataField("decimal", 20, 3),
            new DataField<bool?>("bool"), new DataField<DateTime?>("moment"), new DataField<DateOnly>("day"),
            new TimeDataField("time", TimeUnitPrecision.Micros, isNullable: true),
            new DataField<string>("text"), new DataField<int>("y"),
        };
        var bytes = File(fields, null, group =>
        {
            Write<float>(group, fields[0], [0.1f, null, -2.5e-8f]);
            Required<long>(group, fields[1], [9007199254740993, 5, -3]);
            Write<ulong>(group, fields[2], [ulong.MaxValue, null, 3]);
            Required<decimal>(group, fields[3], [1.234m, 5m, -123456789012345.678m]);
            Write<bool>(group, fields[4], [true, null, false]);
            Write<DateTime>(group, fields[5], [new DateTime(2024, 2, 29, 13, 5, 0, DateTimeKind.Utc), null, new DateTime(1999, 1, 1)]);
            Required<DateOnly>(group, fields[6], [new(2024, 2, 29), new(1969, 12, 31), new(2000, 1, 1)]);
            Write<long>(group, fields[7], [(13 * 3600 + 5 * 60 + 30) * 1_000_000L, null, 0]);
            Texts(group, fields[8], ["007", null, " x "]);
            Required<int>(group, fields[9], [1, 0, 1]);
        });
        var table = Written.Parquet(bytes).OrThrow();
        var csv = Written.Csv("""
            float,long,ulong,decimal,bool,moment,day,time,text,y
            0.1,9007199254740993,18446744073709551615,1.234,True,2024-02-29 13:05:00,2024-02-29,13:05:30,007,1
            ,5,,5,,,1969-12-31,,,0
            -2.5e-8,-3,3,-123456789012345.678,False,1999-01-01,2000-01-01,00:00, x ,1

            """);
        Assert.Equal(csv.Frame(["text"], ["y"]).OrThrow(), table.Frame(without: ["y"]).OrThrow());
        Assert.Equal(EquatableArray.Of("9007199254740993", "5", "-3"), DatasetReader.Ids(table, "long").OrThrow());
        Assert.Equal(EquatableArray.Of("007", "", " x "), DatasetReader.Ids(table, "text").OrThrow());
        Assert.Equal(DatasetReader.Read(csv, new("y", Categorical: ["text"])).OrThrow().Dataset,
            DatasetReader.Read(table, new("y")).OrThrow().Dataset);
    }

    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Gzip)]
    [InlineData(CompressionMethod.Brotli)]
    [InlineData(CompressionMethod.Zstd)]
    [InlineData(CompressionMethod.Lz4Raw)]
    public void Row_groups_follow_one_another_with_each_compression(CompressionMethod method)
    {
        var fields = new DataField[] { new DataField<double?>("x"), new DataField<string>("s") };
        var bytes = File(fields, new ParquetOptions { CompressionMethod = method }, [.. new[] { 0, 2, 4 }.Select(at =>
            (Action<ParquetRowGroupWriter>)(group =>
            {
                Write<double>(group, fields[0], [at, null]);
                Texts(group, fields[1], [$"s{at}", null]);
            }))]);
        var frame = Written.Parquet(bytes).OrThrow().Frame().OrThrow();
        Assert.Equal(Column.Numeric.Of(0, double.NaN, 2, double.NaN, 4, double.NaN), frame["x"]);
        Assert.Equal(Column.Categorical.Of("s0", null, "s2", null, "s4", null), frame["s"]);
    }

    [Fact]
    public void A_nested_or_binary_column_fails_with_its_name()
    {
        var list = new ListField("tags", new DataField<int>("element"));
        var failure = Written.Parquet(File([list], null)).Failure();
        Assert.Equal(("t, column tags", "holds lists"), (failure.Where, failure.What));
        var binary = new DataField<byte[]>("blob");
        failure = Written.Parquet(File([binary], null, group => Bytes(group, binary, [[1], [2]]))).Failure();
        Assert.Equal(("t, column blob", "holds binary values"), (failure.Where, failure.What));
    }

    [Fact]
    public void A_file_without_rows_fails()
    {
        var field = new DataField<double>("x");
        Assert.Equal(("t", "has no rows"),
            Written.Parquet(File([field], null, group => Required<double>(group, field, []))).Failure() is var none
                ? (none.Where, none.What) : default);
    }

    private static byte[] File(Field[] fields, ParquetOptions? options, params Action<ParquetRowGroupWriter>[] groups)
    {
        using var stream = new MemoryStream();
        var writer = ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, options).GetAwaiter().GetResult();
        foreach (var write in groups)
        {
            using var group = writer.CreateRowGroup();
            write(group);
        }

        writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return stream.ToArray();
    }

    private static void Texts(ParquetRowGroupWriter group, DataField field, string?[] values) =>
        group.WriteAsync(field, values!).GetAwaiter().GetResult();

    private static void Bytes(ParquetRowGroupWriter group, DataField field, byte[][] values) =>
        group.WriteAsync(field, values).GetAwaiter().GetResult();

    private static void Write<T>(ParquetRowGroupWriter group, DataField field, T?[] values) where T : struct =>
        group.WriteAsync<T>(field, values).GetAwaiter().GetResult();

    private static void Required<T>(ParquetRowGroupWriter group, DataField field, T[] values) where T : struct =>
        group.WriteAsync<T>(field, values).GetAwaiter().GetResult();
}
