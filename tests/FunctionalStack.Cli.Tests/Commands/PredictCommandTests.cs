using System.Text;
using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

public sealed class PredictCommandTests : IDisposable
{
    private readonly Fstack tool = new();

    public PredictCommandTests() => tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack");

    public void Dispose() => tool.Dispose();

    [Fact]
    public void Json_is_one_object_of_the_documented_fields()
    {
        var ran = tool.Done("predict --model ./m.fstack --data ./data.csv --out ./p.csv --json");
        Assert.Equal(["command", "model", "rows", "out", "seconds", "labelled", "correct", "notes"], ran.Json.Keys());
        Assert.Equal(("predict", 90, tool.At("p.csv")),
            (ran.Json.GetProperty("command").GetString(), ran.Json.GetProperty("rows").GetInt32(),
            ran.Json.GetProperty("out").GetString()));
        Assert.Empty(ran.Error);
        Assert.Equal(["data.csv", "m.fstack", "p.csv", "spec.json"], tool.Files);
    }

    /// <summary>The predictions equal those of a model that was not saved, bit for bit.</summary>
    [Fact]
    public void Predictions_are_those_of_the_model_before_it_was_saved()
    {
        tool.Write("one.csv", string.Join('\n', Sheet.Passengers(90).Text.Split('\n')[..2]));
        Assert.Contains("1 row predicted by", tool.Done("predict --model ./m.fstack --data ./one.csv --out ./p.csv").Output);
        Assert.Contains("90 rows predicted by",
            tool.Done("predict --model ./m.fstack --data ./data.csv --out ./p.csv --probabilities").Output);
        var data = DatasetReader.Read(tool.At("data.csv"), new TableRoles("y", Id: "id")).OrThrow().Dataset;
        var learner = SpecFile.Read(tool.At("spec.json")).Bind(spec => spec.Build(data)).OrThrow();
        var prediction = (Prediction.Probabilities)learner.Fit(data, Seed.Of(42)).OrThrow().Predict(data.Frame).OrThrow();
        var written = tool.Table("p.csv");
        Assert.Equal(["id", "y", "P(no)", "P(yes)"], written.Names);
        Assert.Equal(tool.Table("data.csv")["id"], written["id"]);
        Assert.Equal(prediction.Codes().Select(code => prediction.Levels[code]), written["y"]);
        Assert.Equal(prediction.Matrix,
            EquatableArray.From(written.Numbers("P(no)").Zip(written.Numbers("P(yes)"))
            .SelectMany(pair => new[] { pair.First, pair.Second })));
    }

    [Fact]
    public void Without_probabilities_only_the_class_is_written()
    {
        tool.Done("predict --model ./m.fstack --data ./data.csv --out ./p.csv");
        Assert.Equal(["id", "y"], tool.Table("p.csv").Names);
    }

    [Fact]
    public void Numeric_predictions_are_written_as_one_column_of_numbers()
    {
        tool.Write("spec.json", """{"version":1,"learner":"ridge"}""")
            .Done("fit --data ./data.csv --target fare --spec ./spec.json --id id --model ./v.fstack");
        var ran = tool.Done("predict --model ./v.fstack --data ./data.csv --out ./p.csv --probabilities");
        Assert.Equal("the model is a regressor, so there are no probabilities", Assert.Single(ran.Notes));
        Assert.Equal(["id", "fare"], tool.Table("p.csv").Names);
        Assert.Equal(90, tool.Table("p.csv").Numbers("fare").Count(double.IsFinite));
    }

    /// <summary>Columns are found by name. Their order and additional columns do not matter, and the target is not required.</summary>
    [Fact]
    public void Another_order_of_columns_predicts_the_same()
    {
        tool.Write("other.csv", tool.Table("data.csv").With("more", _ => "abc").Only("port", "more", "fare", "id", "age").Text);
        tool.Done("predict --model ./m.fstack --data ./data.csv --out ./p.csv --probabilities");
        tool.Done("predict --model ./m.fstack --data ./other.csv --out ./other.out.csv --probabilities");
        Assert.Equal(tool.Bytes("p.csv"), tool.Bytes("other.out.csv"));
    }

    [Fact]
    public void Rows_with_unknown_levels_are_predicted()
    {
        tool.Write("other.csv", tool.Table("data.csv").With("port", 0, "Z").Text);
        tool.Done("predict --model ./m.fstack --data ./data.csv --out ./p.csv --probabilities");
        tool.Done("predict --model ./m.fstack --data ./other.csv --out ./other.out.csv --probabilities");
        var (known, unseen) = (tool.Table("p.csv"), tool.Table("other.out.csv"));
        Assert.NotEqual(known.Rows[0], unseen.Rows[0]);
        Assert.Equal(known.Rows.Skip(1), unseen.Rows.Skip(1));
    }

