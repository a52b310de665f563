using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

/// <summary>Properties of every spec with a stack at any place, equal in the tool and in the library.</summary>
public class ContractTests
{
    private const string Fit = "fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack";
    private const string Inner = """{"bases":[{"learner":"knn"},{"learner":"naiveBayes"}],"folds":{"k":3}}""";

    [Theory]
    [InlineData("""{"version":1,"stack":{{INNER}}}""", "knn", "naiveBayes", "stack")]
    [InlineData("""{"version":1,"stack":{{INNER}},"preprocess":["impute","ordinal"]}""", "knn", "naiveBayes", "stack")]
    [InlineData("""{"version":1,"stack":{{INNER}},"columns":["age","fare"]}""", "knn", "naiveBayes", "stack")]
    [InlineData("""{"version":1,"stack":{{INNER}},"calibrate":"platt"}""", "stack", "calibrated")]
    [InlineData("""{"version":1,"learner":"knn","calibrate":"platt"}""", "knn", "calibrated")]
    [InlineData("""{"version":1,"stack":{"bases":[{"name":"inner","stack":{{INNER}}},{"learner":"tree"}],"folds":{"k":3}}}""", "inner",
        "tree", "stack")]
    public void Every_spec_with_a_stack_has_scores_and_an_out_of_fold_file(string spec, params string[] names)
    {
        using var tool = new Fstack(spec: spec.Replace("{{INNER}}", Inner));
        var fitted = tool.Done($"{Fit} --oof ./oof.csv --json").Json;
        Assert.Equal(names, fitted.Items("models").Select(model => model.GetProperty("name").GetString()));
        Assert.Equal(["id", "y", .. names.SelectMany(name => new[] { $"{name}:P(no)", $"{name}:P(yes)" })], tool.Table("oof.csv").Names);
        var evaluated = tool.Done("evaluate --data ./data.csv --target y --id id --spec ./spec.json --folds 2 --json").Json;
        Assert.Equal(names, evaluated.Items("models").Select(model => model.GetProperty("name").GetString()));
        Assert.Equal(fitted.Items("models").Select(model => model.GetProperty("name").GetString()),
            ModelFile.Describe(tool.At("m.fstack")).OrThrow().Scores.Select(score => score.Model).Distinct());
    }

    /// <summary>With the same seed, spec and file, the folds of the tool equal those of the library.</summary>
    [Fact]
    public void The_folds_of_the_tool_equal_those_of_the_library()
    {
        using var tool = new Fstack();
        var data = DatasetReader.Read(tool.At("data.csv"), new TableRoles("y", "id")).OrThrow().Dataset;
        var learner = SpecFile.Read(tool.At("spec.json")).Bind(spec => spec.Build(data)).OrThrow();
        var expected = Executor.Inline.Evaluate(learner, data, new FoldPlan.Usual(5), Seed.Of(42)).OrThrow();
        var evaluated = tool.Done("evaluate --data ./data.csv --target y --id id --spec ./spec.json --json").Json;
        foreach (var model in expected.Models)
            Assert.Equal(model["logLoss"].Mean, evaluated.Model(model.Name).GetProperty("logLoss").GetProperty("mean").GetDouble());
        tool.Done($"{Fit} --oof ./oof.csv");
        var trained = learner.Fit(data, Seed.Of(42)).OrThrow();
        foreach (var part in trained.OutOfFold)
            Assert.Equal(((Prediction.Probabilities)part.Prediction).Matrix.Where((_, i) => i % 2 == 1),
                tool.Table("oof.csv").Numbers($"{part.Name}:P(yes)"));
    }

