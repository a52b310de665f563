using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Cli.Tests.Output;

public class SearchesTests
{
    private const string Fit = "fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack";
    private const string Evaluate = "evaluate --data ./data.csv --target y --id id --spec ./spec.json --folds 3";

    private const string Spec =
        """{"version":1,"learner":"tuned","params":{"learner":{"learner":"knn"},"space":{"k":[1,3,7],"weights":["uniform","distance"]},"search":"grid","folds":{"k":2}}}""";

    [Fact]
    public void Evaluate_and_fit_report_the_path_of_a_search()
    {
        using var tool = new Fstack(spec: Spec);
        var text = tool.Done(Evaluate).Output;
        Assert.Contains("tuned: 6 trials in 3 searches", text);
        Assert.Contains("k=3, weights=uniform", text);

        var searches = tool.Done($"{Evaluate} --json").Json.Items("search").ToArray();
        Assert.Equal([1, 2, 3], searches.Select(search => search.GetProperty("fold").GetInt32()));
        foreach (var search in searches)
        {
            var trials = search.Items("trials").ToArray();
            Assert.Equal(["k=1, weights=uniform", "k=1, weights=distance", "k=3, weights=uniform", "k=3, weights=distance",
                "k=7, weights=uniform", "k=7, weights=distance"], trials.Select(trial => trial.GetProperty("name").GetString()));
            var scores = trials.Select(trial => trial.GetProperty("mean").GetDouble()).ToArray();
            Assert.Equal(Array.IndexOf(scores, scores.Min()), search.GetProperty("chosen").GetInt32());
            Assert.Equal((3, "uniform"), (trials[2].GetProperty("point").GetProperty("k").GetInt32(),
                trials[2].GetProperty("point").GetProperty("weights").GetString()));
        }

        Assert.Matches(
            "tuned: k=[137], weights=(uniform|distance) \\(inner log-loss [0-9.]+, the best of 6 trials\\)", tool.Done(Fit).Output);
        Assert.Equal("KNearestNeighborsModel", ((PipelineModel)ModelFile.Load(tool.At("m.fstack")).OrThrow().Model).Model.GetType().Name);
    }

    [Fact]
    public void Points_that_differ_between_outer_folds_are_shown_by_fold()
    {
        using var tool = new Fstack(spec:
            """{"version":1,"learner":"tuned","params":{"learner":{"learner":"knn"},"space":{"k":{"from":1,"to":40}},"trials":2,"folds":{"k":2}}}""");
        var text = tool.Done(Evaluate).Output;
        Assert.Contains("tuned: the trial chosen in each outer fold\n", text);
        var searches = tool.Done($"{Evaluate} --json").Json.Items("search");
        Assert.True(searches.Select(search => search.Items("trials")[0].GetProperty("name").GetString()).Distinct().Count() > 1);
        foreach (var (search, i) in searches.Select((search, i) => (search, i)))
        {
            var chosen = search.Items("trials")[search.GetProperty("chosen").GetInt32()].GetProperty("name").GetString();
            Assert.Matches($@"│ +{i + 1} │ {chosen} +│ +\d\.\d{{4}} │ +2 │", text);
        }
    }

    [Fact]
    public void A_search_goes_on_from_a_journal()
    {
        using var tool = new Fstack(spec: Spec.Replace("grid", "halving"));
        var whole = tool.Done($"{Fit} --json --run ./run").Json;
        var bytes = tool.Bytes("m.fstack");
        Assert.True(whole.GetProperty("run").GetProperty("fitted").GetInt32() >= 13);
        foreach (var entry in Directory.GetFiles(tool.At("run"), "*.entry").Order(StringComparer.Ordinal).Where((_, i) => i % 2 == 0))
            File.Delete(entry);
        var rest = tool.Done($"{Fit} --json --run ./run").Json.GetProperty("run");
        Assert.True(rest.GetProperty("found").GetInt32() > 0);
        Assert.Equal(bytes, tool.Bytes("m.fstack"));
        Assert.Equal(0, tool.Done($"{Fit} --json --run ./run").Json.GetProperty("run").GetProperty("fitted").GetInt32());
    }

    [Fact]
    public void A_time_budget_leaves_out_trials()
    {
        using var tool = new Fstack(spec: Spec);
        Assert.Equal(["trial 2", "trial 3", "trial 4", "trial 5", "trial 6"],
            tool.Done($"{Fit} --json --time-budget 1e-9").Json.Texts("skipped"));
        Assert.Contains("tuned: k=1, weights=uniform", tool.Done($"{Fit} --time-budget 1e-9").Output);
    }

    [Fact]
    public void A_wrong_space_is_refused_with_its_path()
    {
        using var tool = new Fstack(spec: Spec.Replace("\"k\":[1,3,7]", "\"n\":[1]"));
        Assert.Contains("tuned: space: n: 'n' is not a parameter of knn", tool.Refused(Fit));
        tool.Write("spec.json", Spec.Replace("[1,3,7]", "[]"));
        Assert.StartsWith("spec.json: $.params.space.k: there are no values", tool.Refused(Fit));
    }
}
