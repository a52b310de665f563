using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

/// <summary>Invalid inputs of evaluate and fit give one message each and leave no files.</summary>
public class InputsTests
{
    private static readonly Sheet Data = Sheet.Passengers(30);

    /// <summary>Both commands refuse the input with the same message.</summary>
    private static string Refused(string text, string options = "--target y --id id", string spec = Fstack.Quick)
    {
        using var tool = new Fstack(spec: spec);
        tool.Write("train.csv", text);
        var message = tool.Refused($"fit --data ./train.csv --spec ./spec.json --model ./m.fstack --oof ./oof.csv {options}");
        Assert.Equal(message, tool.Refused($"evaluate --data ./train.csv --spec ./spec.json {options} --json"));
        return message;
    }

    [Fact]
    public void A_file_that_is_not_a_table_is_refused()
    {
        using var tool = new Fstack();
        Assert.Equal("absent.csv: no such file. Check the path.", tool.Refused("evaluate --data ./absent.csv --target y"));
        Assert.Equal(".: is a folder, not a file. Give the path of a CSV, Parquet or Arrow file.",
            tool.Refused("evaluate --data . --target y"));
        Assert.Equal("'': is not a path. Give the path of a CSV, Parquet or Arrow file.", tool.Refused("evaluate --data '' --target y"));
        Assert.Equal("@data.csv: no such file. Check the path.", tool.Refused("evaluate --data @data.csv --target y"));
        Assert.Equal("train.csv: is empty. Give a CSV file with a header line and at least one row.", Refused(""));
        Assert.Equal("train.csv: has a header but no rows. Give at least one row below the header.", Refused(Data.Take(0).Text));
        Assert.Equal(
            "train.csv, line 32: there are 2 cells, but the header names 5 columns. Add or remove cells, or put quotes around a cell that "
                + "holds a separator.", Refused(Data.Text + "r30,50\n"));
        Assert.Equal("train.csv: has no target column 'y'. The only column is 'id|age|fare|port|y'. Cells are separated by commas, "
            + "semicolons or tabs; for another character, write a line such as sep=| above the header.",
            Refused(Data.Text.Replace(',', '|')));
        Assert.EndsWith("but the header names 1 column. Add or remove cells, or put quotes around a cell that holds a separator. Cells are "
            + "separated by commas, semicolons or tabs; for another character, write a line such as sep=| above the header.",
            Refused("a|y\n1,5|2\n"));
        Assert.Equal("train.csv, line 1: columns 2 and 6 are both named 'age'. Rename one of them.",
            Refused(Data.With("twice", _ => "1").Text.Replace("twice", "age")));
    }

    [Fact]
    public void An_invalid_target_is_refused()
    {
        Assert.Equal("train.csv: has no target column 'Y'. Did you mean 'y'? The columns are id, age, fare, port, y.",
            Refused(Data.Text, "--target Y"));
        Assert.Equal(
            "train.csv, row 8 (line 9), column y: the target is missing, here and in 1 more of 30 rows. Fill or delete those rows.",
            Refused(Data.With("y", 7, "").With("y", 20, "NA").Text));
        Assert.Equal("train.csv, column y: every row is of one class, 'no'. Give rows of at least two classes.",
            Refused(Data.With("y", _ => "no").Text));
        Assert.Equal("train.csv: 'y' is both the target and the id column. Give each its own column.",
            Refused(Data.Text, "--target y --id y"));
        Assert.Equal("train.csv: has no feature column. Add columns beside the target and the other roles.",
            Refused(Data.Only("id", "y").Text));
    }

    [Fact]
    public void Invalid_numbers_are_refused_by_row_and_column()
    {
        Assert.Equal(
            "train.csv, row 4 (line 5), column fare: 'dear' in a column whose other 29 values are numbers. Correct the cell, leave it "
                + "empty, pass --missing 'dear', or declare the column categorical with --categorical fare.",
                    Refused(Data.With("fare", 3, "dear").Text));
        Assert.Equal(
            "train.csv, row 1 (line 2), column fare: '1e308' is too large. Give a finite number of magnitude at most 1e100, or leave the "
                + "cell empty.", Refused(Data.With("fare", 0, "1e308").Text));
        Assert.Equal(
            "train.csv, row 30 (line 31), column age: '-Infinity' is too large. Give a finite number of magnitude at most 1e100, or leave "
                + "the cell empty.", Refused(Data.With("age", 29, "-Infinity").Text));
        using var tool = new Fstack(Data.With("fare", 3, "dear"));
        tool.Done("evaluate --data ./data.csv --target y --id id --categorical fare --spec ./spec.json");
    }