    [Theory]
    [InlineData("""{"version":1,"stack":{"bases":[{"learner":"knn"},{"name":"last","learner":"knn","params":{"k":0}}]}}""",
        "last: knn: k is 0.")]
    [InlineData("""{"version":1,"stack":{"bases":[{"learner":"knn"}],"meta":{"learner":"logistic","params":{"c":-1}}}}""",
        "meta-learner: logistic: c is -1.")]
    [InlineData("""{"version":1,"stack":{"bases":[{"learner":"knn"}],"meta":{"learner":"ridge"}}}""",
        "meta-learner: ridge: the target holds classes, but this is a regressor.")]
    [InlineData("""{"version":1,"stack":{"bases":[{"learner":"knn"},{"learner":"lasso"}]}}""",
        "lasso: the target holds classes, but this is a regressor.")]
    [InlineData("""{"version":1,"stack":{"bases":[{"learner":"knn"}],"meta":{"learner":"convexWeights","preprocess":["standardize"]}}}""",
        "meta-learner: convexWeights: it weights the predictions of bases, but standardize before it changes these columns")]
    [InlineData("""{"version":1,"stack":{"bases":[{"learner":"knn"}],"meta":{"learner":"convexWeights"},"passthrough":true}}""",
        "stack: convexWeights weights the predictions of bases, but original columns are passed through to it.")]
    public void Invalid_specs_are_refused_before_the_first_fit(string spec, string message)
    {
        using var tool = new Fstack(spec: spec);
        foreach (var line in new[] { Fit, "evaluate --data ./data.csv --target y --id id --spec ./spec.json" })
        {
            Assert.StartsWith($"data.csv by spec.json: {message}", tool.Refused(line));
            var run = tool.Run($"{line} --run ./kept");
            Assert.Equal(App.BadInput, run.Code);
            Assert.Empty(Directory.GetFiles(tool.At("kept"), "*.entry"));
            Directory.Delete(tool.At("kept"), recursive: true);
        }
    }

    [Fact]
    public void A_learner_that_weights_bases_is_refused_on_a_raw_table()
    {
        using var tool = new Fstack(spec: """{"version":1,"learner":"convexWeights"}""");
        Assert.Contains("does not hold predictions of a base",
            tool.Refused("fit --data ./data.csv --target fare --spec ./spec.json --model ./m.fstack"));
    }

    /// <summary>The model card and the list of skipped bases match the model, wherever the stack is in the spec.</summary>
    [Theory]
    [InlineData("""{"version":1,"stack":{{INNER}},"preprocess":["impute","ordinal"]}""")]
    [InlineData("""{"version":1,"stack":{{INNER}},"columns":["age","fare"]}""")]
    [InlineData("""{"version":1,"stack":{{INNER}},"calibrate":"platt"}""")]
    [InlineData(
        """{"version":1,"stack":{"folds":{"k":3},"bases":[{"learner":"knn"},{"learner":"naiveBayes"}],"metas":[{"learner":"logistic"},{"learner":"convexWeights"}]}}""")]
    [InlineData(
        """{"version":1,"stack":{"folds":{"k":3},"bases":[{"learner":"knn"},{"learner":"naiveBayes"}],"meta":{"stack":{"bases":[{"learner":"knn"},{"learner":"tree"}]}}}}""")]
    public void After_a_time_budget_the_card_fits_the_same_model_again(string spec)
    {
        using var tool = new Fstack(spec: spec.Replace("{{INNER}}", Inner));
        Assert.Equal(["naiveBayes"], tool.Done($"{Fit} --json --time-budget 1e-9").Json.Texts("skipped"));
        var (first, kept) = (tool.Bytes("m.fstack"), ModelFile.Describe(tool.At("m.fstack")).OrThrow().Spec!);
        Assert.DoesNotContain("naiveBayes", kept);
        tool.Write("spec.json", kept).Done(Fit);
        Assert.Equal(first, tool.Bytes("m.fstack"));
    }

    [Theory]
    [InlineData("""{"version":1,"learner":"randomForest"}""")]
    [InlineData("""{"version":1,"learner":"voting","params":{"bases":[{"learner":"knn"},{"learner":"tree"}]}}""")]
    [InlineData("""{"version":1,"stack":{"bases":[{"learner":"knn"}]}}""")]
    public void A_time_budget_that_a_spec_cannot_keep_is_refused(string spec)
    {
        using var tool = new Fstack(spec: spec);
        foreach (var line in new[] { Fit, "evaluate --data ./data.csv --target y --id id --spec ./spec.json" })
        {
            Assert.StartsWith("data.csv by spec.json: time budget: the spec contains no stack with several bases",
                tool.Refused($"{line} --time-budget 100"));
        }
    }
}
