using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Serving.Tests.Models;

public class TypicalValuesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Values_are_in_the_unit_of_the_data_also_if_they_were_imputed_after_scaling(bool isScaled)
    {
        var data = DatasetReader.Read(EmbeddedData.Titanic, new("survived")).OrThrow().Dataset;
        var learner = isScaled ? Learn.Logistic().Preprocess(Prepare.ForLinear) : Learn.RandomForest(2).Preprocess(Prepare.ForTrees);
        var fit = learner.Fit(data, Seed.Of(1)).OrThrow();
        var typical = TypicalValues.Of(fit.Model, fit.Schema!);
        var ages = ((Column.Numeric)data.Frame["age"]).ToArray().Where(age => !double.IsNaN(age)).Order().ToArray();
        var at = fit.Schema!.Columns.Index().First(one => one.Item.Name == "age").Index;
        Assert.Equal(ages[ages.Length / 2], typical[at], 1e-9);
    }
}