    [Fact]
    public void Invalid_roles_are_refused()
    {
        Assert.Equal("train.csv: has no id column 'idd'. Did you mean 'id'? The columns are id, age, fare, port, y.",
            Refused(Data.Text, "--target y --id idd"));
        Assert.Equal("train.csv: has no column 'prot'. Did you mean 'port'? The columns are id, age, fare, port, y.",
            Refused(Data.Text, "--target y --categorical prot"));
        Assert.Equal("train.csv, column f: holds only one fold, '1'. Give at least two different folds.",
            Refused(Data.With("f", _ => "1").Text, "--target y --fold-column f"));
        Assert.Equal("train.csv, row 3 (line 4), column f: the fold is missing. Fill or delete those rows.",
            Refused(Data.With("f", row => row == 2 ? "" : $"{row % 2}").Text, "--target y --fold-column f"));
        Assert.Equal("train.csv, row 2 (line 3), column w: the weight is -1. Give every row a weight of at least 0.",
            Refused(Data.With("w", row => row == 1 ? "-1" : "1").Text, "--target y --weights w"));
        Assert.Equal("train.csv, column w: every weight is 0. Give some rows a weight above 0.",
            Refused(Data.With("w", _ => "0").Text, "--target y --weights w"));
        Assert.Equal(
            "train.csv, row 2 (line 3), column w: the weight is 0.5, but frequency weights are numbers of observations. Give whole "
            + "numbers, or importance weights (--weights-kind importance).",
            Refused(Data.With("w", row => row == 1 ? "0.5" : "2").Text, "--target y --weights w --weights-kind frequency"));
        var rows = Data.Text.Count(letter => letter == '\n') - 1;
        Assert.Equal(
            $"train.csv, row 1 (line 2), column w: 'heavy' is not a number, and {rows - 1} more of {rows} values are none. Correct "
            + "the cell, or give a column of numbers (--weights COLUMN).",
            Refused(Data.With("w", _ => "heavy").Text, "--target y --weights w"));
        Assert.Equal($"train.csv, row 1 (line 2), column y: 'no' is not a number, and {rows - 1} more of {rows} values are none. Correct "
            + "the cell, or pass --task classification.",
            Refused(Data.With("y", row => "no").Text, "--target y --task regression"));
        Assert.Equal(
            $"train.csv, column y: each of its {rows} values occurs once, so no class has two rows. Give a column of classes or of "
            + "numbers (--target COLUMN).",
            Refused(Data.With("y", row => $"Passenger {row}").Text, "--target y"));
        Assert.Equal("train.csv: 'y' is declared categorical, but it is the target, not a feature. Remove --categorical y. To read its "
            + "values as classes, pass --task classification.",
            Refused(Data.Text, "--target y --categorical y"));
    }

    [Fact]
    public void A_class_rarer_than_the_folds_is_spread_with_a_note()
    {
        using var tool = new Fstack(Data.With("y", row => row < 4 ? "rare" : row % 2 == 0 ? "yes" : "no"));
        tool.Write("spec.json", """{"version":1,"stack":{"bases":[{"learner":"knn"}]}}""");
        Assert.Matches(
            @"note: class 'rare' has only 4 rows for 5 folds: some folds hold out none of them \(outer folds, and 1 more place\)",
            tool.Done("evaluate --data ./data.csv --target y --spec ./spec.json").Error);
        tool.Done("fit --data ./data.csv --target y --spec ./spec.json --model ./m");
    }

    [Theory]
    [InlineData("""{"version":1,"learner":"forrest"}""",
        "spec.json: $.learner: 'forrest' is not a learner. Did you mean 'randomForest'? Learners: ")]
    [InlineData("""{"version":1,"learner":"knn","params":{"k":2.5}}""",
        "spec.json: $.params.k: 2.5 is not an integer. Write digits only, without quotes.")]
    [InlineData("""{"version":1,"learner":"knn","columns":["agee"]}""",
        "spec.json: $.columns[0]: 'agee' is not a column of the data. Did you mean 'age'? Columns: age, fare, port.")]
    [InlineData("""{"version":2,"learner":"knn"}""",
        "spec.json: $.version: version 2 is not one that this version of fstack reads. Write 1, or update fstack.")]
    [InlineData("{\"version\":1,\n\"learner\" \"knn\"}", "spec.json, line 2, column 11: this is not JSON: ")]
    [InlineData("", "spec.json, line 1, column 1: this is not JSON: ")]
    [InlineData("""{"version":1,"stack":{"bases":[{"learner":"knn"}],"folds":{"kind":"group"}}}""",
        "spec.json: $.stack.folds.kind: 'group' needs the group of each row, but the rows have no groups. Name the column of the groups "
            + "(--groups COLUMN), or remove kind.")]
    [InlineData("""{"version":1,"stack":{"bases":[{"learner":"knn"}],"prune":true,"passthrough":true}}""",
        "spec.json: $.stack.prune: 'prune' compares the predictions of bases, but 'passthrough' gives the meta-learner original columns, "
            + "too. Remove prune or passthrough.")]
    public void An_invalid_spec_is_refused(string spec, string message) => Assert.StartsWith(message, Refused(Data.Text, spec: spec));

    [Fact]
    public void A_missing_spec_or_one_that_does_not_fit_is_refused()
    {
        using var tool = new Fstack(Data);
        Assert.Equal("absent.json: no such file. Check the path.",
            tool.Refused("evaluate --data ./data.csv --target y --spec ./absent.json"));
        Assert.Equal(".: is a folder, not a file. Give the path of a spec file.",
            tool.Refused("evaluate --data ./data.csv --target y --spec ."));
        tool.Write("spec.json", """{"version":1,"stack":{"folds":{"k":3},"bases":[{"name":"near","learner":"knn","params":{"k":0}}]}}""");
        Assert.Equal("data.csv by spec.json: near: knn: k is 0. Give at least 1.",
            tool.Refused("fit --data ./data.csv --target y --spec ./spec.json --model ./m"));
        Assert.Equal("data.csv by spec.json: near: knn: k is 0. Give at least 1.",
            tool.Refused("evaluate --data ./data.csv --target y --spec ./spec.json"));
        tool.Write("spec.json", """{"version":1,"stack":{"bases":[{"learner":"knn","params":{"k":0}}]}}""");
        Assert.Equal("data.csv by spec.json: knn: k is 0. Give at least 1.",
            tool.Refused("evaluate --data ./data.csv --target y --spec ./spec.json"));
    }
}
