using FunctionalStack.IO.Tests.Models;
using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.IO.Tests.Specs;

public sealed class SpecBuilderTests
{
    private const int RowCount = 60;

    private static readonly Seed Seed = Seed.Of(42);

    private static Dataset Data(bool classes)
    {
        var random = Seed.Of(1).Stream();
        var age = new double[RowCount];
        var fare = new double[RowCount];
        var port = new string?[RowCount];
        var words = new string[RowCount];
        for (var i = 0; i < RowCount; i++)
        {
            (age[i], fare[i]) = (i % 11 == 3 ? double.NaN : random.NextNormal(), 100 + random.NextNormal());
            port[i] = i % 13 == 5 ? null : "CQS"[random.Next(3)].ToString();
            words[i] = fare[i] + random.NextNormal() > 100 ? "yes" : "no";
        }

        var frame = Frame.Of(("Age", Column.Numeric.Of(age)), ("Fare", Column.Numeric.Of(fare)), ("Port", Column.Categorical.Of(port)));
        return new(frame, classes ? Target.Classes.Of(words) : new Target.Numeric(EquatableArray.Own(fare)));
    }

    private static ILearner Build(string json, Dataset data) =>
        SpecFile.Parse(json, "spec.json").Bind(spec => spec.Build(data, "spec.json")).OrThrow();

    private static Failure Refusal(string json, Dataset data) => SpecFile.Parse(json, "spec.json").OrThrow().Build(data, "spec.json").Match(
        _ => throw new Xunit.Sdk.XunitException("the spec was built, not refused"),
        failure => failure);

    /// <summary>The preprocessing of a spec is fitted with the balanced weights, and is not replaced by the default one.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("\"minMax\"")]
    public void Balancing_a_spec_keeps_its_preprocessing(string steps)
    {
        var data = new Dataset(
            Frame.Of(("x", Column.Numeric.Of(1, 2, 30, 4, 5, 6))), Target.Classes.Of("a", "a", "a", "a", "b", "b"));
        ILearner Of(string json, bool balanced) => SpecFile.Parse(json, "s").Bind(spec => (balanced ? spec.Balanced() : spec).Build(data))
            .OrThrow();
        var inner = $"\"learner\":\"logistic\",\"preprocess\":[{steps}]";
        var expected = Of($"{{\"version\":1,\"learner\":\"balanced\",\"params\":{{\"learner\":{{{inner}}}}}}}", false);
        Assert.Equal(expected.FitModel(data, Seed.Of(1)).OrThrow(),
            Of($"{{\"version\":1,{inner}}}", true).FitModel(data, Seed.Of(1)).OrThrow());
        Assert.NotEqual(expected.FitModel(data, Seed.Of(1)).OrThrow(),
            Of("{\"version\":1,\"learner\":\"logistic\"}", true).FitModel(data, Seed.Of(1)).OrThrow());
    }

    [Fact]
    public void Usual_folds_keep_groups_whole()
    {
        const string Stack = """{"version":1,"stack":{"bases":[{"learner":"knn"}]}}""";
        var groups = EquatableArray.From(Enumerable.Range(0, RowCount).Select(row => row / 4));
        foreach (var data in new[] { Data(classes: true), Data(classes: false) })
        {
            var grouped = data.WithGroups(groups);
            var plan = ((Stack)Build(Stack, grouped)).Plan;
            Assert.Equal(new FoldPlan.Usual(), plan);
            foreach (var fold in plan.Seeded(Seed).Split(grouped.Roles).OrThrow())
                Assert.Empty(groups.At(fold.Train).Intersect(groups.At(fold.Holdout)));
        }

        var failure =
            Refusal("""{"version":1,"stack":{"folds":{"repeats":2},"bases":[{"learner":"knn"}]}}""",
                Data(classes: true).WithGroups(groups));
        Assert.Equal("spec.json: $.stack.folds.repeats", failure.Where);
        foreach (var kind in new[] { "kfold", "stratified", "holdOut", "timeOrdered" })
        {
            var torn =
                Refusal($$$"""{"version":1,"stack":{"folds":{"kind":"{{{kind}}}"},"bases":[{"learner":"knn"}]}}""",
                    Data(classes: true).WithGroups(groups));
            Assert.Equal(("spec.json: $.stack.folds.kind", $"'{kind}' does not keep groups whole"), (torn.Where, torn.What));
        }
    }

