using FsCheck.Xunit;
using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.IO.Tests.Specs;

public sealed class SpecFileTests
{
    [Property(Arbitrary = [typeof(SpecGenerators)], MaxTest = 100)]
    public bool What_is_written_reads_back(StackSpec spec)
    {
        var text = SpecFile.Write(spec).OrThrow();
        var read = SpecFile.Parse(text, "spec.json").OrThrow();
        return read == spec && SpecFile.Write(read).OrThrow() == text;
    }

    [Fact]
    public void Metas_are_the_stack_written_out()
    {
        static NodeSpec Read(string more) =>
            SpecFile.Parse($$$"""{"version":1,"stack":{"bases":[{"learner":"knn"}],{{{more}}}}}""", "s").OrThrow().Root;
        const string Above = "\"folds\":{\"kind\":\"kfold\",\"k\":3}";
        Assert.Equal(
            Read(Above
                + ""","meta":{"stack":{"bases":[{"learner":"logistic","preprocess":[]},{"name":"f","learner":"randomForest","preprocess":["standardize"]},{"learner":"greedy","preprocess":[]}],"combine":"refit","folds":{"kind":"kfold","k":3},"meta":{"learner":"convexWeights"}}}"""),
            Read(Above
                + ""","metas":[{"learner":"logistic"},{"name":"f","learner":"randomForest","preprocess":["standardize"]},{"learner":"greedy"}]"""));
        Assert.Equal(
            Read(""" "stackMethod":"labels","meta":{"stack":{"bases":[{"learner":"logistic","preprocess":["oneHot"]},{"learner":"greedy","preprocess":[]}],"combine":"refit","meta":{"learner":"convexWeights"}}}"""),
            Read(""" "stackMethod":"labels","metas":[{"learner":"logistic"},{"learner":"greedy"}]"""));
        Assert.Equal(
            Read(""" "passthrough":true,"meta":{"stack":{"bases":[{"learner":"logistic"}],"combine":"refit","meta":{"learner":"convexWeights"}}}"""),
            Read(""" "passthrough":true,"metas":[{"learner":"logistic"}]"""));
        var failure =
            SpecFile.Parse(
                """{"version":1,"stack":{"bases":[{"learner":"knn"}],"meta":{"learner":"logistic"},"metas":[{"learner":"knn"}]}}""", "s")
                .Match(_ => "", f => f.ToString());
        Assert.Equal("s: $.stack.meta: metas is given too. Write meta for one learner, or metas for several.", failure);
    }

    [Fact]
    public void Keys_of_earlier_versions_are_read()
    {
        static Outcome<StackSpec> Read(string keys) =>
            SpecFile.Parse($$$"""{"version":1,"stack":{"bases":[{"learner":"knn"}],{{{keys}}}}}""", "s");
        Assert.Equal(
            Read(""" "stackMethod":"labels","dropFirstClass":true""").OrThrow(),
            Read(""" "stackOn":"labels","dropOneClass":true""").OrThrow());
        Assert.Equal(
            "s: $.stack.stackOn: 'stackMethod' is given too; 'stackOn' is its former name. Remove 'stackOn'.",
            Read(""" "stackOn":"labels","stackMethod":"labels" """).Match(_ => "", f => f.ToString()));
    }

    [Fact]
    public void Calibrate_is_the_stack_written_out()
    {
        const string Short = """{"name":"b","learner":"knn","params":{"k":3},"columns":["x"],"calibrate":"isotonic"}""";
        const string Written =
            """{"name":"b","stack":{"combine":"refit","bases":[{"learner":"knn","params":{"k":3},"columns":["x"]}],"meta":{"learner":"calibration","params":{"method":"isotonic"}}}}""";
        static string In(string one) => $$$"""{"version":1,"stack":{"bases":[{{{one}}}]}}""";
        Assert.Equal(SpecFile.Parse(In(Written), "s").OrThrow(), SpecFile.Parse(In(Short), "s").OrThrow());
        Assert.Equal("knn", ((NodeSpec.Stack)SpecFile.Parse(In(Short.Replace("\"name\":\"b\",", "")), "s").OrThrow().Root).Bases[0].Name);

        var whole = SpecFile.Parse("""{"version":1,"stack":{"bases":[{"learner":"knn"}]},"calibrate":"platt"}""", "s").OrThrow();
        Assert.Equal("stack", Assert.IsType<NodeSpec.Stack>(whole.Root).Bases[0].Name);
        var failure =
            SpecFile.Parse("""{"version":1,"stack":{"bases":[{"learner":"knn"}],"meta":{"learner":"logistic","calibrate":"platt"}}}""", "s")
                .Match(_ => "", f => f.ToString());
        Assert.Equal(
            "s: $.stack.meta.calibrate: a meta-learner can only be calibrated with its whole stack. Write calibrate beside \"stack\".",
            failure);
    }

