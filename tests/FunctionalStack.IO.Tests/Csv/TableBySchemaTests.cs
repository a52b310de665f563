using Xunit;

namespace FunctionalStack.IO.Tests.Csv;

/// <summary>Tables read by the schema of a model, and conformed to it.</summary>
public class TableBySchemaTests
{
    private static readonly Schema Trained = Schema.Of(Frame.Of(("age", Column.Numeric.Of(1, 2)), ("port", Column.Categorical.Of("S", "C")), ("deck", Column.Categorical.Of("1", "2"))));

    [Fact]
    public void Columns_are_found_by_name_and_others_left_out()
    {
        var frame = Conformed(Csv.Table("deck,extra,port,age\n2,oops,S,3\n1,1,,\n")).OrThrow();
        Assert.Equal(Frame.Of(("age", Column.Numeric.Of(3, double.NaN)), ("port", new Column.Categorical(["C", "S"], [1, -1])), ("deck", new Column.Categorical(["1", "2"], [1, 0]))), frame);
    }

    [Fact]
    public void New_categories_come_after_those_of_training() =>
        Assert.Equal(new Column.Categorical(["C", "S", "A", "Q"], [3, 1, 2]), Conformed(Csv.Table("age,port,deck\n1,Q,1\n1,S,1\n1,A,1\n")).OrThrow()["port"]);

    [Fact]
    public void Categories_may_be_mostly_numbers() =>
        Assert.Equal(Values.Of("1", "2", "B5"), ((Column.Categorical)Conformed(Csv.Table("age,port,deck\n1,S,1\n1,S,2\n1,S,B5\n")).OrThrow()["deck"]).Levels);

    [Fact]
    public void A_lacking_column_fails()
    {
        var failure = Conformed(Csv.Table("age,prt,deck\n1,S,1\n")).Failure();
        Assert.Equal(("train.csv", "has no column 'port'"), (failure.Where, failure.What));
        Assert.StartsWith("Did you mean 'prt'?", failure.Mend);
        Assert.Equal("has no columns 'port', 'deck'", Conformed(Csv.Table("age,x\n1,S\n")).Failure().What);
    }

    [Fact]
    public void A_word_where_training_had_numbers_fails()
    {
        var failure = Conformed(Csv.Table("age,port,deck\n1,S,1\nold,S,1\nyoung,S,1\n")).Failure();
        Assert.Equal(("train.csv, row 2 (line 3), column age", "'old' is not a number"), (failure.Where, failure.What));
        Assert.Equal("'1e200' is too large", Conformed(Csv.Table("age,port,deck\n1e200,S,1\n")).Failure().What);
    }

    [Fact]
    public void Truth_may_be_words_or_numbers()
    {
        var (numbers, words) = (Schema.Of(Frame.Of(("t", Column.Numeric.Of(1)))), Schema.Of(Frame.Of(("t", Column.Categorical.Of("True", "False")))));
        var (digits, letters) = (Csv.Table("t\n1\n\"\"\n0\n").OrThrow(), Csv.Table("t\ntrue\n\"\"\nFALSE\n").OrThrow());
        Assert.Equal(Column.Numeric.Of(1, double.NaN, 0), letters.Frame(numbers).Bind(numbers.Conform).OrThrow()["t"]);
        Assert.Equal(Column.Categorical.Of("True", null, "False"), digits.Frame(words).Bind(words.Conform).OrThrow()["t"]);
        Assert.Equal("'maybe' is not a number", Csv.Table("t\nmaybe\n").OrThrow().Frame(numbers).Failure().What);
        Assert.Equal("'true' is not a number", Csv.Table("t\ntrue\n1\n").OrThrow().Frame(numbers).Failure().What);
    }

    private static Outcome<Frame> Conformed(Outcome<Table> table) => table.Bind(read => read.Frame(Trained)).Bind(Trained.Conform);
}
