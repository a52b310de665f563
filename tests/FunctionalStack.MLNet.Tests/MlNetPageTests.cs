using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FunctionalStack.IO;
using Microsoft.ML;
using Xunit;

namespace FunctionalStack.MLNet.Tests;

/// <summary>The C# blocks of docs/mlnet.md are lines of this file, which run here.</summary>
public class MlNetPageTests
{
    [Fact]
    public void Trainers_are_learners()
    {
        var iris = EmbeddedData.Iris.ToDataset("species").OrThrow();
        var lightGbm = MlNet.Learner(ml => ml.MulticlassClassification.Trainers.LightGbm(), "lightGbm");
        var sdca = MlNet.Learner(ml => ml.Transforms.NormalizeMinMax("Features")
            .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy()), "sdca");

        var stack = Stacking
            .Of(("lightGbm", lightGbm), ("sdca", sdca), ("forest", Learn.RandomForest(100)))
            .Folds(5)
            .Meta(Learn.Logistic());
        var model = stack.Fit(iris, Seed.Of(42), threads: 2).OrThrow();
        Assert.Equal(4, model.Scores.Count);
    }

    [Fact]
    public void Learners_are_estimators()
    {
        var data = EmbeddedData.Iris.ToDataset("species").OrThrow();
        var columns = data.Frame.Names.ToArray();
        var keys = data.ToDataView("key");
        var view = new MLContext().Transforms.Conversion.MapKeyToValue("species", "key").Fit(keys).Transform(keys);
        var ml = new MLContext(seed: 1);
        var pipeline = ml.Transforms.Concatenate("Features", columns)
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", "species"))
            .Append(Learn.GradientBoosting().AsEstimator(Seed.Of(42)))
            .Append(ml.Transforms.Conversion.MapKeyToValue("species predicted", "PredictedLabel"));
        var predicted = pipeline.Fit(view).Transform(view);
        var accuracy = ml.MulticlassClassification.Evaluate(predicted).MacroAccuracy;
        Assert.InRange(accuracy, 0.9, 1);
    }

    [Fact]
    public void The_page_shows_lines_of_this_file()
    {
        var source = File.ReadAllText(Here());
        var page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "docs", "mlnet.md"));
        var blocks = Regex.Matches(page, "^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline);
        Assert.Equal(2, blocks.Count);
        Assert.All(blocks, block =>
            Assert.Contains(Regex.Replace(block.Groups[1].Value, "^(?=.)", "        ", RegexOptions.Multiline), source));
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
