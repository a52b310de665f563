using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Tests;

public sealed class ModelTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    private sealed record Flower(double Length, string Colour, bool Blooms);

    private static readonly Flower[] Flowers =
        [.. Enumerable.Range(0, 40).Select(i => new Flower(i, i % 3 == 0 ? "red" : "blue", i % 2 == 0))];

    [Fact]
    public void A_fit_is_saved_and_loaded_without_repeating_its_names()
    {
        var data = Rows.Of(Flowers).Target(flower => flower.Blooms).OrThrow();
        var fit = Stacking.Of(("tree", Learn.Tree(3).Preprocess(Prepare.ForTrees))).Meta(Learn.Logistic()).Fit(data, Seed.Of(9)).OrThrow();

        Assert.Equal(path, fit.Save(path).OrThrow());
        var loaded = Model.Load(path).OrThrow();

        Assert.Equal(("Blooms", 9L), (loaded.Card.Target, loaded.Card.Seed));
        Assert.Equal(["Length", "Colour"], loaded.Schema.Columns.Select(column => column.Name));
        Assert.Equal(fit.Predict(data.Frame), loaded.Predict(data.Frame));
        Assert.Equal(fit.Predict(Flowers).OrThrow().Select(one => one.Class), loaded.Predict(Flowers).OrThrow().Select(one => one.Class));
        Assert.StartsWith("Blooms: classes False, True, from Length, Colour, seed 9", loaded.ToString());
        Assert.Equal(ModelFile.Load(path).Bind(saved => saved.ToOnnx()).OrThrow().ToArray(), fit.ToOnnx().OrThrow().ToArray());
    }

    [Fact]
    public void A_target_of_several_properties_has_a_neutral_name()
    {
        var data = Rows.Of(Flowers).Target(flower => flower.Blooms && flower.Length > 3).OrThrow();
        Assert.Equal("target", data.Roles.TargetName);
        Assert.Equal("late", data.WithTargetName("late").Roles.TargetName);
    }

    [Fact]
    public void A_file_that_is_no_model_is_refused() =>
        Assert.Contains("ends", Model.Load(path).Match(_ => "", failure => failure.What));
}