    [Fact]
    public void A_written_spec_reads_back_equal()
    {
        const string text = """
            {"version":1,
             "stack":{"folds":{"kind":"stratified","k":4,"shuffle":false}, "combine":"refit", "stackMethod":"logProbabilities","dropFirstClass":true, "passthrough":["Age"], "onFailure":"leaveOut",
              "bases":[{"name":"near","learner":"knn","params":{"k":7},"preprocess":["impute",{"name":"oneHot","params":{"minCount":3}},{"name":"standardize","columns":["Fare"]}],"columns":["Age","Fare"]},
                       {"name":"forest","learner":"randomForest","params":{"trees":50,"maxFeatures":0.5,"maxDepth":null,"criterion":"entropy"}},
                       {"stack":{"bases":[{"learner":"naiveBayes","preprocess":[]}]}}],
              "meta":{"learner":"tree"}}}
            """;
        var expected = new NodeSpec.Stack(
            [
                new("near",
                    new NodeSpec.Single(new KNearestNeighbors(7),
                    EquatableArray.Of<ITransform>(new Impute(), new OneHot(3), new OnColumns(["Fare"], new Standardize())),
                    EquatableArray.Of("Age", "Fare"))),
                new("forest", new NodeSpec.Single(new RandomForest(50, Criterion.Entropy, MaxFeatures: MaxFeatures.Share(0.5)))),
                new("stack",
                    new NodeSpec.Stack([new("naiveBayes",
                    new NodeSpec.Single(new GaussianNaiveBayes(), EquatableArray.Of<ITransform>()))])),
            ],
            new NodeSpec.Single(new DecisionTree()),
            new(FoldKind.Stratified, 4, false),
            Combine.Refit,
            new(StackMethod.LogProbabilities, true),
            SelectColumns.Of("Age"),
            OnFailure.LeaveOut);
        Assert.Equal(new StackSpec(expected), SpecFile.Parse(text, "spec.json").OrThrow());
    }

    [Fact]
    public void A_learner_alone_is_a_spec() => Assert.Equal(
        new StackSpec(new NodeSpec.Single(new KNearestNeighbors(3), EquatableArray.Of<ITransform>(new Standardize()))),
        SpecFile.Parse("""{"version":1,"learner":"knn","params":{"k":3},"preprocess":["standardize"]}""", "spec.json").OrThrow());

    [Fact]
    public void What_is_written_is_for_people() => Assert.Equal(
        """
        {
          "version": 1,
          "stack": {
            "combine": "average",
            "passthrough": false,
            "prune": false,
            "onFailure": "stop",
            "bases": [
              {
                "name": "k",
                "learner": "knn",
                "params": {
                  "k": 5,
                  "weights": "uniform",
                  "metric": "euclidean",
                  "p": 2
                }
              }
            ]
          }
        }
        """,
        SpecFile.Write(new(new NodeSpec.Stack([new("k", new NodeSpec.Single(new KNearestNeighbors()))]))).OrThrow());

