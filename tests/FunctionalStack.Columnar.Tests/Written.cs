using System.Text;
using FunctionalStack.IO;

namespace FunctionalStack.Columnar.Tests;

/// <summary>The formats of a table, each written to memory and read back.</summary>
internal static class Written
{
    public static Table Csv(Frame frame)
    {
        using var stream = new MemoryStream();
        CsvFile.Write(stream, frame);
        return Table.Parse("t", stream.ToArray()).OrThrow();
    }

    public static Table Csv(string text) => Table.Parse("t", Encoding.UTF8.GetBytes(text)).OrThrow();

    public static byte[] ParquetBytes(Frame frame)
    {
        using var stream = new MemoryStream();
        ParquetFile.Write(stream, frame);
        return stream.ToArray();
    }

    public static byte[] ArrowBytes(Frame frame)
    {
        using var stream = new MemoryStream();
        ArrowFile.Write(stream, frame);
        return stream.ToArray();
    }

    public static Outcome<Table> Parquet(byte[] bytes) => ParquetFile.Read("t", new MemoryStream(bytes));

    public static Outcome<Table> Arrow(byte[] bytes) => ArrowFile.Read("t", new MemoryStream(bytes));

    public static Failure Failure<T>(this Outcome<T> outcome) =>
        outcome.Match(value => throw new Xunit.Sdk.XunitException($"no failure but {value}"), failure => failure);
}
