using FunctionalStack.IO.Tests.Csv;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.IO.Tests.Data;

public class EmbeddedDataTests
{
    [Theory]
    [InlineData("iris", "species", 150, 4, "setosa versicolor virginica", "50 50 50")]
    [InlineData("digits", "digit", 1797, 64, "0 1 2 3 4 5 6 7 8 9", "178 182 177 183 181 182 181 179 174 180")]
    [InlineData("titanic", "survived", 1309, 5, "died survived", "809 500")]
    [InlineData("breast-cancer", "diagnosis", 569, 30, "benign malignant", "357 212")]
    public void Each_has_its_known_rows_columns_and_classes(string name, string target, int rows, int features, string levels,
        string counts)
    {
        var dataset = EmbeddedData.Find(name).Bind(table => DatasetReader.Read(table, new(target))).OrThrow().Dataset;
        var classes = (Target.Classes)dataset.Target;
        Assert.Equal((rows, features), (dataset.RowCount, dataset.Frame.Columns.Count));
        Assert.Equal((levels, counts), (string.Join(' ', classes.Levels), string.Join(' ', classes.Mass())));
    }

    // Means from scikit-learn 1.2.1's load_iris and load_breast_cancer; the tolerance is that of the digits printed.
    [Fact]
    public void Means_are_those_of_scikit_learn()
    {
        Assert.Equal([5.843333, 3.057333, 3.758, 1.199333],
            EmbeddedData.Iris.Frame(without: ["species"])
            .OrThrow().Columns.Select(c => Math.Round(((Column.Numeric)c.Column).ToArray().Average(), 6)));
        Assert.Equal(14.127292, ((Column.Numeric)EmbeddedData.BreastCancer.Column("mean_radius").OrThrow()).ToArray().Average(), 6);
    }

    [Fact]
    public void Titanic_s_columns_are_typed_and_ages_missing()
    {
        var frame = EmbeddedData.Titanic.Frame().OrThrow();
        Assert.Equal(["pclass", "survived", "sex"], frame.Columns.Where(c => c.Column is Column.Categorical).Select(c => c.Name));
        Assert.Equal(263, Enumerable.Range(0, 1309).Count(frame["age"].IsMissing));
    }

    [SharedTheory("iris/iris.csv", "digits/digits.csv")]
    [InlineData("iris", "iris/iris.csv")]
    [InlineData("digits", "digits/digits.csv")]
    public void They_equal_the_files_that_others_use(string name, string file)
    {
        Assert.Equal(Table.Read(Repository.Shared(file)).Bind(table => table.Frame()).OrThrow(),
            EmbeddedData.Find(name).Bind(table => table.Frame()).OrThrow());
    }

    [Fact]
    public void An_unknown_name_fails() =>
        Assert.Equal("Give one of iris, digits, titanic, breast-cancer.", EmbeddedData.Find("irys").Failure().Remedy);
}