    [Theory]
    [InlineData("""{"version":1,"stack":{"bases":[{"learner":"knn"},{"learner":"forrest"}]}}""",
        "$.stack.bases[1].learner: 'forrest' is not a learner. Did you mean 'randomForest'? Learners: majority, knn,")]
    [InlineData("""{"version":1,"learner":"zzz"}""", "$.learner: 'zzz' is not a learner. Learners: majority, knn,")]
    [InlineData("""{"version":1,"learner":7}""", "$.learner: 7 is not text. Write it in quotes.")]
    [InlineData("""{"version":1,"learner":"knn","parms":{"k":5}}""",
        "$: 'parms' is not a key of a spec. Did you mean 'params'? Keys: version,")]
    [InlineData("""{"version":1,"stack":{"basis":[]}}""", "$.stack: 'basis' is not a key of a stack. Did you mean 'bases'?")]
    [InlineData("""{"version":1,"stack":{"bases":[{"learner":"knn","name":"a","weight":1}]}}""",
        "$.stack.bases[0]: 'weight' is not a key of a base.")]
    [InlineData("""{"version":1,"stack":{"bases":[{"stack":{"bases":[{"learner":"knn"}]},"params":{}}]}}""",
        "$.stack.bases[0]: 'params' is not a key beside \"stack\". Keys: stack, preprocess,")]
    [InlineData("""{"version":1,"learner":"knn","params":{"neighbors":5}}""",
        "$.params: 'neighbors' is not a parameter of knn. Parameters: k, weights, metric, p.")]
    [InlineData("""{"version":1,"learner":"knn","params":{"k":2.5}}""", "$.params.k: 2.5 is not an integer. Write digits only")]
    [InlineData("""{"version":1,"learner":"knn","params":{"k":"five"}}""", "$.params.k: \"five\" is not an integer.")]
    [InlineData("""{"version":1,"learner":"knn","params":{"k":null}}""", "$.params.k: null is not an integer.")]
    [InlineData("""{"version":1,"learner":"knn","params":{"k":99999999999}}""",
        "$.params.k: is 99999999999. Give an integer of at most 2147483647.")]
    [InlineData("""{"version":1,"learner":"naiveBayes","params":{"varSmoothing":1e999}}""",
        "$.params.varSmoothing: 1e999 is not a number. Write a finite number")]
    [InlineData("""{"version":1,"learner":"naiveBayes","params":{"varSmoothing":true}}""", "$.params.varSmoothing: true is not a number.")]
    [InlineData("""{"version":1,"learner":"randomForest","params":{"bootstrap":"yes"}}""",
        "$.params.bootstrap: \"yes\" is not true or false.")]
    [InlineData("""{"version":1,"learner":"randomForest","params":{"criterion":"Entropy"}}""",
        "$.params.criterion: 'Entropy' is not one of the values here. Did you mean 'entropy'? Values: gini, entropy.")]
    [InlineData("""{"version":1,"learner":"randomForest","params":{"maxFeatures":"squirt"}}""",
        "$.params.maxFeatures: 'squirt' is not a number of columns. Did you mean 'sqrt'?")]
    [InlineData("""{"version":1,"learner":"knn","params":[5]}""", "$.params: [5] is not an object. Write it in braces.")]
    [InlineData("""{"version":1,"stack":{"bases":[{"learner":"knn"},{"learner":"knn"}]}}""",
        "$.stack.bases[1]: two bases are named 'knn'. Give each base its own name.")]
    [InlineData("""{"version":1,"stack":{"bases":[{"name":"a","learner":"knn"},{"name":"a","learner":"tree"}]}}""",
        "$.stack.bases[1].name: two bases are named 'a'.")]
    [InlineData("""{"version":1,"stack":{"bases":[{"name":"","learner":"knn"}]}}""", "$.stack.bases[0].name: the name is empty.")]
    [InlineData("""{"version":1,"stack":{"bases":[{"name":"a"}]}}""",
        "$.stack.bases[0]: a base has neither a learner nor a stack. Give a learner: majority,")]
    [InlineData("""{"version":1,"stack":{"meta":{"learner":"knn"}}}""", "$.stack: a stack has no bases. Give it a list of bases.")]
    [InlineData("""{"version":1,"stack":{"bases":[]}}""", "$.stack.bases: there are no bases. Give at least one.")]
    [InlineData("""{"version":1,"stack":{"bases":{"knn":{}}}}""", "$.stack.bases: {\"knn\":{}} is not a list. Write it in brackets.")]
    [InlineData("""{"version":1}""", "$: a spec has neither a learner nor a stack.")]
    [InlineData("""{"learner":"knn"}""", "$: has no version. Write \"version\": 1 first.")]
    [InlineData("""{"version":2,"learner":"knn"}""",
        "$.version: version 2 is not one that this version of fstack reads. Write 1, or update fstack.")]
    [InlineData("""{"version":"1","learner":"knn"}""", "$.version: \"1\" is not an integer.")]
    [InlineData("[]", "$: [] is not an object.")]
    [InlineData("""{"version":1,"learner":"knn","preprocess":["onehot"]}""",
        "$.preprocess[0]: 'onehot' is not a transform. Did you mean 'oneHot'? Transforms: impute,")]
    [InlineData("""{"version":1,"learner":"knn","preprocess":"impute"}""", "$.preprocess: \"impute\" is not a list.")]
    [InlineData("""{"version":1,"learner":"knn","preprocess":[{"params":{}}]}""",
        "$.preprocess[0]: a transform has no name. Give one of: impute,")]
    [InlineData("""{"version":1,"learner":"knn","preprocess":[{"name":"oneHot","params":{"plan":1}}]}""",
        "$.preprocess[0].params: 'plan' is not a parameter of oneHot.")]
    [InlineData("""{"version":1,"learner":"majority","params":{"k":1}}""",
        "$.params: 'k' is not a parameter of majority. Parameters: none.")]
    [InlineData("""{"version":1,"learner":"knn","columns":[]}""", "$.columns: there are no columns.")]
    [InlineData("""{"version":1,"learner":"knn","columns":["a","a"]}""", "$.columns[1]: column 'a' is given twice.")]
    [InlineData("""{"version":1,"stack":{"folds":{"k":1},"bases":[{"learner":"knn"}]}}""", "$.stack.folds.k: is 1. Give at least 2.")]
    [InlineData("""{"version":1,"stack":{"folds":{"kind":"kfolds"},"bases":[{"learner":"knn"}]}}""",
        "$.stack.folds.kind: 'kfolds' is not one of the values here. Did you mean 'kfold'?")]
    [InlineData("""{"version":1,"stack":{"folds":{"kind":"given","k":5},"bases":[{"learner":"knn"}]}}""",
        "$.stack.folds.k: folds of kind 'given' have no k. Remove it.")]
    [InlineData("""{"version":1,"stack":{"folds":{"kind":"group","shuffle":true},"bases":[{"learner":"knn"}]}}""",
        "$.stack.folds.shuffle: folds of kind 'group' have no shuffle.")]
    [InlineData("""{"version":1,"stack":{"folds":{"fraction":0.2},"bases":[{"learner":"knn"}]}}""",
        "$.stack.folds.fraction: folds of kind 'auto' have no fraction.")]
    [InlineData("""{"version":1,"stack":{"folds":{"kind":"holdOut","fraction":1},"bases":[{"learner":"knn"}]}}""",
        "$.stack.folds.fraction: is 1. Give a share above 0 and below 1.")]
    [InlineData("""{"version":1,"stack":{"folds":{"repeats":0},"bases":[{"learner":"knn"}]}}""",
        "$.stack.folds.repeats: is 0. Give at least 1.")]
    [InlineData("""{"version":1,"stack":{"folds":{"repeats":2,"shuffle":false},"bases":[{"learner":"knn"}]}}""",
        "$.stack.folds: folds are repeated without being shuffled")]
    [InlineData("""{"version":1,"stack":{"combine":"mean","bases":[{"learner":"knn"}]}}""",
        "$.stack.combine: 'mean' is not one of the values here. Values: average, refit.")]
    [InlineData("""{"version":1,"stack":{"passthrough":"Age","bases":[{"learner":"knn"}]}}""",
        "$.stack.passthrough: \"Age\" is not a value for passthrough. Write true, false or a list")]
    public void AMistakeIsNamedWhereItStands(string text, string message) =>
        Assert.StartsWith($"spec.json: {message}", Refusal(text).ToString());

