using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.IO.Tests.Models;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 30)]
public class LoadedModelTests
{
    /// <summary>For any model: rows are conformed before any part of the model reads them.</summary>
    [Property]
    public void Order_and_other_columns_and_a_file_change_no_prediction(AnyData any, Seed seed)
    {
        if (Fit("tree", any.Data, seed) is not Outcome<Trained>.Ok { Value: var trained }) return;
        var loaded = Through(trained, any.Data);
        var names = any.Data.Frame.Names.ToArray();
        seed.Stream().Shuffle(names.AsSpan());
        var other = any.Data.Frame.Select(names).With("another", any.Data.Frame.Columns[0].Column);
        Assert.Equal(trained.Predict(any.Data.Frame), loaded.Predict(other));
    }

    [Fact]
    public void Booleans_and_numbers_are_conformed_with_notes()
    {
        var frame = Frame.Of(
            ("Member", Column.Categorical.Of("True", "False", "True", "False")), ("Zone", Column.Categorical.Of("1", "2", "1", "2")));
        var data = new Dataset(frame, Target.Classes.Of("a", "b", "a", "b"));
        var loaded = Through(Fit("tree", data, Seed.Of(1)).OrThrow(), data);
        var asked = Frame.Of(("Zone", Column.Numeric.Of(1, 2)), ("Member", Column.Numeric.Of(1, 0)));
        var predicted = loaded.Predict(asked);
        Assert.Equal(loaded.Predict(frame.Take([0, 1])).OrThrow(), predicted.OrThrow());
        Assert.Equal(
            "column 'Member': 2 of 2 rows hold training levels in another spelling (e.g. '1' as 'True')",
            Assert.Single(predicted.Notes).ToString());
        Assert.Equal(
            "the rows: have no column 'Member'. Give the columns that the model was fitted on.",
            loaded.Predict(asked.Without("Member")).Match(_ => "", failure => failure.ToString()));
    }

    [Fact]
    public void It_is_saved_as_the_model_that_it_holds()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2))), Target.Classes.Of("a", "b"));
        var loaded = Through(Fit("majority", data, Seed.Of(1)).OrThrow(), data);
        Assert.Equal(loaded, Through(loaded, data));
    }

    private static Outcome<Trained> Fit(string learner, Dataset data, Seed seed) =>
        from spec in SpecFile.Parse($$"""{"version": 1, "learner": "{{learner}}"}""", "spec")
        from built in spec.Build(data)
        from trained in built.Fit(data, seed)
        select trained;

    private static LoadedModel Through(IModel model, Dataset data)
    {
        using var file = new MemoryStream();
        ModelFile.Write(file, "model", model, ModelCard.Of(data, "y", 1)).OrThrow();
        return ModelFile.Read(file, "model").OrThrow();
    }
}
