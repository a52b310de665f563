using FsCheck.Xunit;
using FunctionalStack.Learners;
using FunctionalStack.Learners.Tests.Trees;
using Xunit;

namespace FunctionalStack.Learners.Tests.Baseline;

[Properties(Arbitrary = [typeof(TreeCases)], MaxTest = 60)]
public class MajorityTests
{
    private static readonly Seed Seed = Seed.Of(1);

    [Property]
    public bool Every_row_gets_the_shares_of_the_classes(ClassesCase given)
    {
        var classes = (Target.Classes)given.Data.Target;
        var predicted = (Prediction.Probabilities)Fit(given.Data).Predict(Frame.Empty(3)).OrThrow();
        return predicted.Levels == classes.Levels && predicted.Count == 3
            && Enumerable.Range(0, 3).All(row => Enumerable.Range(0, classes.Levels.Count).All(c =>
            predicted.Row(row)[c] == classes.Codes.Count(code => code == c) / (double)classes.Count));
    }

    [Property]
    public bool Every_row_gets_the_mean_of_the_values(ValuesCase given) =>
        Fit(given.Data).Predict(Frame.Empty(2)).OrThrow().Numbers()
            .All(estimate => Math.Abs(estimate - ((Target.Numeric)given.Data.Target).Values.Average()) < 1e-12);

    [Property]
    public bool Weights_are_numbers_of_rows(ClassesCase classes, ValuesCase values, bool unit)
    {
        foreach (var data in new[] { classes.Data, values.Data })
        {
            var weights = Enumerable.Range(0, data.RowCount).Select(row => unit ? 1 : (row + 1) % 3).ToArray();
            var repeated =
                data.Take(EquatableArray.From(Enumerable.Range(0, data.RowCount).SelectMany(row => Enumerable.Repeat(row, weights[row]))));
            var weighted = Fit(data.WithFrequencies(EquatableArray.From(weights.Select(weight => (double)weight))));
            if (unit
                ? !weighted.Equals(Fit(data))
                : weighted.Answer.Zip(Fit(repeated).Answer).Any(pair => Math.Abs(pair.First - pair.Second) > 1e-12))
                return false;
        }

        return true;
    }

    [Fact]
    public void A_class_that_no_row_has_gets_0()
    {
        var model = Fit(new(Frame.Empty(4), new Target.Classes(EquatableArray.Of("a", "b", "c"), EquatableArray.Of(2, 0, 2, 2))));
        Assert.Equal(EquatableArray.Of(0.25, 0, 0.75), model.Answer);
    }

    [Fact]
    public void Numbers_and_weights_near_the_end_of_doubles_are_averaged()
    {
        Assert.Equal(1.5e308, Fit(Numbers(1.7e308, 1.3e308)).Answer[0], 1e294);
        Assert.Equal(2, Fit(Numbers(1, 3).WithFrequencies(EquatableArray.Of(1.7e308, 1.7e308))).Answer[0]);
        Assert.Equal(0, Fit(Numbers(0, 0, 0)).Answer[0]);
        Assert.Equal(5e-324, Fit(Numbers(5e-324, 5e-324)).Answer[0]);
    }

    [Fact]
    public void Bad_data_fails_with_its_reason()
    {
        Fails(Numbers(), "there are no training rows of positive weight");
        Fails(Numbers(1, 2).WithFrequencies(EquatableArray.Of(0.0, 0)), "there are no training rows of positive weight");
        Fails(Numbers(1, double.PositiveInfinity), "the value is Infinity");

        static void Fails(Dataset data, string what) =>
            Assert.Equal(what, Assert.IsType<Outcome<Trained>.Fail>(new Majority().Fit(data, Seed)).Failure.What);
    }

    private static Dataset Numbers(params double[] numbers) =>
        new(Frame.Empty(numbers.Length), new Target.Numeric(EquatableArray.Of(numbers)));

    private static MajorityModel Fit(Dataset data) => (MajorityModel)new Majority().FitModel(data, Seed).OrThrow();
}