    [Theory]
    [InlineData("{\"version\":1,\n \"learner\" \"knn\"}", "spec.json, line 2, column 12: this is not JSON")]
    [InlineData("{\"version\":1", "spec.json, line 1, column 13: this is not JSON")]
    [InlineData("", "spec.json, line 1, column 1: this is not JSON")]
    [InlineData("{\"version\":1,\"learner\":\"knn\",\"learner\":\"tree\"}", "spec.json")]
    public void What_is_no_json_is_refused_by_line_and_column(string text, string where) =>
        Assert.StartsWith(where, Refusal(text).ToString());

    [Fact]
    public void A_file_that_is_not_there_is_refused()
    {
        Assert.Equal("no such file",
            SpecFile.Read(Path.Combine(Path.GetTempPath(), "no such folder", "spec.json")).Match(_ => "", f => f.What));
        Assert.Equal("is a folder, not a file", SpecFile.Read(Path.GetTempPath()).Match(_ => "", f => f.What));
    }

    [Fact]
    public void What_has_no_name_cannot_be_written()
    {
        var odd = new NodeSpec.Single(new Pipeline(new Identity(), new KNearestNeighbors()));
        Assert.Contains("no name for", SpecFile.Write(new(odd)).Match(_ => "", f => f.What));
        var planned =
            new NodeSpec.Single(new KNearestNeighbors(),
                EquatableArray.Of<ITransform>(new TargetEncode(Plan: new FoldPlan.KFold(2, Seed.Of(1)))));
        Assert.Contains("a spec cannot hold the seed of a plan", SpecFile.Write(new(planned)).Match(_ => "", f => f.What));
        Assert.Contains("JSON cannot represent",
            SpecFile.Write(new(new NodeSpec.Single(new GaussianNaiveBayes(double.NaN)))).Match(_ => "", f => f.What));
    }

    private static Failure Refusal(string text) => SpecFile.Parse(text, "spec.json").Match(
        _ => throw new Xunit.Sdk.XunitException("the spec was read, not refused"),
        failure => failure);
}
