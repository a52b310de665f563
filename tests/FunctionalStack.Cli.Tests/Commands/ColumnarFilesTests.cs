using FunctionalStack.Columnar;
using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

/// <summary>Commands on Parquet and Arrow files, which give the results of the CSV file with the same rows.</summary>
public sealed class ColumnarFilesTests : IDisposable
{
    private const string Roles = "--target y --id id --spec ./spec.json";

    private readonly Fstack tool = new();

    public ColumnarFilesTests()
    {
        var frame = Table.Read(tool.At("data.csv")).OrThrow().Frame().OrThrow();
        ParquetFile.Write(tool.At("data.parquet"), frame).OrThrow();
        ArrowFile.Write(tool.At("data.arrow"), frame).OrThrow();
    }

    public void Dispose() => tool.Dispose();

    [Theory]
    [InlineData("data.parquet")]
    [InlineData("data.arrow")]
    public void Each_command_gives_the_results_of_the_CSV_file(string data)
    {
        tool.Done($"fit --data ./data.csv {Roles} --model ./csv.fstack");
        tool.Done($"fit --data ./{data} {Roles} --model ./m.fstack");
        Same(file =>
            $"predict --model {(file == data ? "./m.fstack" : "./csv.fstack")} --data ./{file} --out ./{file}.p.csv --probabilities");
        Assert.Equal(File.ReadAllText(tool.At("data.csv.p.csv")), File.ReadAllText(tool.At($"{data}.p.csv")));
        foreach (var command in (string[])["score", "explain"])
        {
            Same(file => $"{command} --model ./csv.fstack --data ./{file} --json", "metrics", "importance");
        }

        Same(file => $"evaluate --data ./{file} {Roles} --json", "metrics", "models");

        void Same(Func<string, string> line, params string[] keys)
        {
            var (expected, found) = (tool.Done(line("data.csv")), tool.Done(line(data)));
            foreach (var key in keys)
            {
                if (expected.Json.TryGetProperty(key, out var value))
                    Assert.Equal(value.GetRawText(), found.Json.GetProperty(key).GetRawText());
            }
        }
    }

    [Fact]
    public void Predictions_are_written_in_the_format_of_the_extension()
    {
        tool.Done($"fit --data ./data.csv {Roles} --model ./m.fstack");
        foreach (var file in (string[])["p.csv", "p.parquet", "p.arrow", "p.feather"])
        {
            tool.Done($"predict --model ./m.fstack --data ./data.csv --out ./{file} --probabilities");
        }

        Assert.Equal([TableFormat.Parquet, TableFormat.Arrow, TableFormat.Arrow],
            new[] { "p.parquet", "p.arrow", "p.feather" }.Select(file => TableFile.FormatOf(tool.At(file)).OrThrow()));
        var expected = Table.Read(tool.At("p.csv")).OrThrow().Frame(["id"]).OrThrow();
        Assert.All((string[])["p.parquet", "p.arrow"], file =>
            Assert.Equal(expected, TableFile.Read(tool.At(file)).OrThrow().Frame(["id"]).OrThrow()));
    }

    [Fact]
    public void A_damaged_file_is_an_error_that_names_it()
    {
        File.WriteAllBytes(tool.At("bad.parquet"), File.ReadAllBytes(tool.At("data.parquet"))[..200]);
        var failed = tool.Run($"fit --data ./bad.parquet {Roles} --model ./m.fstack");
        Assert.Equal(2, failed.Code);
        Assert.Contains("bad.parquet: cannot be read as a Parquet file", failed.Error);
    }
}
