using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.IO.Tests.Models;

/// <summary>Law 8 on the library's own models: every learner that a spec can name, alone and stacked, with its default
/// preprocessing.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(FittedModelLaws)], MaxTest = 30)]
public class FittedModelLaws
{
    /// <summary>A spec file's text.</summary>
    public sealed record Text(string Json);

    public static Arbitrary<Text> Specs()
    {
        var learners = Library.Catalogue.Learners.ToLookup(entry => entry.Usual.Capabilities.PredictionsOnly, entry => entry.Name);
        var single = Gen.Elements(learners[false].ToArray()).Select(name => $$"""{"learner": "{{name}}"{{Quick(name)}}}""");
        var metas = Gen.Elements<string>(["", "", "logistic", "ridgeCV", .. learners[true]]);
        var stack =
            from first in single
            from second in single
            from combine in Gen.Elements("average", "refit")
            from method in Gen.Elements("probabilities", "logProbabilities", "labels")
            from meta in metas
            from passthrough in Gen.Elements("true", "false")
            from prune in Gen.Elements(true, false, false)
            select $$$"""{"stack": {"folds": {"kind": "kfold", "k": 2}, "combine": "{{{combine}}}", "stackMethod": "{{{method}}}", "passthrough": {{{passthrough}}}, "onFailure": "leaveOut", "prune": {{{(prune ? "true" : "false")}}}, {{{(meta == "" ? "" : $"\"meta\": {{\"learner\": \"{meta}\"}}, ")}}}"bases": [{"name": "a", {{{first[1..]}}}, {"name": "b", {{{second[1..]}}}]}}""";
        var calibrated =
            from one in single
            from method in Gen.Elements("platt", "isotonic", "temperature")
            select $$"""{"calibrate": "{{method}}", {{one[1..]}}""";
        return Gen.OneOf(single, stack, calibrated).Select(spec => new Text($$"""{"version": 1, {{spec[1..]}}""")).ToArbitrary();
    }

    // Learners that are slow, or are empty, with every parameter at its default.
    private static string Quick(string name) => name switch
    {
        "knn" => """, "params": {"k": 2}""",
        "randomForest" or "extraTrees" => """, "params": {"trees": 3}""",
        "bagging" => """, "params": {"members": 3, "columnShare": 0.6}""",
        "voting" => """, "params": {"bases": [{"learner": "knn"}, {"name": "deep", "learner": "tree"}]}""",
        "adaBoost" or "gradientBoosting" => """, "params": {"rounds": 3}""",
        "ordinal" => """, "params": {"learner": {"learner": "tree", "params": {"maxDepth": 2}}}""",
        "tuned" => """, "params": {"learner": {"learner": "knn"}, "space": {"k": [1, 3]}, "folds": {"k": 2}}""",
        "net" => """, "params": {"hidden": [3], "epochs": 2}""",
        _ => "",
    };

    // A quarter of the learners get intervals or sets, and of those for two classes half a threshold.
    private static ILearner Wrapped(ILearner learner, Dataset data, Seed seed)
    {
        var stream = seed.Fork("wrapped").Stream();
        if (stream.Next(4) > 0) return learner;
        var plan = new FoldPlan.KFold(2);
        var inner = stream.Next(2) == 0 ? new Conformal(learner, plan) : learner;
        return data.Target is Target.Classes { Levels.Count: 2 } && stream.Next(2) == 0 ? new Thresholded(inner, Threshold.Balanced, plan)
            : new Conformal(inner, plan);
    }

    [Property]
    public void Save_then_load_is_the_identity_on_models_and_predictions(Text spec, AnyData any, Seed seed)
    {
        var fitted =
            from parsed in SpecFile.Parse(spec.Json, "spec")
            from learner in parsed.Build(any.Data)
            from model in Wrapped(learner, any.Data, seed).FitModel(any.Data, seed)
            select model;
        Assert.NotNull(SpecFile.Parse(spec.Json, "spec").OrThrow());
        if (fitted is not Outcome<IModel>.Ok ok) return;

        using var file = new MemoryStream();
        ModelFile.Write(file, "model", ok.Value, ModelCard.Of(any.Data, "y", 1)).OrThrow();
        var loaded = ModelFile.Read(file, "model").OrThrow();
        Assert.Equal(ok.Value, loaded.Model);
        Assert.Equal(ok.Value.Predict(any.Data.Frame).OrThrow(), loaded.Model.Predict(any.Data.Frame).OrThrow());
        Assert.Equal(ok.Value.PredictInterval(any.Data.Frame, 0.6), loaded.Model.PredictInterval(any.Data.Frame, 0.6));
        Assert.Equal(ok.Value.PredictQuantiles(any.Data.Frame, [0.2, 0.6]), loaded.Model.PredictQuantiles(any.Data.Frame, [0.2, 0.6]));
        Assert.Equal(ok.Value.PredictSet(any.Data.Frame, 0.6), loaded.Model.PredictSet(any.Data.Frame, 0.6));
    }

