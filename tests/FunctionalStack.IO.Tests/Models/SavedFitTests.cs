using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.IO.Tests.Models;

public sealed class SavedFitTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_fit_writes_its_names_seed_and_scores()
    {
        var (fit, data) = Fitted(new OpinionPool());
        var path = folder.At("m.fstack");
        Assert.Equal(path, ModelFile.SaveFit(path, fit).OrThrow());
        var loaded = ModelFile.Load(path).OrThrow();

        Assert.Equal(("species", 7L, null), (loaded.Card.Target, loaded.Card.Seed, loaded.Card.Spec));
        Assert.Equal(((Target.Classes)data.Target).Levels, loaded.Card.Levels);
        Assert.Equal(Schema.Of(data.Frame), loaded.Schema);
        Assert.Equal(fit.Scores.SelectMany(model => model.Scores.Select(score => (model.Name, score.Metric, score.Mean))),
            loaded.Card.Scores.Select(score => (score.Model, score.Metric, score.Mean)));
        Assert.StartsWith("[{\"name\":\"bayes\",\"weight\":", Assert.Single(loaded.Card.Metadata).Value);
        Assert.Equal(fit.Predict(data.Frame).OrThrow(), loaded.Predict(data.Frame).OrThrow());

        // With the names by hand, as the guide showed it before, the model is the same.
        var card = ModelCard.Of(data, "species", 7) with { Scores = loaded.Card.Scores, Metadata = loaded.Card.Metadata };
        Assert.Equal(Saved.Bytes(fit, card, Library.Catalogue), File.ReadAllBytes(path));
    }

    [Fact]
    public void A_loaded_model_prints_its_card_and_scores()
    {
        var (fit, _) = Fitted(new LogisticRegression());
        ModelFile.SaveFit(folder.At("m.fstack"), fit).OrThrow();
        var lines = ModelFile.Load(folder.At("m.fstack")).OrThrow().ToString().Split('\n');
        Assert.Equal("species: classes setosa, versicolor, virginica, from sepal_length, sepal_width, petal_length, petal_width, seed 7",
            lines[0]);
        Assert.Equal(fit.ToString().Split('\n'), lines[1..]);
        Assert.Equal("y: classes no, yes, from x, seed 1", CardText.Of(new("y", ["no", "yes"], new([new ColumnSchema.Numeric("x")]), 1)));
        Assert.DoesNotContain('\n', CardText.Of(Saved.Card));
    }

    [Fact]
    public void The_spec_is_stored_if_it_is_given()
    {
        var data = Iris();
        var spec = SpecFile.Parse("""{"version":1,"learner":"naiveBayes"}""", "spec").OrThrow();
        var fit = spec.Build(data).OrThrow().Fit(data, Seed.Of(3)).OrThrow();
        Assert.Equal(SpecFile.Write(spec).OrThrow(), ModelCard.Of(fit, spec).OrThrow().Spec);
    }

    [Fact]
    public void A_part_of_a_fit_does_not_know_its_rows()
    {
        var (fit, _) = Fitted(new LogisticRegression());
        Assert.Equal("the model: does not know the rows that it was fitted on. Use the result of Fit, or give ModelFile.Save a card.",
            ModelFile.SaveFit(folder.At("m.fstack"), new(fit.Model)).Match(_ => "", failure => failure.ToString()));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static Dataset Iris() => DatasetReader.Read(EmbeddedData.Iris, new("species")).OrThrow().Dataset;

    private static (Trained Fit, Dataset Data) Fitted(ILearner meta)
    {
        var data = Iris();
        var stack = new Stack([new("bayes", new GaussianNaiveBayes()), new("knn", new KNearestNeighbors())], meta, new FoldPlan.Usual(3));
        return (stack.Fit(data, Seed.Of(7)).OrThrow(), data);
    }
}
