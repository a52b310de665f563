using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.IO.Tests.Csv;

public class DatasetReaderTests
{
    private const string Small = "id,x,w,g,f,y\na1,1,1,p,0,yes\na2,2,2,q,1,no\na3,3,5,p,1,yes\n";

    private static Outcome<TrainingTable> Read(string text, TableRoles roles) =>
        Csv.Table(text).Bind(table => DatasetReader.Read(table, roles));

    private static Target TargetOf(string words, TargetKind? kind = null) =>
        Read("x,y\n" + string.Concat(words.Split(' ').Select(word => $"1,{word}\n")), new("y", Kind: kind)).OrThrow().Dataset.Target;

    [Fact]
    public void Every_role_leaves_the_features()
    {
        var table = Read(Small, new("y", "id", "w", "g", "f") { WeightKind = WeightKind.Frequency }).OrThrow();
        Assert.Equal(Frame.Of(("x", Column.Numeric.Of(1, 2, 3))), table.Dataset.Frame);
        Assert.Equal(new Roles(new Target.Classes(["no", "yes"], [1, 0, 1]), [1, 2, 5], [0, 1, 0], [0, 1, 1],
            WeightKind: WeightKind.Frequency)
        { TargetName = "y", IdName = "id" }, table.Dataset.Roles);
        Assert.Equal(EquatableArray.Of("a1", "a2", "a3"), table.Ids);
        Assert.Equal(new Schema([new ColumnSchema.Numeric("x")]), table.Schema);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e308)]
    public void A_gap_that_is_no_number_of_at_least_0_is_refused(double gap) =>
        Assert.Equal("the gap", Assert.IsType<Outcome<TrainingTable>.Fail>(
            Read("t,x,y\n1,1,a\n2,2,b\n", new("y", Time: "t") { Gap = gap })).Failure.Where);

    [Fact]
    public void Strings_are_classes_in_ordinal_order() =>
        Assert.Equal(new Target.Classes(["b", "no", "yes"], [2, 1, 0]), TargetOf("yes no b"));

    [Fact]
    public void Few_integers_are_classes_in_numeric_order_with_their_text()
    {
        Assert.Equal(new Target.Classes(["2", "007", "10"], [2, 0, 1]), TargetOf("10 2 007"));
        Assert.Equal(new Target.Classes(["0.0", "1.0"], [0, 1]), TargetOf("0.0 1.0"));
        Assert.IsType<Target.Classes>(TargetOf(string.Join(' ', Enumerable.Range(0, 20))));
        Assert.Contains("3 different integers", Read("x,y\n1,1\n1,2\n1,3\n", new("y")).Notes.Single().What);
    }

    [Fact]
    public void Labels_of_the_same_number_are_one_class_with_a_note()
    {
        var read = Read("x,y\n1,0\n2,1\n3,1.0\n4,01\n5,1\n6,0.0\n", new("y"));
        Assert.Equal(new Target.Classes(["0", "1"], [0, 1, 1, 1, 1, 0]), read.OrThrow().Dataset.Target);
        Assert.Equal(
            ["column 'y': '0.0' (1 rows) and '0' are one class, '0'",
                "column 'y': '01' (1 rows), '1.0' (1 rows) and '1' are one class, '1'"],
            read.OrThrow().Remarks.Select(note => note.ToString()));
        Assert.Equal(3, ((Target.Classes)TargetOf("9007199254740992 9007199254740993 1e5", TargetKind.Classes)).Levels.Count);
    }

    [Fact]
    public void Ids_are_kept_letter_for_letter_and_groups_too()
    {
        var read = Read("id,g,x,y\nNA,1,1,a\n 007,1.0,2,b\n1E5,01,3,a\n\"\",1,4,b\n", new("y", "id", Groups: "g"));
        Assert.Equal(EquatableArray.Of("NA", " 007", "1E5", ""), read.OrThrow().Ids);
        Assert.Equal(3, read.OrThrow().Dataset.Roles.Groups!.Value.Distinct().Count());
        Assert.Contains("two different groups, but the same number", Assert.Single(read.OrThrow().Remarks).What);
    }

    [Fact]
    public void Roles_are_read_as_features_are()
    {
        var roles = Read("x;w;t;y\n1;0,5;31.12.2024;1,5\n2;1,5;1.1.2025;2,5\n", new("y", Weights: "w", Time: "t")).OrThrow().Dataset.Roles;
        Assert.Equal((new Target.Numeric([1.5, 2.5]), EquatableArray.Of(0.5, 1.5)), ((Target.Numeric)roles.Target, roles.Weights!.Value));
        Assert.Equal(86_400, roles.Time!.Value[1] - roles.Time.Value[0]);
        Assert.Equal("the target is missing", Read("x,y\n1,1.5\n2,-\n3,2.5\n", new("y")).Failure().What);
        Assert.Equal("the time is missing", Read("x,t,y\n1,1,a\n2,,b\n", new("y", Time: "t")).Failure().What);
        Assert.Equal("holds neither numbers nor dates", Read("x,t,y\n1,now,a\n2,then,b\n", new("y", Time: "t")).Failure().What);
    }

    [Fact]
    public void Decisions_are_notes_and_lines()
    {
        var read = Read("x;d;w;y\n1,5;2024-01-31;red;a\n-;2024-02-01;None;b\n", new("y"));
        Assert.Equal(read.OrThrow().Reading.Notes, read.Notes.Take(4));
        Assert.Equal(["categories: y, w", "numbers (decimal comma): x", "dates (year first): d, as d:days, :month, :weekday",
            "missing: '-' in x (1)", "kept as categories (to read as missing, pass --missing): 'None' in w (1)"],
                read.OrThrow().Reading.Lines);
    }

    [Fact]
    public void Other_numbers_are_a_numeric_target()
    {
        Assert.Equal(new Target.Numeric([1, 2.5]), TargetOf("1 2.5"));
        Assert.IsType<Target.Numeric>(TargetOf(string.Join(' ', Enumerable.Range(0, 21))));
    }

    [Fact]
    public void The_kind_asked_for_wins()
    {
        Assert.Equal(new Target.Numeric([0, 1]), TargetOf("0 1", TargetKind.Values));
        Assert.Equal(new Target.Classes(["0.5", "1.5"], [1, 0]), TargetOf("1.5 0.5", TargetKind.Classes));
        Assert.Equal("'yes' is not a number, and 2 more of 3 values are none",
            Read(Small, new("y", Kind: TargetKind.Values)).Failure().What);
    }

    [Fact]
    public void A_slip_in_a_target_of_numbers_fails() =>
        Assert.Contains("in a column whose other 3 values are numbers", Read("x,y\n1,1.5\n1,2.5\n1,abc\n1,3.5\n", new("y")).Failure().What);

    [Fact]
    public void An_id_with_a_few_strings_is_not_an_error() =>
        Assert.Equal(EquatableArray.Of("1", "2", "x3", ""), Read("id,x,y\n1,1,a\n2,2,b\nx3,3,a\n,4,b\n", new("y", "id")).OrThrow().Ids);

    [Fact]
    public void Folds_and_groups_may_be_strings_and_folds_keep_their_order()
    {
        var roles = Read("x,y,f\n1,a,10\n2,b,9\n3,a,10\n", new("y", FoldColumn: "f")).OrThrow().Dataset.Roles;
        Assert.Equal(EquatableArray.Of(1, 0, 1), roles.Folds);
    }

    [Fact]
    public void Declared_categories_stay_strings() =>
        Assert.Equal(Column.Categorical.Of("1", "2", "3"),
            Read(Small, new("y", "id", "w", "g", "f", Categorical: ["x"])).OrThrow().Dataset.Frame["x"]);

    [Theory]
    [InlineData("z", null, null, null, null, "has no target column 'z'")]
    [InlineData("y", "z", null, null, null, "has no id column 'z'")]
    [InlineData("y", null, "z", null, null, "has no weights column 'z'")]
    [InlineData("y", null, null, "z", null, "has no groups column 'z'")]
    [InlineData("y", null, null, null, "z", "has no fold column 'z'")]
    [InlineData("y", "y", null, null, null, "'y' is both the target and the id column")]
    [InlineData("y", null, "y", null, null, "'y' is both the target and the weights column")]
    public void A_role_that_cannot_be_filled_fails(string target, string? id, string? weights, string? groups, string? folds, string what)
    {
        var failure = Read(Small, new(target, id, weights, groups, folds)).Failure();
        Assert.Equal(("train.csv", what), (failure.Where, failure.What));
    }

    [Fact]
    public void An_absent_target_lists_the_columns() =>
        Assert.Equal("Did you mean 'Survived'? The columns are Survived, Age.",
            Read("Survived,Age\n1,2\n", new("survive")).Failure().Remedy);

    [Fact]
    public void A_missing_target_names_the_first_row_and_counts()
    {
        var failure = Read("x,y\n1,a\n2,\n3,b\n4,NA\n", new("y")).Failure();
        Assert.Equal("train.csv, row 2 (line 3), column y", failure.Where);
        Assert.Equal("the target is missing, here and in 1 more of 4 rows", failure.What);
        Assert.Equal("Fill or delete those rows.", failure.Remedy);
    }

    [Theory]
    [InlineData("x,y,w\n1,a,1\n2,b,-1\n", "train.csv, row 2 (line 3), column w", "the weight is -1")]
    [InlineData("x,y,w\n1,a,1\n2,b,\n", "train.csv, row 2 (line 3), column w", "the weight is missing")]
    [InlineData("x,y,w\n1,a,0\n2,b,0\n", "train.csv, column w", "every weight is 0")]
    [InlineData("x,y,w\n1,a,heavy\n2,b,1\n", "train.csv, row 1 (line 2), column w", "'heavy' is not a number")]
    public void Weights_that_are_no_weights_fail(string text, string where, string what)
    {
        var failure = Read(text, new("y", Weights: "w")).Failure();
        Assert.Equal((where, what), (failure.Where, failure.What));
    }

    [Fact]
    public void One_class_one_fold_and_missing_folds_or_groups_fail()
    {
        Assert.Equal("every row is of one class, 'a'", Read("x,y\n1,a\n2,a\n", new("y")).Failure().What);
        Assert.Equal("holds only one fold, '1'", Read("x,y,f\n1,a,1\n2,b,1\n", new("y", FoldColumn: "f")).Failure().What);
        Assert.Equal("the fold is missing", Read("x,y,f\n1,a,1\n2,b,\n", new("y", FoldColumn: "f")).Failure().What);
        Assert.Equal("the group is missing", Read("x,y,g\n1,a,1\n2,b,\n", new("y", Groups: "g")).Failure().What);
    }

    [Fact]
    public void A_table_without_features_fails() =>
        Assert.Equal("has no feature column", Read("id,y\n1,a\n2,b\n", new("y", "id")).Failure().What);

    [SharedFact("otto/train.csv")]
    public void Otto_reads()
    {
        var path = Repository.Shared("otto/train.csv");
        var table = DatasetReader.Read(path, new("target", "id")).OrThrow();
        Assert.Equal((61878, 93, 9),
            (table.Dataset.RowCount, table.Dataset.Frame.Columns.Count, ((Target.Classes)table.Dataset.Target).Levels.Count));
        Assert.All(table.Dataset.Frame.Columns, column => Assert.IsType<Column.Numeric>(column.Column));
    }

    [Theory]
    [InlineData("y", "'y' is declared categorical, but it is the target, not a feature",
        "Remove --categorical y. To read its values as classes, pass --task classification.")]
    [InlineData("w", "'w' is declared categorical, but it is the weights column, not a feature", "Remove --categorical w.")]
    [InlineData("id", "'id' is declared categorical, but it is the id column, not a feature", "Remove --categorical id.")]
    public void A_role_declared_categorical_is_refused(string column, string what, string remedy) => Assert.Equal(
        new Failure("train.csv", what, remedy), Read(Small, new("y", "id", "w", "g", "f", Categorical: [column])).Failure());

    [Fact]
    public void Weights_that_are_negligible_beside_others_give_a_note()
    {
        const string Text = "x,w,y\n1,1e100,a\n2,1e-300,b\n3,1,a\n4,1e-290,b\n";
        var read = Read(Text, new("y", Weights: "w"));
        Assert.Equal([true, false, true, false], read.OrThrow().Dataset.Weights!.Value.Select(weight => weight > 0));
        Assert.Contains(new("train.csv, weights",
            "2 weights above 0 are negligible compared with the largest, 1E+100, and treated as 0 (the first: 1E-300 in row 2)"),
            read.OrThrow().Remarks);
        Assert.Empty(Read(Text.Replace("1e100", "2").Replace("1e-300", "0"), new("y", Weights: "w")).OrThrow().Remarks);
    }

    [Theory]
    [InlineData("2024-01-01", "2024-01-02", 172_800)]
    [InlineData("10:30", "11:30", 7200)]
    [InlineData("5", "9", 2)]
    public void The_unit_of_a_gap_is_that_of_the_times(string first, string second, double gap)
    {
        var text = $"x,t,y\n1,{first},a\n2,{second},b\n3,{second},a\n";
        Assert.Equal(gap, Read(text, new("y", Time: "t") { Gap = 2 }).OrThrow().Dataset.Roles.Gap);
        Assert.Equal(0, Read(text, new("y") { Gap = 2 }).OrThrow().Dataset.Roles.Gap);
    }

    [Fact]
    public void Labelled_rows_have_the_levels_of_the_model_first_and_lack_those_without_a_target()
    {
        var schema = new Schema([new ColumnSchema.Numeric("x")]);
        var table = Csv.Table("x,z,g,w,y\n1,9,p,1,yes\n2,9,q,2,\n3,9,p,3,new\n4,9,q,1,no\n").OrThrow();
        var read = DatasetReader.ReadLabelled(table, schema, ["no", "yes"], new("y", Groups: "g", Weights: "w")
        {
            WeightKind = WeightKind.Frequency,
        });
        var data = read.OrThrow().Dataset;
        Assert.All(read.OrThrow().Rows.Index(), one => Assert.Equal(data.Frame.Columns[0].Column.Take([one.Index]),
            table.Frame(schema).OrThrow().Columns[0].Column.Take([one.Item])));
        Assert.Equal(Frame.Of(("x", Column.Numeric.Of(1, 3, 4))), data.Frame);
        Assert.Equal(new Target.Classes(["no", "yes", "new"], [1, 2, 0]), data.Target);
        Assert.Equal([0, 0, 1], data.Roles.Groups!.Value);
        Assert.Equal([1, 3, 1], data.Weights!.Value);
        Assert.Contains(read.Notes, note => note.What == "1 row without a target is left out");
        var numbers = DatasetReader.ReadLabelled(table, new([new ColumnSchema.Numeric("z")]), default, new("x")).OrThrow().Dataset;
        Assert.Equal(new Target.Numeric([1, 2, 3, 4]), numbers.Target);
        Assert.IsType<Outcome<LabelledTable>.Fail>(DatasetReader.ReadLabelled(table, schema, default, new("y")));
        Assert.IsType<Outcome<LabelledTable>.Fail>(DatasetReader.ReadLabelled(table, schema, default, new("absent")));
        var none = Csv.Table("x,y\n1,\n2,\n").OrThrow();
        Assert.IsType<Outcome<LabelledTable>.Fail>(DatasetReader.ReadLabelled(none, schema, ["a"], new("y")));
    }
}