    [Fact]
    public void A_note_counts_the_rows_with_unknown_levels()
    {
        tool.Write("other.csv", tool.Table("data.csv").With("port", row => row % 3 == 0 ? "Z" : "S").Text);
        Assert.Equal("other.csv: column 'port': 30 of 90 rows hold levels that are not in the training data (e.g. 'Z')",
            Assert.Single(tool.Done("predict --model ./m.fstack --data ./other.csv --out ./p.csv").Notes));
    }

    public record Member(double Age, bool Joined, int Zone);

    /// <summary>Booleans and numeric categories are converted to the spelling of the training data, in files and in records.</summary>
    [Fact]
    public void A_file_with_other_spellings_of_Booleans_and_a_record_get_equal_predictions()
    {
        var members = Enumerable.Range(0, 60).Select(i => new Member(20 + i % 7, i % 2 == 0, 1 + i % 3)).ToArray();
        var text = Sheet("True", "False").With("y", row => members[row].Joined ^ members[row].Zone == 2 ? "yes" : "no").Text;
        tool.Write("members.csv", text).Write("spec.json", """{"version":1,"learner":"logistic"}""");
        tool.Done("fit --data ./members.csv --target y --categorical Zone --spec ./spec.json --model ./members.fstack");
        tool.Done("predict --model ./members.fstack --data ./members.csv --out ./p.csv --probabilities");
        var expected = tool.Table("p.csv");
        Assert.Equal(2, expected["y"].Distinct().Count());

        var noted = tool.Write("digits.csv", Sheet("1", "0").Text)
            .Done("predict --model ./members.fstack --data ./digits.csv --out ./digits.out.csv --probabilities");
        Assert.Equal(expected.Text, tool.Table("digits.out.csv").Text);
        Assert.Equal("digits.csv: column 'Joined': 60 of 60 rows hold training levels in another spelling (e.g. '1' as 'True')",
            Assert.Single(noted.Notes));

        var frame = new RecordReader<Member>(RecordTypes.Usual).Frame(members);
        var prediction = (Prediction.Probabilities)ModelFile.Load(tool.At("members.fstack")).Bind(model => model.Predict(frame)).OrThrow();
        Assert.Equal(expected["y"], prediction.Codes().Select(code => prediction.Levels[code]));
        Assert.Equal(expected.Numbers("P(yes)"), Enumerable.Range(0, 60).Select(row => prediction.Row(row)[1]));

        Sheet Sheet(string yes, string no) => new(
            EquatableArray.Of("Age", "Joined", "Zone"),
                EquatableArray.From(members.Select(m => EquatableArray.Of($"{m.Age}", m.Joined ? yes : no, $"{m.Zone}"))));
    }

    [Fact]
    public void Ids_come_from_the_column_given_at_fit_or_predict()
    {
        tool.Write("noid.csv", tool.Table("data.csv").Without("id").Text);
        tool.Done("predict --model ./m.fstack --data ./noid.csv --out ./p.csv");
        Assert.Equal(["y"], tool.Table("p.csv").Names);
        tool.Done("predict --model ./m.fstack --data ./data.csv --out ./p.csv --id fare");
        Assert.Equal(["fare", "y"], tool.Table("p.csv").Names);
        Assert.Equal("noid.csv: has no column 'id'. The columns are age, fare, port, y.",
            tool.Refused("predict --model ./m.fstack --data ./noid.csv --out ./q.csv --id id"));
        Assert.Equal("--out: two columns would be named 'y'. Give another id column.",
            tool.Refused("predict --model ./m.fstack --data ./data.csv --out ./q.csv --id y"));
    }

    [Fact]
    public void A_table_that_does_not_fit_the_model_is_refused()
    {
        var data = tool.Table("data.csv");
        Assert.Equal("new.csv: has no column 'port'. The columns are id, age, fare, y.", Refused(data.Without("port").Text));
        Assert.Equal("new.csv: has no columns 'fare', 'port'. Give the columns that the model was fitted on.",
            Refused(data.Only("id", "age").Text));
        Assert.Equal("new.csv, row 1 (line 2), column age: 'true' is not a number. Correct the cell, or leave it empty.",
            Refused(data.With("age", row => row == 0 ? "true" : "1").Text));
        Assert.Equal("new.csv, row 5 (line 6), column fare: 'dear' is not a number. Correct the cell, or leave it empty.",
            Refused(data.With("fare", 4, "dear").Text));
        Assert.Equal(
            "new.csv, row 2 (line 3), column age: 'Infinity' is too large. Give a finite number of magnitude at most 1e100, or leave the "
                + "cell empty.", Refused(data.With("age", 1, "Infinity").Text));
        Assert.Equal("new.csv: has a header but no rows. Give at least one row below the header.", Refused(data.Take(0).Text));
        Assert.Equal("new.csv: is empty. Give a CSV file with a header line and at least one row.", Refused(""));

        string Refused(string text) => tool.Write("new.csv", text).Refused("predict --model ./m.fstack --data ./new.csv --out ./p.csv");
    }