    [Fact]
    public void Voters_have_their_usual_preprocessing_and_others_stand_behind_that_of_what_is_in_them()
    {
        var data = Data(classes: true);
        Assert.Equal(
            Voting.Of(("near", Recipe.ForDistances.Then(new KNearestNeighbors(7))),
                ("naiveBayes", new Identity().Then(new GaussianNaiveBayes()))) with
            { Weights = [2, 1] },
            Build("""{"version":1,"learner":"voting","params":{"weights":[2,1],"bases":[{"name":"near","learner":"knn","params":{"k":7}},{"learner":"naiveBayes","preprocess":[]}]}}""", data));
        Assert.Equal(
            Recipe.ForDistances.Then(new Bagging(new KNearestNeighbors(1), 4)),
            Build("""{"version":1,"learner":"bagging","params":{"members":4,"learner":{"learner":"knn","params":{"k":1}}}}""", data));
        Assert.Equal(
            new AdaBoost(new Impute().Then(new Ordinal()).Then(new DecisionTree(MaxDepth: 2)), 3),
            Build("""{"version":1,"learner":"adaBoost","params":{"rounds":3,"learner":{"learner":"tree","params":{"maxDepth":2},"preprocess":["impute","ordinal"]}}}""", data));
        Assert.Equal(
            new Bagging(Voting.Of(("tree", Recipe.ForTrees.Then(new DecisionTree())))),
            Build("""{"version":1,"learner":"bagging","params":{"learner":{"learner":"voting","params":{"bases":[{"learner":"tree"}]}}}}""",
                data));
    }

