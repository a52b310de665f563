using Xunit;

namespace FunctionalStack.Preprocessing.Tests;

public class BagOfWordsTests
{
    private static readonly string?[] texts =
        ["The cat sat on the mat", "the dog sat; the CAT ran", "a dog-dog story!", "no words here: 42 cats", "Cat & dog 42", "?"];

    private static readonly BagOfWords any = new(5, 1, 0, 0, 0);

    private static Dataset Data(params string?[] cells) => Tables.Data(("t", Column.Categorical.Of(cells)));

    /// <summary>TfidfVectorizer(token_pattern=r"(?u)[^\W_]{2,}", vocabulary=["42", "cat", "dog", "sat", "the"]) of these texts;
    /// scikit-learn 1.2.1.</summary>
    [Fact]
    public void Numbers_are_those_of_scikit_learn()
    {
        var view = any.Fit(Data(texts), Seed.Of(1)).OrThrow().TrainView;
        Assert.Equal(["t:42", "t:cat", "t:dog", "t:sat", "t:the"], view.Names);
        double[][] expected =
        [
            [0, 0, 0, 1, 0.642084608164228, 0],
            [0.3532291844851624, 0.33306159008080777, 0, 0, 0.5420919460564738, 0],
            [0, 0.33306159008080777, 1, 0, 0.5420919460564738, 0],
            [0.4183847853897049, 0.39449713672615866, 0, 0, 0, 0],
            [0.8367695707794098, 0.7889942734523173, 0, 0, 0, 0],
        ];
        Assert.All(view.Names.Zip(expected), pair => Assert.Equal(pair.Second, Tables.Of(view, pair.First),
            (one, other) => Math.Abs(one - other) < 1e-14));
    }

    /// <summary>cat and dog are in 3 texts, 42, sat and the in 2.</summary>
    [Theory]
    [InlineData(2, 1, "t:cat t:dog")]
    [InlineData(3, 1, "t:42 t:cat t:dog")]
    [InlineData(100, 3, "t:cat t:dog")]
    [InlineData(100, 4, "t")]
    public void The_most_frequent_words_are_chosen(int most, int least, string names) => Assert.Equal(names,
        string.Join(' ', new BagOfWords(most, least, 0, 0, 0).Fit(Data(texts), Seed.Of(1)).OrThrow().TrainView.Names));

    [Fact]
    public void New_texts_have_the_words_of_training_and_missing_ones_are_zero()
    {
        var map = any.Fit(Data([.. texts, null]), Seed.Of(1)).OrThrow().Map;
        var view = map.Apply(Data("SAT sat", null, "unknown words only", "the").Frame).OrThrow();
        Assert.Equal([1, 0, 0, 0], Tables.Of(view, "t:sat"));
        Assert.Equal([0, 0, 0, 1], Tables.Of(view, "t:the"));
        // A reader parses texts that happen to be numbers as numbers.
        Assert.Equal([1, 0], Tables.Of(map.Apply(Frame.Of(("t", Column.Numeric.Of(42, double.NaN)))).OrThrow(), "t:42"));
    }

    [Fact]
    public void Columns_that_are_not_texts_are_unchanged()
    {
        var data = Tables.Data(
            ("few", Column.Categorical.Of([.. Enumerable.Range(0, 63).Select(row => $"one of {row % 5} kinds")])),
            ("short", Column.Categorical.Of([.. Enumerable.Range(0, 63).Select(row => $"ticket {row}")])),
            ("number", new Column.Numeric(EquatableArray.From(Enumerable.Range(0, 63).Select(row => (double)row)))),
            ("repeated", Column.Categorical.Of([.. Enumerable.Range(0, 63).Select(row => $"one of {row % 30}{row % 30} kinds")])),
            ("rare", Column.Categorical.Of([.. Enumerable.Range(0, 63).Select(row => $"a{row} b{row} c{row}")])),
            ("text",
                Column.Categorical.Of([.. Enumerable.Range(0, 63)
                .Select(row => $"dear number {row}{row}, {(row % 2 == 0 ? "yes" : "no")}")])));
        var view = new BagOfWords().Fit(data, Seed.Of(1)).OrThrow().TrainView;
        Assert.Equal(["few", "short", "number", "repeated", "rare", "text:no", "text:yes"], view.Names);
        Assert.Equal(data.Frame["few"], view["few"]);
    }

    [Fact]
    public void A_name_that_is_taken_and_parameters_out_of_range_are_refused()
    {
        var taken = Tables.Data(("t", Column.Categorical.Of(texts)), ("t:cat", Column.Numeric.Of(1, 2, 3, 4, 5, 6)));
        Assert.Equal("bagOfWords, column 't:cat'", Tables.FailureOf(any.Fit(taken, Seed.Of(1))).Where);
        Assert.Equal(5, new BagOfWords(0, 0, double.NaN, -1, 2).Validate().Count);
    }
}
