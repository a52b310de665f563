using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace FunctionalStack.MLNet.Tests;

public class LearnerEstimatorTests
{
    private static readonly Stack classes =
        Stacking.Of(("knn", Learn.Knn(5)), ("bayes", Learn.NaiveBayes())).Folds(3).Meta(Learn.Logistic());

    private static readonly string[] names = [.. Samples.Iris.Frame.Names];

    [Fact]
    public void The_evaluation_of_classes_reads_the_predictions()
    {
        var ml = new MLContext(1);
        var view = Samples.Iris.ToDataView("species");

        // Texts mapped to keys in the order of the rows, which is not the order of the names.
        var pipeline = ml.Transforms.Conversion.MapKeyToValue("name", "species")
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", "name"))
            .Append(classes.AsEstimator(Seed.Of(3), features: [.. names]))
            .Append(ml.Transforms.Conversion.MapKeyToValue("text", "PredictedLabel"));
        var predicted = pipeline.Fit(view).Transform(view);
        var metrics = ml.MulticlassClassification.Evaluate(predicted);
        var expected = classes.Fit(Samples.Iris, Seed.Of(3), 1).Bind(model => model.Predict(Samples.Iris.Frame)).OrThrow();
        var texts = predicted.GetColumn<string>("text").ToArray();
        Assert.Equal(expected.Labels, EquatableArray.Own(texts));
        var actual = (Target.Classes)Samples.Iris.Target;
        var right = Enumerable.Range(0, 150).Count(row => texts[row] == actual.Levels[actual.Codes[row]]);
        Assert.Equal(right / 150.0, metrics.MicroAccuracy, 12);
        Assert.True(metrics.LogLoss < 0.3);
        Assert.All(predicted.GetColumn<float[]>("Score"), row => Assert.Equal(1, row.Sum(), 5));
    }

    [Fact]
    public void Weights_are_numbers_and_no_feature()
    {
        var view = Samples.Iris.ToDataView();
        Failure Refused(string weights) =>
            new LearnerEstimator(classes, Seed.Of(1), "Label", EquatableArray.Own(names), weights).TryFit(view).Failure();
        Assert.Equal("is the weights and a feature or the label", Refused(names[0]).What);
        Assert.Equal("is the weights and a feature or the label", Refused("Label").What);
    }

    [Fact]
    public void The_evaluation_of_two_classes_reads_the_predictions()
    {
        var ml = new MLContext(1);
        var codes = ((Target.Classes)Samples.Two.Target).Codes;
        var view = ml.Data.LoadFromEnumerable(Enumerable.Range(0, Samples.Two.RowCount).Select(row => new Flower
        {
            Features = [.. names.Select(name => (float)((Column.Numeric)Samples.Two.Frame[name])[row])],
            Label = codes[row] == 1,
        }));
        var predicted = classes.AsEstimator(Seed.Of(3)).Append(ml.Transforms.CopyColumns("p", "Probability")).Fit(view).Transform(view);
        Assert.Equal(predicted.GetColumn<float>("Probability"), predicted.GetColumn<float>("p"));
        var metrics = ml.BinaryClassification.Evaluate(predicted);
        Assert.True(metrics.Accuracy > 0.9 && metrics.AreaUnderRocCurve > 0.95 && metrics.LogLoss < 0.5);
        Assert.Equal(predicted.GetColumn<float>("Probability").Select(p => p > 0.5), predicted.GetColumn<bool>("PredictedLabel"));
        var results = ml.BinaryClassification.CrossValidate(view, classes.AsEstimator(Seed.Of(3)), 3);
        Assert.All(results, result => Assert.True(result.Metrics.Accuracy > 0.8));
    }

    [Fact]
    public void The_evaluation_of_numbers_reads_the_predictions()
    {
        var ml = new MLContext(1);
        var view = ml.Transforms.Conversion.ConvertType("Label", "y", DataKind.Single).Fit(Samples.Widths.ToDataView("y"))
            .Transform(Samples.Widths.ToDataView("y"));
        var estimator = Learn.Ridge().AsEstimator(Seed.Of(3), features: [.. Samples.Widths.Frame.Names]);
        var copied = estimator.Append(ml.Transforms.CopyColumns("s", "Score"));
        Assert.True(ml.Regression.Evaluate(copied.Fit(view).Transform(view), scoreColumnName: "s").RSquared > 0.9);
    }

    [Fact]
    public void Texts_are_labels()
    {
        var ml = new MLContext(1);
        var view = ml.Transforms.Conversion.MapKeyToValue("name", "species").Fit(Samples.Iris.ToDataView("species"))
            .Transform(Samples.Iris.ToDataView("species"));
        var pipeline = classes.AsEstimator(Seed.Of(3), "name", [.. names]).Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        var right = pipeline.Fit(view).Transform(view).GetColumn<string>("PredictedLabel").Zip(view.GetColumn<string>("name"))
            .Count(pair => pair.First == pair.Second);
        Assert.InRange(right, 140, 150);
    }

    [Fact]
    public void Weights_are_read_from_a_column()
    {
        var weights = EquatableArray.From(Enumerable.Range(0, 150).Select(row => row % 2 == 0 ? 1.0 : 0));
        var view = Samples.Widths.WithFrame(Samples.Widths.Frame.With("w", new Column.Numeric(weights))).ToDataView("y");
        EquatableArray<string> features = [.. Samples.Widths.Frame.Names];
        var expected = Learn.Ridge().Fit(Samples.Widths.WithWeights(weights), Seed.Of(3))
            .Bind(model => model.Predict(Samples.Widths.Frame)).OrThrow();
        var found = Learn.Ridge().AsEstimator(Seed.Of(3), "y", features, "w").Fit(view).Transform(view).GetColumn<float>("Score");
        Assert.Equal(expected.Values.Select(value => (float)value), found);
    }

    [Fact]
    public void A_vector_or_a_date_is_no_column_of_weights()
    {
        var view = new MLContext().Data.LoadFromEnumerable(new[]
        {
            new { Feature = 1.0, Label = 1.0, Vector = new[] { 1f }, Day = new DateTime(2024, 1, 1) },
            new { Feature = 2.0, Label = 3.0, Vector = new[] { 1f }, Day = new DateTime(2024, 1, 2) },
        });
        foreach (var weights in new[] { "Vector", "Day" })
            Assert.Equal($"column '{weights}'",
                Learn.Ridge().AsEstimator(Seed.Of(1), features: ["Feature"], weights: weights).TryFit(view).Failure().Where);
    }

    [Fact]
    public void The_schema_is_known_before_rows_are_predicted()
    {
        var transformer = classes.AsEstimator(Seed.Of(3), "species", [.. names]).Fit(Samples.Iris.ToDataView("species"));
        var schema = transformer.GetOutputSchema(Samples.Iris.ToDataView("species").Schema);
        Assert.Equal([.. names, "species", "PredictedLabel", "Score"], schema.Select(column => column.Name));
        Assert.False(transformer.IsRowToRowMapper);
        Assert.Contains("ModelFile.Save", Assert.Throws<NotSupportedException>(() =>
            new MLContext().Model.Save(transformer, Samples.Iris.ToDataView("species").Schema, Stream.Null)).Message);
    }

    [Fact]
    public void What_cannot_be_fitted_is_a_failure()
    {
        var view = Samples.Iris.ToDataView();
        Assert.Equal("has no column 'Features'", classes.AsEstimator(Seed.Of(3)).TryFit(view).Failure().What);
        Assert.Throws<OutcomeException>(() => classes.AsEstimator(Seed.Of(3)).Fit(view));
    }

    private sealed class Flower
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
