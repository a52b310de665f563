using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.Learners.Tests.Trees;

public class MaxFeaturesTests
{
    /// <summary>With one row per leaf and equally informative columns, the columns used show that a tree draws k of 16 per split.</summary>
    [Fact]
    public void Rules_that_mean_the_same_number_of_columns_fit_the_same_forest()
    {
        var stream = Seed.Of(2).Stream();
        var frame =
            TreeCases.FrameOf([.. Enumerable.Range(0, 16).Select(_ => Enumerable.Range(0, 60).Select(_ => stream.NextNormal()).ToArray())]);
        var classes = new Dataset(frame, TreeCases.ClassesOf(Enumerable.Range(0, 60).Select(_ => stream.Next(3)), 3));
        IModel Fit(MaxFeatures features, Dataset data) => new RandomForest(3, MaxFeatures: features).Fit(data, Seed.Of(1)).OrThrow();

        var four = Fit(MaxFeatures.Of(4), classes);
        Assert.Equal(four, Fit(MaxFeatures.Sqrt, classes));
        Assert.Equal(four, Fit(MaxFeatures.Log2, classes));
        Assert.Equal(four, Fit(MaxFeatures.Share(0.25), classes));
        Assert.Equal(four, Fit(MaxFeatures.Usual, classes));
        Assert.NotEqual(four, Fit(MaxFeatures.Of(5), classes));
        Assert.Equal(Fit(MaxFeatures.All, classes), Fit(MaxFeatures.Of(99), classes));

        var values = classes.WithTarget(new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 60).Select(_ => stream.NextNormal()))));
        Assert.Equal(Fit(MaxFeatures.All, values), Fit(MaxFeatures.Usual, values));
        Assert.NotEqual(Fit(MaxFeatures.Sqrt, values), Fit(MaxFeatures.Usual, values));
    }

    [Fact]
    public void They_read_as_what_they_mean() =>
        Assert.Equal("Usual All Sqrt Log2 7 0.5 of all",
            string.Join(" ", MaxFeatures.Usual, MaxFeatures.All, MaxFeatures.Sqrt, MaxFeatures.Log2, MaxFeatures.Of(7),
            MaxFeatures.Share(0.5)));
}
