using System.Text.Json.Nodes;
using FunctionalStack.Laws;
using FunctionalStack.Cli.Tests.Images;
using FunctionalStack.Neural;
using Xunit;

namespace FunctionalStack.Cli.Tests.Demos;

public class DemoCommandTests
{
    [Fact]
    public void Titanic_prints_the_actual_shapes()
    {
        var (code, text, _) = Run("demo", "titanic", "--threads", "2");
        Assert.Equal(0, code);
        Assert.Contains("fit on 713 rows, predict 178 held-out rows", text);
        Assert.Contains("P is 891 x 5, p is 418 x 5", text);
        Assert.Contains("the mean of 5 of 418 x 1", text);
        Assert.Contains("on the 418 test rows: accuracy 0.", text);
    }

    [Fact]
    public void Json_is_one_object_and_the_same_for_any_number_of_threads()
    {
        var (code, one, _) = Run("demo", "titanic", "--threads", "1", "--json");
        var (_, two, _) = Run("demo", "titanic", "--threads", "2", "--json");
        Assert.Equal(0, code);
        Assert.Equal(one, two);
        var answer = JsonNode.Parse(one)!;
        Assert.Equal(("demo", "titanic", 891), ((string?)answer["command"], (string?)answer["demo"], (int)answer["rows"]!));
        Assert.Equal([418, 5], answer["testMatrix"]!.AsArray().Select(n => (int)n!));
        Assert.Equal(["forest", "strangers", "knn", "naiveBayes", "logistic", "stack, mean of five", "stack"],
            answer["models"]!.AsArray().Select(m => (string?)m!["name"]));
    }

    [Fact]
    public void Iris_and_titanic_are_one_report_in_a_new_folder()
    {
        using var tool = new Fstack();
        var ran = tool.Done("demo --threads 2 --report ./new/report --figures ./ --json").Json;
        Assert.Equal("all", ran.GetProperty("demo").GetString());
        Assert.Equal(tool.At("new/report/index.html"), ran.GetProperty("report").GetString());
        Assert.Equal(["index.html"], Directory.GetFileSystemEntries(tool.At("new/report")).Select(Path.GetFileName));
        var page = File.ReadAllText(tool.At("new/report/index.html"));
        Assert.All((string[])["iris-regions", "iris-learning-curve", "iris-ensemble-size", "titanic-correlation"], name =>
        {
            Assert.Contains($"<figure id=\"{name}\">", page, StringComparison.Ordinal);
            SvgFile.Check(File.ReadAllText(tool.At($"{name}.svg")));
        });
        Assert.Equal(4, ran.Items("figures").Length);
    }

    [Theory]
    [InlineData("demo iris --figures ./absent", "--figures: absent/figure.svg: the folder 'absent' does not exist")]
    [InlineData("demo iris --report ./taken", "--report: taken/index.html: exists and is not a report")]
    public void Folders_that_cannot_take_the_files_are_refused_before_the_work(string line, string message)
    {
        using var tool = new Fstack();
        Directory.CreateDirectory(tool.At("taken"));
        tool.Write("taken/index.html", "a page of somebody");
        Assert.StartsWith(message, tool.Refused(line), StringComparison.Ordinal);
    }

    [Fact]
    public void Digits_are_cross_validated_with_other_learners_and_drawn()
    {
        using var tool = new Fstack();
        var ran = tool.Done("demo digits --epochs 2 --threads 2 --report ./report --json").Json;
        Assert.Equal(("demo", "digits", 1797, 5),
            (ran.GetProperty("command").GetString(), ran.GetProperty("demo").GetString(), ran.GetProperty("rows").GetInt32(),
            ran.GetProperty("folds").GetInt32()));
        Assert.Equal(["convolutional net", "with moving averages", "1-NN", "forest"],
            ran.Items("models").Select(model => model.GetProperty("name").GetString()!));
        Assert.All(ran.Items("models"), model => Assert.Equal(5, model.GetProperty("accuracy").Items("folds").Length));
        // The known accuracy of 1-NN on these data is 0.98 to 0.99.
        Assert.InRange(ran.Model("1-NN").GetProperty("accuracy").GetProperty("mean").GetDouble(), 0.98, 0.99);
        Assert.InRange(ran.Model("convolutional net").GetProperty("accuracy").GetProperty("mean").GetDouble(), 0.9, 1);
        Assert.Equal(2, ran.Items("history").Length);
        var page = File.ReadAllText(tool.At("report/index.html"));
        Assert.All((string[])["leaderboard", "training", "predictions", "mistakes"],
            part => Assert.Contains($"<section id=\"{part}\"", page, StringComparison.Ordinal));
        Assert.Contains("data:image/png;base64,", page, StringComparison.Ordinal);
    }

