using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.Cli.Commands;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;
using Xunit;
using Table = FunctionalStack.IO.Table;

namespace FunctionalStack.Cli.Tests.Commands;

/// <summary>Predictions of blocks are those of the whole file.</summary>
public sealed class PredictedRowsTests : IDisposable
{
    private readonly Fstack tool = new(spec: """
        {"version":1,"preprocess":[{"name":"impute"},{"name":"oneHot"}],"stack":{"folds":{"k":3},
        "bases":[{"learner":"knn"},{"learner":"randomForest","params":{"trees":5}},{"learner":"logistic"}],"meta":{"learner":"logistic"}}}
        """);

    private readonly LoadedModel model;

    public PredictedRowsTests()
    {
        tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack");
        model = ModelFile.Load(tool.At("m.fstack")).OrThrow();
    }

    public void Dispose() => tool.Dispose();

    // Unknown and differently written ports, missing values, labels that the model does not know, blank lines.
    private static Gen<string> Data { get; } =
        from count in Gen.Choose(1, 60)
        from lines in (from age in Gen.Elements("31", "", "45.5")
                       from fare in Gen.Elements("7.25", "90", "1e-400")
                       from port in Gen.Elements("S", "C", "Q", "", "Z", "\"a\nb\"")
                       from y in Gen.Elements("yes", "no", "maybe", "")
                       from blank in Gen.Elements("", "", "", "\n")
                       select $"{age},{fare},{port},{y}\n{blank}").ArrayOf(count)
        select "age,fare,port,y\n" + string.Concat(lines);

    [Property(MaxTest = 60)]
    public Property Blocks_of_any_size_on_any_number_of_threads_are_written_as_the_whole() => Prop.ForAll(
        Data.SelectMany(data => Gen.Choose(1, 300).SelectMany(bytes => Gen.Choose(1, 3).Select(threads => (data, bytes, threads))))
            .ToArbitrary(), given =>
    {
        tool.Write("other.csv", given.data);
        var (whole, all) = Predicted("whole.csv", 1 << 20, 1);
        var (parts, some) = Predicted("parts.csv", given.bytes, given.threads);
        Assert.Equal(File.ReadAllText(tool.At("whole.csv")), File.ReadAllText(tool.At("parts.csv")));
        Assert.Equal((whole.Rows, whole.Score), (parts.Rows, parts.Score));
        Assert.Equal(all, some);
        tool.Done("predict --model ./m.fstack --data ./other.csv --out ./command.csv --probabilities");
        Assert.Equal(tool.Bytes("whole.csv"), tool.Bytes("command.csv"));
    });

    [Theory]
    [InlineData("31,7,S\n", "31,x,S", "row 41 (line 42), column fare: 'x' is not a number")]
    [InlineData("31,7,S\n", "31,7", "line 42: there are 2 cells, but the header names 3 columns")]
    public void A_faulty_row_of_a_later_block_leaves_no_file_and_is_named_with_its_line(string row, string faulty, string expected)
    {
        tool.Write("other.csv", "age,fare,port\n" + string.Concat(Enumerable.Repeat(row, 40)) + faulty + "\n" + row);
        foreach (var threads in (int[])[1, 2])
        {
            var failure = Assert.IsType<Outcome<PredictedRows>.Fail>(Try("p.csv", 20, threads, TextWriter.Null)).Failure;
            Assert.Contains(expected, failure.ToString());
        }

        Assert.Equal(["data.csv", "m.fstack", "other.csv", "spec.json"], tool.Files);
    }

    [Fact]
    public void A_failure_of_the_model_names_the_row_of_the_file()
    {
        tool.Write("other.csv", "fare\n" + string.Concat(Enumerable.Repeat("7\n", 40)));
        using var blocks = TableBlocks.Open(tool.At("other.csv"), 10).OrThrow();
        var other = model.By(new([new ColumnSchema.Numeric("fare")]));
        var failed = PredictedRows.Write(blocks, other, tool.At("p.csv"), (table, _) => table.RowsBefore < 30
            ? table.Frame(other.Schema).Map(frame => new PredictedRows.Written(frame, frame, null))
            : Outcome.Fail<PredictedRows.Written>("column 'fare', row 1", "no", "no"), 2,
            new(TextWriter.Null, TextWriter.Null, false, default));
        Assert.Equal("column 'fare', row 33", Assert.IsType<Outcome<PredictedRows>.Fail>(failed).Failure.Where);
    }

    private (PredictedRows Rows, EquatableArray<string> Notes) Predicted(string to, int bytes, int threads)
    {
        var error = new StringWriter();
        var rows = Try(to, bytes, threads, error).OrThrow();
        Assert.Equal(rows.Notes.Sum(stage => stage.Count) > 0, error.ToString().Length > 0);
        return (rows, EquatableArray.From(rows.Notes.SelectMany(stage => stage).Select(note => $"{note}").Order()));
    }

    private Outcome<PredictedRows> Try(string to, int bytes, int threads, TextWriter error)
    {
        var terminal = new Terminal(TextWriter.Null, error, false, default);
        using var blocks = TableBlocks.Open(tool.At("other.csv"), bytes).OrThrow();
        return PredictedRows.Write(blocks, model, tool.At(to), Of, threads, terminal);

        Outcome<PredictedRows.Written> Of(Table table, Stages noted) =>
            from frame in noted.Noted(table.Frame(model.Schema))
            from prediction in noted.Noted(model.Predict(frame))
            from score in noted.Noted(LabelledScore.Of(table, model.Card, prediction, TextOptions.None))
            from predicted in PredictionFrame.Of(model.Card.Target, prediction, null, probabilities: true)
            select new PredictedRows.Written(frame, predicted, score);
    }
}
