using System.Text.Json;
using FunctionalStack.Cli.Tests.Images;
using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

public class InspectCommandTests
{
    [Fact]
    public void Json_is_one_object_of_the_documented_fields()
    {
        using var tool =
            new Fstack(Sheet.Passengers().With("w", _ => "1").With("g", row => $"{row / 2}").With("f", row => $"{row / 2 % 3}"));
        var fit =
            tool.Done(
                "fit --data ./data.csv --target y --id id --weights w --groups g --fold-column f --spec ./spec.json --seed 5 --model "
                    + "./m.fstack --json").Json;
        var ran = tool.Done("inspect ./m.fstack --json");
        var json = ran.Json;
        Assert.Equal(["command", "model", "format", "kind", "library", "task", "target", "classes", "id", "seed", "columns", "scores",
            "spec"], json.Keys());
        Assert.Equal($"inspect {ModelFile.FormatVersion} classification y id 5",
            $"{json.GetProperty("command")} {json.GetProperty("format")} {json.GetProperty("task")} {json.GetProperty("target")} "
                + $"{json.GetProperty("id")} {json.GetProperty("seed")}");
        Assert.Equal(["no", "yes"], json.Texts("classes"));
        // The id, weights, groups and folds are not features.
        Assert.Equal(["age numeric ", "fare numeric ", "port categorical C Q S"],
            json.Items("columns")
            .Select(column => $"{column.GetProperty("name")} {column.GetProperty("kind")} {string.Join(' ', column.Texts("levels"))}"));
        Assert.Equal("given", json.GetProperty("spec").GetProperty("stack").GetProperty("folds").GetProperty("kind").GetString());
        var scores = json.Items("scores");
        Assert.Equal(3 * 6, scores.Length);
        Assert.All(scores, score => Assert.Equal(["name", "role", "metric", "mean"], score.Keys()));
        Assert.All(scores, score => Assert.Equal(
            fit.Model(score.GetProperty("name").GetString()!).GetProperty(score.GetProperty("metric").GetString()!).GetProperty("mean")
                .GetRawText(),
            score.GetProperty("mean").GetRawText()));
        Assert.Empty(ran.Error);
    }

    [Theory]
    [InlineData("opinionPool")]
    [InlineData("convexWeights")]
    public void The_weights_of_bases_are_shown(string meta)
    {
        using var tool = new Fstack();
        tool.Write("spec.json", "{\"version\":1,\"stack\":{\"bases\":[{\"learner\":\"knn\"},{\"learner\":\"naiveBayes\"}],"
            + $"\"meta\":{{\"learner\":\"{meta}\"}}}}}}");
        tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack --conformal 2");
        var weights = tool.Done("inspect ./m.fstack --json").Json.Items("weights");
        Assert.Equal(["knn", "naiveBayes"], weights.Select(one => one.GetProperty("name").GetString()));
        Assert.Contains($"weights of the combined models: knn {weights[0].GetProperty("weight").GetDouble():0.0000}, naiveBayes ",
            tool.Done("inspect ./m.fstack").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_net_is_described_with_its_layers_history_and_scores()
    {
        using var tool = new Fstack();
        Stripes.Idx(tool, "img");
        var train = tool.Done("train --images ./img --epochs 2 --batch 10 --seed 5 --model ./m.fstack --checkpoint ./c.fstack --json").Json;
        var json = tool.Done("inspect ./m.fstack --json").Json;
        Assert.Equal(["command", "model", "format", "kind", "library", "task", "target", "classes", "id", "seed", "columns", "scores",
            "spec", "network", "history", "moments"], json.Keys());
        Assert.Equal("population", json.GetProperty("moments").GetString());
        Assert.Equal(("network", "classification", "class", 5),
            (json.GetProperty("kind").GetString(), json.GetProperty("task").GetString(), json.GetProperty("target").GetString(),
            json.GetProperty("seed").GetInt32()));
        var network = json.GetProperty("network");
        Assert.Equal(train.GetProperty("parameters").GetInt32(), network.GetProperty("parameters").GetInt32());
        Assert.Equal(train.GetProperty("parameters").GetInt32(),
            network.Items("layers").Sum(layer => layer.GetProperty("parameters").GetInt32()));
        Assert.Equal(["layer 1, Conv2D(32, 3x3, no bias)", "layer 2, BatchNorm"],
            network.Items("layers").Take(2).Select(layer => layer.GetProperty("name").GetString()!));
        Assert.Equal([6, 6, 32], network.Items("layers")[0].Numbers("output"));
        Assert.Equal(
            train.Items("history").Select(epoch => epoch.GetProperty("testLoss").GetRawText()),
            json.Items("history").Select(epoch => epoch.GetProperty("testLoss").GetRawText()));
        Assert.Equal(
            [("net", "loss"), ("net", "accuracy"), ("net with population moments", "loss"), ("net with population moments", "accuracy")],
            json.Items("scores").Select(score => (score.GetProperty("name").GetString()!, score.GetProperty("metric").GetString()!)));
        Assert.Equal(train.GetProperty("test").GetProperty("loss").GetRawText(), json.Items("scores")[0].GetProperty("mean").GetRawText());

        var text = tool.Done("inspect ./m.fstack").Output;
        Assert.Matches(@"│ layer 1, Conv2D\(32, 3x3, no bias\) +│ 6x6x32 +│ +288 │", text);
        Assert.Contains("trained: 2 epochs, batch 10, Adam, learning rate 0.001, batch normalization with population moments", text);
        Assert.Contains("m.fstack: classification of 'class' (0, 1, 2), seed 5", text);
        Assert.Matches(@"\ntest images, moving averages: loss \d\.\d{4}, accuracy \d\.\d{4}\n"
            + @"test images, population moments \(used by the saved net\): loss \d\.\d{4}, accuracy \d\.\d{4}\n", text);
        Assert.Contains("c.fstack: a checkpoint, classification of 'class'", tool.Done("inspect ./c.fstack").Output);
    }

    [Fact]
    public void Text_has_a_summary()
    {
        var data = Sheet.Passengers().With("y", row => $"class{row % 15:00}");
        using var tool = new Fstack(data);
        tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack");
        var ran = tool.Done("inspect ./m.fstack");
        Assert.Contains(
            "classification of 'y' (class00, class01, class02, class03, class04, class05, class06, class07, class08, class09, class10, "
                + "... 15 in total), seed 42", ran.Output);
        Assert.Contains("id column: 'id'", ran.Output);
        Assert.Matches(@"\nbase naiveBayes: accuracy 0\.\d{4}, log-loss \d+\.\d{4}, ROC AUC 0\.\d{4}\n", ran.Output);
        Assert.Contains(" more lines; --json has the whole spec", ran.Output);
        Assert.InRange(ran.Output.Split('\n').Length, 1, 40);
        Assert.Empty(ran.Error);
    }

    [Fact]
    public void Json_lists_additional_missing_value_markers()
    {
        using var tool = new Fstack(Sheet.Passengers().With("age", 4, "-999"));
        tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --missing -999 --missing ? --model ./m.fstack");
        var columns = tool.Done("inspect ./m.fstack --json").Json.Items("columns");
        Assert.All(columns, column => Assert.Equal(["-999", "?"], column.Texts("missing")));
    }
}
