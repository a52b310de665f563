using FunctionalStack.IO.Tests.Models;
using FunctionalStack.Plugin.Sample;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.IO.Tests.Catalogues;

/// <summary>A learner of another assembly, from a spec to a model file and a journal, without any state of the process.</summary>
public sealed class SampleTests
{
    private const string Spec =
        """
        {"version":1,"stack":{"folds":{"k":3},"bases":[{"learner":"knn"},
          {"learner":"bagging","params":{"learner":{"learner":"nearestMean","params":{"width":2}}}},
          {"name":"clipped","learner":"nearestMean","preprocess":["standardize",{"name":"clip","params":{"bound":1}}]}]}}
        """;

    private static readonly Catalogue mine = Library.Catalogue.With(new SampleCatalogue().Catalogue);

    private static readonly Dataset iris = DatasetReader.Read(EmbeddedData.Iris, new TableRoles("species")).OrThrow().Dataset;

    [Fact]
    public void It_is_fitted_from_a_spec_evaluated_and_kept()
    {
        var spec = SpecFile.Parse(Spec, "spec", mine).OrThrow();
        Assert.Equal(spec, SpecFile.Parse(SpecFile.Write(spec, mine).OrThrow(), "spec", mine).OrThrow());
        var learner = Assert.IsType<Stack>(spec.Build(iris, catalogue: mine).OrThrow());
        // A nested learner has its own default preprocessing.
        Assert.Equal(Recipe.ForDistances, Assert.IsType<Pipeline>(learner.Bases[1].Learner).Transform);

        var scores = Executor.Inline.Evaluate(learner, iris, new FoldPlan.Stratified(3), Seed.Of(1)).OrThrow();
        Assert.InRange(scores.Models.Single(one => one.Name == "clipped")["accuracy"].Mean, 0.8, 1);

        var model = learner.Fit(iris, Seed.Of(1)).OrThrow().Model;
        var loaded = Saved.Read(Saved.Bytes(model, catalogue: mine), mine).OrThrow().Model;
        Assert.Equal(model, loaded);
        Assert.Equal(model.Predict(iris.Frame).OrThrow(), loaded.Predict(iris.Frame).OrThrow());
    }

    [Fact]
    public void A_journal_keeps_its_fits()
    {
        using var folder = new TempFolder();
        var learner = SpecFile.Parse(Spec, "spec", mine).Bind(spec => spec.Build(iris, catalogue: mine)).OrThrow();
        Assert.Equal(Fitted(), Fitted());

        IModel Fitted()
        {
            using var journal = RunJournal.Open(folder.Path, mine).OrThrow();
            var model = Executor.Inline.Through(journal).Fit(learner, iris, Seed.Of(1)).OrThrow().Model;
            Assert.Empty(journal.Report.Notes);
            return model;
        }
    }

    [Fact]
    public void Without_its_catalogue_nothing_knows_it()
    {
        var spec = SpecFile.Parse(Spec, "spec", mine).OrThrow();
        Assert.Contains("'nearestMean' is not a learner", SpecFile.Parse(Spec, "spec").Match(_ => "", failure => failure.What));
        Assert.Contains("spec files have no name for", SpecFile.Write(spec).Match(_ => "", failure => failure.What));
        var bytes = Saved.Bytes(new NearestMean().FitModel(iris, Seed.Of(1)).OrThrow(), catalogue: mine);
        var refusal = Saved.Refusal(bytes, Library.Catalogue);
        Assert.Contains("has a 'sample.nearestMean', which this version does not know", refusal.What);
        Assert.Contains("--plugin", refusal.Remedy);
    }

    [Fact]
    public void It_is_loaded_from_its_file()
    {
        var loaded = PluginFile.Load(typeof(NearestMean).Assembly.Location).OrThrow();
        Assert.Equal(mine.Learners.Select(entry => entry.Name), loaded.Learners.Select(entry => entry.Name));
        Assert.Equal(mine.Records.Select(record => record.Tag), loaded.Records.Select(record => record.Tag));
        // The library is this process's, so its learners are this process's learners.
        Assert.NotNull(loaded.Learner("nearestMean")!.Usual.Fit(iris, Seed.Of(1)).OrThrow());
    }

    public sealed class Broken : ICatalogueSource
    {
        public Catalogue Catalogue => throw new MissingMethodException("Method not found:\nGone.");
    }

    [Fact]
    public void What_is_no_plugin_is_refused()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("words.dll"), "words");
        Refused(folder.At("absent.dll"), "no such file");
        Refused(folder.Path, "is a folder, not a file");
        Refused(folder.At("words.dll"), "is not a .NET assembly");
        Refused(typeof(Xunit.Assert).Assembly.Location, "holds no catalogue");
        Refused(typeof(Broken).Assembly.Location, "its catalogue cannot be created: Method not found: Gone");
        Refused(typeof(NearestMean).Assembly.Location, $"the learner name 'nearestMean' of {typeof(NearestMean)} is already taken by",
            mine);

        static void Refused(string path, string what, Catalogue? catalogue = null)
        {
            var failure = PluginFile.Load(path, catalogue).Match(_ => throw new Xunit.Sdk.XunitException("it was loaded"), f => f);
            Assert.Equal(path, failure.Where);
            Assert.Contains(what, failure.What);
        }
    }
}