    [Theory]
    [InlineData("predict --model ./m.fstack --data ./absent.csv --out ./p.csv", "absent.csv: no such file. Check the path.")]
    [InlineData("predict --model ./absent.fstack --data ./data.csv --out ./p.csv", "absent.fstack: no such file. Check the path.")]
    [InlineData("predict --model . --data ./data.csv --out ./p.csv", ".: is a folder, not a file. Give the path of a model file.")]
    [InlineData("predict --model ./m.fstack --data . --out ./p.csv",
        ".: is a folder, not a file. Give the path of a CSV, Parquet or Arrow file.")]
    [InlineData("predict --model ./m.fstack --data ./data.csv --out .", "--out: .: is a folder. Give the path of a file.")]
    [InlineData("predict --model ./m.fstack --data ./data.csv --out ./no/p.csv",
        "--out: no/p.csv: the folder 'no' does not exist. Create it, or give another path.")]
    [InlineData("predict --model ./m.fstack --data ./data.csv --out ./data.csv",
        "--out: data.csv: would replace the file of --data. Give each its own file.")]
    [InlineData("predict --model ./m.fstack --data ./data.csv --out ./m.fstack",
        "--out: m.fstack: would replace the file of --model. Give each its own file.")]
    [InlineData("predict --model ./data.csv --data ./data.csv --out ./p.csv",
        "data.csv: this is not a model file: it does not begin with FSTACK. Give a file that fstack wrote.")]
    [InlineData("inspect ./data.csv", "data.csv: this is not a model file: it does not begin with FSTACK. Give a file that fstack wrote.")]
    [InlineData("inspect ./absent.fstack --json", "absent.fstack: no such file. Check the path.")]
    public void Files_of_the_wrong_kind_are_refused(string line, string message) => Assert.Equal(message, tool.Refused(line));

    [Fact]
    public void A_damaged_or_newer_model_is_refused_by_predict_and_inspect()
    {
        var whole = tool.Bytes("m.fstack");
        AssertRefused(
            $"bad.fstack: it ends early: it has {whole.Length - 100} bytes, but needs at least {whole.Length}. The file is damaged: copy "
                + "or fit it again.", whole[..^100]);
        AssertRefused("bad.fstack: it ends early: it has 10 bytes, but needs at least 16. The file is damaged: copy or fit it again.",
            whole[..10]);
        AssertRefused("bad.fstack: this is not a model file: it does not begin with FSTACK. Give a file that fstack wrote.",
            "PK and so on, and on, and on"u8.ToArray());
        AssertRefused(
            $"bad.fstack: it was written by a newer version (format {ModelFile.FormatVersion + 1}; this version reads up to "
                + $"{ModelFile.FormatVersion}). Update fstack.", Altered(8, (byte)(ModelFile.FormatVersion + 1)));
        foreach (var at in new[] { 100, whole.Length / 2, whole.Length - 1 })
        {
            AssertRefused("bad.fstack: its checksum does not match: its content was altered. The file is damaged: copy or fit it again.",
                Altered(at, (byte)(whole[at] ^ 1)));
        }

        byte[] Altered(int at, byte to)
        {
            var altered = whole.ToArray();
            altered[at] = to;
            return altered;
        }

        void AssertRefused(string message, byte[] bytes)
        {
            File.WriteAllBytes(tool.At("bad.fstack"), bytes);
            Assert.Equal(message, tool.Refused("predict --model ./bad.fstack --data ./data.csv --out ./p.csv"));
            Assert.Equal(message, tool.Refused("inspect ./bad.fstack"));
        }
    }

    /// <summary>Labels that are the same number are the same class.</summary>
    [Fact]
    public void Two_spellings_of_a_numeric_label_are_one_class()
    {
        var data = Sheet.Passengers().With("y", row => row % 3 == 0 ? "1" : "0");
        using var own = new Fstack(data);
        own.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack");
        var plain = own.Done("predict --model ./m.fstack --data ./data.csv --out ./p.csv --json").Json.GetProperty("correct").GetInt32();
        own.Write("later.csv", data.With("y", row => row % 3 > 0 ? "0" : row % 2 == 0 ? "1" : "1.0").Text);
        var ran = own.Done("predict --model ./m.fstack --data ./later.csv --out ./p.csv --json");
        Assert.Equal(plain, ran.Json.GetProperty("correct").GetInt32());
        Assert.DoesNotContain("different categories", ran.Error);
        Assert.Contains("later.csv: column 'y': 15 of 90 rows hold training levels in another spelling (e.g. '1.0' as '1')", ran.Error);
    }
}
