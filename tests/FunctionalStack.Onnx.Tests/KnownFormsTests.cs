using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Onnx.Tests;

public class KnownFormsTests
{
    // Models that are no part of a stack, with the way in which they are exported.
    private static readonly Dictionary<string, string> others = new()
    {
        ["NetworkModel"] = "a net for images, exported by its own overload",
    };

    /// <summary>Every model and map of the catalogue has a form.</summary>
    [Fact]
    public void Every_model_and_map_of_the_catalogue_has_a_form()
    {
        var known = Library.Catalogue.Records.Select(record => record.Type)
            .Where(type => typeof(IModel).IsAssignableFrom(type) || typeof(IMap).IsAssignableFrom(type)).ToArray();
        Assert.NotEmpty(known);
        Assert.DoesNotContain(known.Except(KnownForms.All.Types), type => !others.ContainsKey(type.Name));
        Assert.Empty(KnownForms.All.Types.Except(known));
    }

    /// <summary>The law of parts tries every learner and transform of the catalogue.</summary>
    [Fact]
    public void Every_learner_and_transform_of_the_catalogue_is_in_the_laws()
    {
        var tried = OnnxSamples.Tried.ToHashSet();
        Assert.DoesNotContain(Library.Catalogue.Learners.Select(entry => entry.Type), type => !tried.Contains(type));
        Assert.DoesNotContain(Library.Catalogue.Transforms.Select(entry => entry.Type), type => !tried.Contains(type));
    }

    [Fact]
    public void A_model_without_a_form_is_refused_with_its_path()
    {
        var data = Cases.Small();
        var inner = new CrossFitMap("first", [new Own()], new StackColumns());
        var failure = Refused(new PipelineModel(inner, new Own()), data);
        Assert.Equal(
            "first/fold: the model Own has no form in ONNX. Leave this learner out of the stack, or serve the model with the library.",
            failure.ToString());
        Assert.Equal("the transform OwnMap has no form in ONNX. Make its columns before the model, or serve the model with the library.",
            Refused(new PipelineModel(new OwnMap(), new Own()), data).ToString());
    }

    [Fact]
    public void A_card_that_does_not_fit_is_refused()
    {
        var data = Cases.Small();
        var model = new Learners.Majority().FitModel(data, Seed.Of(1)).OrThrow();
        var card = ModelCard.Of(data, "y", 1);
        Assert.Contains("has no columns", Refused(model, card with { Schema = new(default) }));
        Assert.Contains("has the name of an output", Refused(model, card with { Schema = new([new ColumnSchema.Numeric("label")]) }));
        Assert.Contains("has the empty text as a level",
            Refused(model, card with { Schema = new([new ColumnSchema.Categorical("w", ["", "a"])]) }));

        static string Refused(IModel model, ModelCard card) => OnnxExport.Of(model, card).Match(_ => "", failure => failure.ToString());
    }

    private static Failure Refused(IModel model, Dataset data) =>
        OnnxExport.Of(model, ModelCard.Of(data, "y", 1)).Match(_ => throw new InvalidOperationException(), failure => failure);

    private sealed record Own : IModel
    {
        public Outcome<Prediction> Predict(Frame rows) => Outcome.Ok<Prediction>(new Prediction.Numeric(default));
    }

    private sealed record OwnMap : IMap
    {
        public Outcome<Frame> Apply(Frame rows) => Outcome.Ok(rows);
    }
}