    [Fact]
    public void MNIST_scores_are_printed_beside_the_published_ones()
    {
        using var tool = new Fstack();
        Stripes.Idx(tool, "img", train: 64, side: 28);
        var ran = tool.Done("demo mnist --data ./img --epochs 1 --report ./report --json").Json;
        Assert.Equal((0.0435424, 0.9902),
            (ran.GetProperty("published").GetProperty("loss").GetDouble(),
            ran.GetProperty("published").GetProperty("accuracy").GetDouble()));
        Assert.Equal(ReferenceNetwork.For(new(28, 28, 1), 3).Check().OrThrow().ParameterCount, ran.GetProperty("trainable").GetInt32());
        Assert.Contains("id=\"training\"", File.ReadAllText(ran.GetProperty("report").GetString()!),
            StringComparison.Ordinal);
        var text = tool.Done("demo mnist --data ./img --epochs 1").Output;
        Assert.Contains("published, after 10", text);
        Assert.Matches(@"│ loss +│ +0\.0435 │", text);
        Assert.Matches(@"│ accuracy +│ +99\.02% │", text);
        Assert.Contains("Conv2D(32, 3x3, no bias)", text);
    }

    [Fact]
    public void Snapshots_of_MNIST_and_their_stack_are_scored_on_the_test_images()
    {
        using var tool = new Fstack();
        Stripes.Idx(tool, "img", train: 64, side: 28);
        var ran = tool.Done("demo mnist --stack --data ./img --epochs 5 --report ./report --json").Json;
        Assert.Equal([1, 2, 3, 4, 5], ran.Items("snapshots").Select(snapshot => snapshot.GetProperty("epoch").GetInt32()));
        Assert.All(ran.Items("snapshots"), snapshot => Assert.Equal(["epoch", "loss", "accuracy"], snapshot.Keys()));
        Assert.Equal(["loss", "accuracy"], ran.GetProperty("test").Keys());
        Assert.Equal(5, ran.Items("history").Length);
        Assert.Contains("id=\"training\"", File.ReadAllText(ran.GetProperty("report").GetString()!),
            StringComparison.Ordinal);
        Assert.Equal(2, ran.GetProperty("augmentation").GetProperty("shift").GetDouble());
        var text = tool.Done("demo mnist --stack --data ./img --epochs 5").Output;
        Assert.Matches(@"│ snapshot 5, after epoch 5 │ +\d\.\d{4} │ +\d+\.\d\d% │", text);
        Assert.Matches(@"│ stack, mean of 5 +│ +\d\.\d{4} │ +\d+\.\d\d% │", text);
    }

    [Theory]
    [InlineData("demo", "mnist", "--stack", "--epochs", "6")]
    [InlineData("demo", "iris", "--stack")]
    [InlineData("demo", "mnist", "--data", "absent")]
    [InlineData("demo", "mnist", "--test", "b.csv")]
    [InlineData("demo", "iris", "--run", "folder")]
    [InlineData("demo", "--memory-budget", "100")]
    [InlineData("demo", "digits", "--data", "a.csv")]
    [InlineData("demo", "iris", "--epochs", "3")]
    [InlineData("demo", "mnist", "--epochs", "0")]
    [InlineData("demo", "daisies")]
    [InlineData("demo", "titanic", "--data", "train.csv")]
    [InlineData("demo", "iris", "--data", "a.csv", "--test", "b.csv")]
    [InlineData("demo", "titanic", "--data", "absent.csv", "--test", "absent.csv")]
    public void Bad_usage_exits_with_2_and_one_message(params string[] args)
    {
        var (code, text, error) = Run(args);
        Assert.Equal((2, ""), (code, text));
        Assert.StartsWith("fstack: ", error);
    }

    [SharedFact("titanic")]
    public void Kaggles_files_give_a_submission_and_the_target_score()
    {
        var folder = Repository.Shared("titanic");
        var submission = Path.Combine(Path.GetTempPath(), $"fstack-{Guid.NewGuid():N}.csv");
        try
        {
            var (code, text, error) =
                Run("demo", "titanic", "--data", Path.Combine(folder, "train.csv"), "--test", Path.Combine(folder, "test.csv"),
                    "--submission", submission, "--json");
            Assert.True(code == 0, error);
            var lines = File.ReadAllLines(submission);
            Assert.Equal("PassengerId,Survived", lines[0]);
            Assert.Equal(418, lines.Length - 1);
            Assert.All(lines.Skip(1).Index(), line => Assert.Matches($"^{892 + line.Index},[01]$", line.Item));
            var models = JsonNode.Parse(text)!["models"]!.AsArray();
            var stack = models[^1]!;
            Assert.True((double)stack["accuracy"]!["mean"]! >= 0.835);
            Assert.All(models.SkipLast(2),
                model => Assert.True((double)model!["logLoss"]!["mean"]! > (double)stack["logLoss"]!["mean"]!, $"{model["name"]}"));
        }
        finally
        {
            File.Delete(submission);
        }
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (App.Run(args, output, error), output.ToString(), error.ToString());
    }
}