    [Property(MaxTest = 100)]
    public void A_predictor_of_single_rows_has_the_bits_the_notes_and_the_failures_of_the_model(Text spec, AnyData any, Seed seed)
    {
        if (SpecFile.Parse(spec.Json, "spec").Bind(parsed => parsed.Build(any.Data))
            .Bind(learner => Wrapped(learner, any.Data, seed).Fit(any.Data, seed)) is not Outcome<Trained>.Ok { Value: var trained })
            return;
        var reader = new RecordReader<Record>(RecordTypes.Usual, any.Data.Frame.Columns.Select(column => (column.Name, Record.Of(column))));
        var predictor = Predictor<Record>.Of(trained, reader).OrThrow();
        var numbers = new double[predictor.Width];
        for (var row = 0; row < any.Data.RowCount; row++)
        {
            foreach (var kind in Enum.GetValues<RecordKind>())
            {
                var record = new Record(row, kind);
                var expected = trained.Predict(reader.Frame([record]));
                Assert.Equal(expected, predictor.Predict(record));
                Assert.Equal(expected is Outcome<Prediction>.Ok, predictor.TryPredict(record, numbers));
                if (expected is not Outcome<Prediction>.Ok { Value: var prediction }) continue;
                Assert.Equal(prediction is Prediction.Probabilities p ? p.Matrix : ((Prediction.Numeric)prediction).Values,
                    EquatableArray.Of(numbers));
                if (prediction is Prediction.Probabilities classes)
                    Assert.Equal(classes.Levels[classes.Codes()[0]], predictor.ClassOf(numbers));
            }
        }
    }

    /// <summary>A row of a frame, or the same with cells that training did not have.</summary>
    private sealed record Record(int Row, RecordKind Kind)
    {
        public static Reading<Record> Of(NamedColumn column) => column.Column switch
        {
            Column.Categorical categories => new Reading<Record>.Strings(default, record => record.Kind switch
            {
                RecordKind.Missing => null,
                RecordKind.New => $"new {record.Row}",
                _ => categories.LevelOf(record.Row),
            }),
            var numbers => new Reading<Record>.Numbers(record => record.Kind switch
            {
                RecordKind.Missing => double.NaN,
                RecordKind.Infinite => double.PositiveInfinity,
                _ => ((Column.Numeric)numbers)[record.Row],
            }),
        };
    }

    private enum RecordKind
    {
        Known,
        Missing,
        New,
        Infinite,
    }

    [Property(MaxTest = 300)]
    public void A_forged_model_is_refused_or_predicts_and_never_breaks(Text spec, AnyData any, Seed seed)
    {
        if (SpecFile.Parse(spec.Json, "spec").Bind(parsed => parsed.Build(any.Data))
            .Bind(learner => Wrapped(learner, any.Data, seed).FitModel(any.Data, seed)) is not Outcome<IModel>.Ok ok)
            return;
        var card = ModelCard.Of(any.Data, "y", 1);
        var forger = new Forger(seed.Fork("forger").Stream());
        for (var attempt = 0; attempt < 20; attempt++)
        {
            using var file = new MemoryStream();
            if (forger.Forged(ok.Value) is not IModel forged || ModelFile.Write(file, "model", forged, card) is not Outcome<string>.Ok)
                continue;

            // Loading ends with an outcome for any content.
            Assert.True(Forger.Ends(() =>
                ModelFile.Read(file, "model").Bind(loaded => loaded.Predict(any.Data.Frame)).Match(predicted => predicted.Count, _ => 0)),
                    $"{forged} does not end");
            Assert.True(Forger.Ends(() => ModelFile.Read(file, "model").Bind(loaded => any.Data.Target is Target.Numeric
                ? loaded.PredictInterval(any.Data.Frame, 0.6).Map(intervals => intervals.Count)
                : loaded.PredictSet(any.Data.Frame, 0.6).Map(sets => sets.Count)).Match(count => count, _ => 0)), $"{forged} does not end");
            Assert.True(Forger.Ends(() => ModelFile.Read(file, "model")
                .Bind(loaded => loaded.PredictQuantiles(any.Data.Frame, [0.2, 0.6])).Match(found => found.Count, _ => 0)),
                    $"{forged} does not end");
        }
    }
}
