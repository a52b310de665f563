using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using Xunit;

namespace FunctionalStack.IO.Tests.Models;

/// <summary>Law 8 over time: files of every format load, and predict what they predicted when they were written (tests/golden).</summary>
public sealed class GoldenFilesTests
{
    // Sums are taken in an order that depends on the processor's vectors. The net computes in single precision, and has little weight.
    private const double Bound = 1e-6;

    // Records of checkpoints, journals and training, which are in no model file of a fit, and layers that no learner has.
    private static readonly string[] Elsewhere =
    [
        "journal.", "checkpoint", "training", "optimizer.", "schedule.", "network", "layer.", "errorForest", "classes", "values", "seed",
        "probabilities", "estimates",
    ];

    private static string[] Names => [.. Directory.GetFiles(Folder(), "*.fstack", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Folder(), path)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Files() => [.. Names];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_predicts_what_it_predicted(string file)
    {
        var path = Path.Combine(Folder(), file);
        var model = ModelFile.Load(path).OrThrow();
        var rows = Table.Read(Path.Combine(Folder(), $"{model.Card.Target}-test.csv")).Bind(table => table.Frame(model.Schema)).OrThrow();
        var written = Table.Read(Path.ChangeExtension(path, ".csv")).OrThrow();
        var predicted = model.Predict(rows).OrThrow();
        Assert.Equal(12, predicted.Count);
        if (predicted is Prediction.Probabilities classes)
        {
            Assert.Equal(Texts(written, model.Card.Target), classes.Labels);
            foreach (var level in classes.Levels) AssertNear(written, $"P({level})", [.. classes.Probability(level)]);
            return;
        }

        AssertNear(written, model.Card.Target, [.. ((Prediction.Numeric)predicted).Values]);
        var interval = model.Model.PredictInterval(rows, 0.8).OrThrow();
        AssertNear(written, $"{model.Card.Target}:lower", [.. interval.Lower]);
        AssertNear(written, $"{model.Card.Target}:upper", [.. interval.Upper]);
    }

    /// <summary>Fails for a new record: write a new folder with it (tests/golden/make.sh).</summary>
    [Fact]
    public void Every_record_of_a_model_is_in_a_file()
    {
        var found = Names.SelectMany(name => Tags(ModelFile.Load(Path.Combine(Folder(), name)).OrThrow().Model)).ToHashSet();
        var tags = Library.Catalogue.Records.Select(record => record.Tag).Where(tag => !Elsewhere.Any(tag.StartsWith));
        Assert.True(!tags.Except(found).Any(), string.Join(" ", tags.Except(found)));
    }

    private static IEnumerable<string> Tags(object? value)
    {
        if (value is null or string || value.GetType().IsPrimitive || value is Enum) return [];
        if (value is IEnumerable list) return list.Cast<object?>().SelectMany(Tags);
        var layout = ModelRegistry.Default.LayoutOf(value.GetType());
        return layout.Fields.SelectMany(field => Tags(field.Property.GetValue(value))).Append(layout.Tag);
    }

    private static string[] Texts(Table table, string column) => [.. DatasetReader.Ids(table, column).OrThrow()];

    private static void AssertNear(Table written, string column, double[] predicted) =>
        Assert.All(Texts(written, column).Zip(predicted), pair =>
            Assert.Equal(double.Parse(pair.First, CultureInfo.InvariantCulture), pair.Second, Bound));

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "golden"));
}
