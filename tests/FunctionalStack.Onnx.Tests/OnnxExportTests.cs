using FunctionalStack.IO;
using FunctionalStack.Laws;
using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;
using Microsoft.ML.OnnxRuntime;
using Xunit;

namespace FunctionalStack.Onnx.Tests;

public class OnnxExportTests
{
    [SharedFact("iris/iris.csv")]
    public void A_logistic_regression_of_iris_is_exported()
    {
        var data = Cases.Iris();
        var model = new LogisticRegression().FitModel(data, Seed.Of(1)).OrThrow();
        using var run = new OnnxRun(OnnxExport.Of(model, ModelCard.Of(data, "species", 1)).OrThrow());
        Agree.Of(model.Predict(data.Frame).OrThrow(), run.Predict(data.Frame), Agree.Double);
    }

    /// <summary>Rows that are the thresholds of trees go left, as in the library.</summary>
    [SharedFact("iris/iris.csv")]
    public void Rows_on_a_threshold_go_the_librarys_way()
    {
        var data = Cases.Iris();
        var forest = (RandomForestModel)new RandomForest(20).FitModel(data, Seed.Of(1)).OrThrow();
        double[] thresholds = [.. forest.Trees.SelectMany(tree => tree.Threshold).Distinct().Take(80)];
        var rows = new Frame(thresholds.Length, EquatableArray.From(data.Frame.Names.Select(name =>
            new NamedColumn(name, new Column.Numeric(EquatableArray.Of(thresholds))))));
        using var run = new OnnxRun(OnnxExport.Of(forest, ModelCard.Of(data, "species", 1)).OrThrow());
        Assert.Equal(0, Agree.Of(forest.Predict(rows).OrThrow(), run.Predict(rows), 0));
    }

    [SharedFact("iris/iris.csv")]
    public void A_row_alone_has_the_numbers_of_the_row_in_company()
    {
        var data = Cases.Iris();
        var model = Stacking.Of(("forest", Recipe.ForTrees.Then(new RandomForest(10))), ("near", new KNearestNeighbors()),
            ("bayes", new GaussianNaiveBayes())).Folds(3).Meta(new OpinionPool()).FitModel(data, Seed.Of(1)).OrThrow();
        using var run = new OnnxRun(OnnxExport.Of(model, ModelCard.Of(data, "species", 1)).OrThrow());
        var all = run.Predict(data.Frame);
        for (var row = 0; row < data.RowCount; row += 7)
        {
            var alone = run.Predict(data.Frame.Take([row]));
            Assert.Equal(all.Labels![row], alone.Labels![0]);
            for (var c = 0; c < 3; c++) Assert.Equal(all.Numbers[3 * row + c], alone.Numbers[c], 1e-15);
        }
    }

    [Fact]
    public void A_result_of_a_fit_and_a_loaded_model_are_exported_as_their_model()
    {
        var data = Cases.Small();
        var card = ModelCard.Of(data, "y", 1);
        var trained = Recipe.ForTrees.Then(new DecisionTree()).Fit(data, Seed.Of(1)).OrThrow();
        var expected = OnnxExport.Of(trained.Model, card).OrThrow().ToArray();
        Assert.Equal(expected, trained.ToOnnx(card).OrThrow().ToArray());
        Assert.Equal(expected, Cases.Saved(trained.Model, card).ToOnnx().OrThrow().ToArray());
    }

    [Fact]
    public void The_metadata_describe_the_model()
    {
        var data = Cases.Small();
        var model = new Impute().Then(new OneHot()).Then(new LogisticRegression()).FitModel(data, Seed.Of(1)).OrThrow();
        using var run = new OnnxRun(OnnxExport.Of(model, ModelCard.Of(data, "answer", 7)).OrThrow());
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["functionalstack.target"] = "answer",
                ["functionalstack.task"] = "classification",
                ["functionalstack.levels"] = """["no","yes"]""",
                ["functionalstack.columns"] =
                    """[{"name":"x","kind":"numeric"},{"name":"w","kind":"categorical","levels":["a","b"]}]""",
                ["functionalstack.seed"] = "7",
                ["functionalstack.library"] = new ModelCard("y", default, new(default), 1).Library,
            },
            run.Metadata);
    }

    [Fact]
    public void A_run_that_stops_says_why()
    {
        var data = Cases.Small();
        var model = new OneHot(Unseen: Unseen.Fail).Then(new LogisticRegression()).FitModel(data, Seed.Of(1)).OrThrow();
        using var run = new OnnxRun(OnnxExport.Of(model, ModelCard.Of(data, "y", 1)).OrThrow());
        Assert.Contains("oneHot/column 'w' holds a level that no training row had", Stopped(2, "other"));
        Assert.Contains("linear/a number is missing or infinite", Stopped(double.NaN, "a"));
        Assert.Contains("linear/a number is missing or infinite", Stopped(double.PositiveInfinity, "a"));

        string Stopped(double x, string w) => Assert.ThrowsAny<OnnxRuntimeException>(() =>
            run.Predict(Frame.Of(("x", Column.Numeric.Of(x)), ("w", Column.Categorical.Of(w))))).Message;
    }

    /// <summary>onnxruntime leaves out a product with a constant that is 1 in single precision.</summary>
    [Theory]
    [InlineData(1 + 1e-12)]
    [InlineData(1 - 1e-9)]
    public void Constants_near_1_are_used(double constant)
    {
        var data = Cases.Small();
        var frame = data.Frame.Select("x");
        var model = new PipelineModel(new Log1pMap(["x"]),
            new PipelineModel(new ScalingMap([new("x", 0, constant)]), new LinearModel(["x"], [0], [1], 0, 0)));
        using var run = new OnnxRun(OnnxExport.Of(model, new ModelCard("y", default, Schema.Of(frame), 1)).OrThrow());
        Agree.Of(model.Predict(frame).OrThrow(), run.Predict(frame), 1e-15);
    }

    /// <summary>An empty name is an input that is not given.</summary>
    [Fact]
    public void A_column_without_a_name_is_refused()
    {
        var frame = Frame.Of(("", Column.Numeric.Of(1, 2)));
        Assert.Equal("a column", Assert.IsType<Outcome<OnnxModel>.Fail>(OnnxExport.Of(
            new LinearModel([""], [0], [1], 0, 0), new ModelCard("y", default, Schema.Of(frame), 1))).Failure.Where);
    }

    [Fact]
    public void A_file_is_saved_and_a_folder_that_is_absent_is_refused()
    {
        var data = Cases.Small();
        var exported = OnnxExport.Of(new Majority().FitModel(data, Seed.Of(1)).OrThrow(), ModelCard.Of(data, "y", 1)).OrThrow();
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        try
        {
            exported.Save(path).OrThrow();
            Assert.Equal(exported.ToArray(), File.ReadAllBytes(path));
        }
        finally
        {
            File.Delete(path);
        }

        Assert.IsType<Outcome<string>.Fail>(exported.Save(Path.Combine(path, "none", "m.onnx")));
    }
}
