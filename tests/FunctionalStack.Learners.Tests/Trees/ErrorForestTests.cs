using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Learners.Tests.Trees;

[Properties(MaxTest = 20)]
public class ErrorForestTests
{
    private static readonly ErrorForest small = new(5, 5);

    /// <summary>Noise of 1 on one side of 0, and of 10 on the other.</summary>
    [Fact]
    public void Predictions_follow_the_size_of_the_errors()
    {
        var stream = Seed.Of(1).Stream();
        var x = Enumerable.Range(0, 600).Select(_ => stream.NextNormal()).ToArray();
        var y = Array.ConvertAll(x, one => one + (one > 0 ? 10 : 1) * stream.NextNormal());
        var data = new Dataset(Sample.Columns(x), new Target.Numeric(EquatableArray.Own(y)));
        var sizes = Sample.Numbers(new ErrorForest().Model(data).Predict(data.Frame).OrThrow());
        double Mean(bool right) => sizes.Where((_, row) => x[row] > 0 == right).Average();
        // The mean size of a standard normal number is 0.8, and forests of noise have errors about a tenth larger.
        Assert.InRange(Mean(right: true) / Mean(right: false), 3, 12);
    }

    [Property]
    public void Predictions_are_positive_and_do_not_depend_on_the_number_of_threads(int seed)
    {
        var data = Sample.Numbers(seed, 40, 2);
        var model = small.FitLeaf(data, Seed.Of(seed), WorkSharing.None).OrThrow();
        Assert.All(Sample.Numbers(model.Predict(data.Frame).OrThrow()), size => Assert.True(size > 0 && double.IsFinite(size)));
        Assert.Equal(model, small.Fit(data, Seed.Of(seed)).OrThrow().Model);
    }

    [Fact]
    public void Without_errors_or_without_folds_the_scale_is_1()
    {
        var data = Sample.Numbers(1, 40, 2);
        var constant = data.WithTarget(new Target.Numeric(EquatableArray.From(Enumerable.Repeat(3.0, 40))));
        Assert.All(Sample.Numbers(small.Model(constant).Predict(data.Frame).OrThrow()), size => Assert.Equal(1, size));
        var fit = small.FitModel(data.WithGroups(EquatableArray.From(Enumerable.Repeat(1, 40))), Seed.Of(1));
        Assert.StartsWith("errorForest: errors are not scaled, since no folds can be made: ", Assert.Single(fit.Notes).ToString(),
            StringComparison.Ordinal);
        Assert.All(Sample.Numbers(fit.OrThrow().Predict(data.Frame).OrThrow()), size => Assert.Equal(1, size));
    }

    [Fact]
    public void A_model_whose_least_error_is_not_positive_is_inconsistent()
    {
        var forest = ((ErrorForestModel)small.Model(Sample.Numbers(1, 40, 2))).Forest;
        Assert.NotNull(((IConsistent)new ErrorForestModel(forest, 0)).Inconsistency);
        Assert.Null(((IConsistent)new ErrorForestModel(forest, 0.1)).Inconsistency);
    }
}