    /// <summary>By name alone, on a raw table with missing values and strings, and read back from a file.</summary>
    [Fact]
    public void Every_learner_fits_a_raw_table_and_can_be_kept()
    {
        var kept = 0;
        foreach (var data in new[] { Data(classes: true), Data(classes: false) })
        {
            foreach (var entry in Library.Catalogue.Learners)
            {
                var name = entry.Name;
                var small = name switch
                {
                    "randomForest" => ",\"params\":{\"trees\":5}",
                    "voting" => ",\"params\":{\"bases\":[{\"learner\":\"knn\"},{\"learner\":\"tree\"}]}",
                    "balanced" => ",\"params\":{\"learner\":{\"learner\":\"tree\"}}",
                    "tuned" => ",\"params\":{\"learner\":{\"learner\":\"knn\"},\"space\":{\"k\":[1,3]}}",
                    _ => "",
                };
                var learner = $$"""{"learner":"{{name}}"{{small}}}""";
                // Learners that read only bases have no columns in a raw table.
                var readsBases = entry.Usual.Capabilities.PredictionsOnly;
                var outcome = Build(
                    readsBases
                        ? $$$"""{"version":1,"stack":{"bases":[{"learner":"knn"}{{{(name == "calibration" ? "" : ",{\"learner\":\"tree\"}")}}}],"meta":{{{learner}}}}}""" : $$"""{"version":1,{{learner[1..]}}""",
                    data).FitModel(data, Seed);
                if (outcome is Outcome<IModel>.Fail { Failure: var failure })
                {
                    // Some learners are for classification only, or for numeric targets only, and fail with that reason.
                    Assert.Contains("the target ", failure.ToString());
                    continue;
                }

                var model = outcome.OrThrow();
                var bytes = Saved.Bytes(model, ModelCard.Of(data, "y", 42), Library.Catalogue);
                var loaded = Saved.Read(bytes, Library.Catalogue).OrThrow().Model;
                Assert.Equal(model, loaded);
                Assert.Equal(model.Predict(data.Frame).OrThrow(), loaded.Predict(data.Frame).OrThrow());
                kept++;
            }
        }

        Assert.InRange(kept, Library.Catalogue.Learners.Count, 2 * Library.Catalogue.Learners.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stack_of_stacks_fits_and_is_kept(bool classes)
    {
        var data = Data(classes);
        var learner = Build(
            """
            {"version":1,"stack":{"folds":{"k":3},"passthrough":["Fare","Port"],
              "bases":[{"name":"inner","stack":{"folds":{"k":2},"stackMethod":"labels","bases":[{"learner":"knn"},{"learner":"tree"}],"meta":{"learner":"knn"}},"columns":["Age","Port"]},
                       {"learner":"majority"}],
              "meta":{"stack":{"folds":{"k":2},"bases":[{"learner":"tree"}],"meta":{"learner":"knn","params":{"k":3}}}}}}
            """,
            data);
        var model = learner.FitModel(data, Seed).OrThrow();
        Assert.Equal(model, Saved.Read(Saved.Bytes(model, catalogue: Library.Catalogue), Library.Catalogue).OrThrow().Model);
        Assert.Equal(RowCount, model.Predict(data.Frame).OrThrow().Count);
    }

    [Fact]
    public void Folds_are_the_targets_usual_ones()
    {
        const string spec = """{"version":1,"stack":{"bases":[{"learner":"majority"}],"meta":{"learner":"majority"}}}""";
        foreach (var classes in new[] { true, false }) Assert.Equal(new FoldPlan.Usual(5), ((Stack)Build(spec, Data(classes))).Plan);
    }

    [Theory]
    [InlineData("\"kind\":\"kfold\",\"k\":3,\"shuffle\":false", typeof(FoldPlan.KFold))]
    [InlineData("\"kind\":\"stratified\"", typeof(FoldPlan.Stratified))]
    [InlineData("\"kind\":\"group\"", typeof(FoldPlan.Group))]
    [InlineData("\"kind\":\"stratifiedGroup\"", typeof(FoldPlan.StratifiedGroup))]
    [InlineData("\"kind\":\"timeOrdered\"", typeof(FoldPlan.TimeOrdered))]
    [InlineData("\"kind\":\"given\"", typeof(FoldPlan.Given))]
    [InlineData("\"kind\":\"holdOut\",\"fraction\":0.3", typeof(FoldPlan.HoldOut))]
    [InlineData("\"repeats\":2", typeof(FoldPlan.Repeated))]
    public void Every_kind_of_folds_has_a_name(string folds, Type plan)
    {
        var data = Data(classes: true);
        if (folds.Contains("roup", StringComparison.Ordinal)) data = data.WithGroups(EquatableArray.Range(data.RowCount));
        var stack =
            (Stack)Build(
                $$$$"""{"version":1,"stack":{"folds":{ {{{{folds}}}} },"bases":[{"learner":"majority"}],"meta":{"learner":"majority"}}}""",
                data);
        Assert.IsType(plan, stack.Plan);
    }

    [Fact]
    public void A_base_keeps_its_folds_when_another_is_added()
    {
        const string inner = """{"name":"inner","stack":{"bases":[{"learner":"majority"}],"meta":{"learner":"majority"}}}""";
        var alone =
            (Stack)Build($$$$"""{"version":1,"stack":{"bases":[{{{{inner}}}}],"meta":{"learner":"majority"}}}""", Data(classes: true));
        var beside =
            (Stack)Build($$$$"""{"version":1,"stack":{"bases":[{"learner":"knn"},{{{{inner}}}}],"meta":{"learner":"majority"}}}""",
                Data(classes: true));
        Assert.Equal(alone.Plan, beside.Plan);
        Assert.Equal(alone.Bases[0], beside.Bases[1]);
    }

    [Fact]
    public void What_stands_before_a_meta_learner_follows_what_it_sees()
    {
        Assert.Equal(new KNearestNeighbors(), Meta("\"stackMethod\":\"probabilities\"", classes: true));
        Assert.Equal(new OneHot().Then(new KNearestNeighbors()), Meta("\"stackMethod\":\"labels\"", classes: true));
        Assert.Equal(new KNearestNeighbors(), Meta("\"stackMethod\":\"labels\"", classes: false));
        Assert.Equal(Recipe.ForDistances.Then(new KNearestNeighbors()), Meta("\"passthrough\":true", classes: true));
        Assert.Equal(new ConvexWeights(), Meta("\"stackMethod\":\"labels\"", classes: true, "convexWeights"));

        static ILearner Meta(string keys, bool classes, string meta = "knn") =>
            ((Stack)Build($$$$"""{"version":1,"stack":{ {{{{keys}}}},"bases":[{"learner":"knn"}],"meta":{"learner":"{{{{meta}}}}"}}}""",
                Data(classes))).Meta;
    }

    [Fact]
    public void Empty_preprocessing_means_none()
    {
        Assert.Equal(new KNearestNeighbors(), Build("""{"version":1,"learner":"knn","preprocess":[]}""", Data(classes: true)));
        Assert.Equal(
            SelectColumns.Of("Fare").Then(new Standardize().Then(new KNearestNeighbors())),
            Build("""{"version":1,"learner":"knn","preprocess":["standardize"],"columns":["Fare"]}""", Data(classes: true)));
    }

    [Theory]
    [InlineData("""{"version":1,"learner":"knn","columns":["Fare","Agee"]}""",
        "$.columns[1]: 'Agee' is not a column of the data. Did you mean 'Age'? Columns: Age, Fare, Port.")]
    [InlineData("""{"version":1,"stack":{"bases":[{"learner":"knn"},{"learner":"tree","columns":["x"]}]}}""",
        "$.stack.bases[1].columns[0]: 'x' is not a column of the data. Columns:")]
    [InlineData("""{"version":1,"stack":{"bases":[{"learner":"knn","columns":["Age"]}],"passthrough":["Prt"]}}""",
        "$.stack.passthrough[0]: 'Prt' is not a column of the data. Did you mean 'Port'?")]
    [InlineData("""{"version":1,"stack":{"bases":[{"learner":"knn","columns":["Age"]}]},"columns":["Port"]}""",
        "$.stack.bases[0].columns[0]: 'Age' is not a column of the data. Columns: Port.")]
    [InlineData("""{"version":1,"stack":{"folds":{"kind":"stratified"},"bases":[{"learner":"knn"}]}}""",
        "$.stack.folds.kind: 'stratified' needs a target of classes, but the target is numeric. Remove kind, or set it to kfold.")]
    public void WhatDoesNotFitTheDataIsNamedWhereItStands(string text, string message) =>
        Assert.StartsWith($"spec.json: {message}", Refusal(text, Data(classes: false)).ToString());

    [Fact]
    public void A_number_out_of_range_is_named_by_base()
    {
        var data = Data(classes: true);
        var fit =
            Build("""{"version":1,"stack":{"bases":[{"name":"near","learner":"knn","params":{"k":0}}],"meta":{"learner":"majority"}}}""",
                data).Fit(data, Seed);
        Assert.Equal("near: knn: k is 0. Give at least 1.", fit.Match(_ => "", failure => failure.ToString()));
    }

    [Fact]
    public void Folds_can_be_replaced()
    {
        var spec = SpecFile.Parse("""{"version":1,"stack":{"bases":[{"learner":"majority"}],"meta":{"learner":"majority"}}}""", "s")
            .OrThrow();
        Assert.IsType<FoldPlan.Given>(((Stack)spec.WithFolds(new(FoldKind.Given)).Build(Data(classes: true)).OrThrow()).Plan);
        var single = SpecFile.Parse("""{"version":1,"learner":"knn"}""", "s").OrThrow();
        Assert.Equal(single, single.WithFolds(new(FoldKind.Given)));
    }

    [Fact]
    public void What_is_tuned_gets_its_preprocessing_within_the_search_and_may_be_a_stack()
    {
        var data = Data(classes: true);
        var single = (Tuned)Build("""{"version":1,"learner":"tuned","params":{"learner":{"learner":"knn"},"space":{"k":[1,3]}}}""", data);
        Assert.Equal(Recipe.ForDistances.Then(new KNearestNeighbors()), single.Learner);
        var path = Assert.Single(single.Fit(data, Seed).OrThrow().Searches);
        Assert.Equal(["k=1", "k=3"], path.Trials.Select(trial => trial.Name));

        var stacked = (Tuned)Build(
            """{"version":1,"learner":"tuned","params":{"learner":{"stack":{"bases":[{"learner":"knn"}]}},"space":{"meta.c":[1,2]},"search":"grid"}}""",
            data);
        Assert.Equal(new LogisticRegression(), ((Stack)stacked.Learner!).Meta);
        Assert.Equal(2, Assert.Single(stacked.Fit(data, Seed).OrThrow().Searches).Trials.Count);

        // A meta-learner has no preprocessing, tuned or not.
        var meta = (Stack)Build(
            """{"version":1,"stack":{"bases":[{"learner":"knn"}],"meta":{"learner":"tuned","params":{"learner":{"learner":"logistic"},"space":{"c":[1]}}}}}""",
            data);
        Assert.Equal(new Identity().Then(new LogisticRegression()), ((Tuned)meta.Meta).Learner);
        Assert.Equal("meta-learner: tuned", Assert.Single(meta.Fit(data, Seed).OrThrow().Searches).Name);
    }
}
