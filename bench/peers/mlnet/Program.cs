// ML.NET's LightGbm, FastForest and SDCA at their defaults, cross-validated on given folds.
// mlnet FEATURES.csv TASK -> one JSON object of losses per fold. FEATURES: numbers only, columns `label` (class number or value) and
// `outer_fold`, then the features. Log-loss of classes, RMSE of values.
using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

var lines = File.ReadAllLines(args[0]);
var isClasses = args[1] == "c";
var cells = lines.Skip(1)
    .Select(line => Array.ConvertAll(line.Split(','), cell => float.Parse(cell, CultureInfo.InvariantCulture))).ToArray();
var width = cells[0].Length - 2;
var classes = isClasses ? (int)cells.Max(row => row[0]) + 1 : 0;
var schema = SchemaDefinition.Create(typeof(Row));
schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
var answer = new Dictionary<string, object>();
foreach (var name in new[] { "LightGbm", "FastForest", "Sdca" })
{
    var (losses, watch) = (new List<double>(), System.Diagnostics.Stopwatch.StartNew());
    try
    {
        for (var fold = 0; fold < 5; fold++)
        {
            var ml = new MLContext(seed: 1);
            var train = ml.Data.LoadFromEnumerable(cells.Where(row => row[1] != fold).Select(Row.Of), schema);
            var held = cells.Where(row => row[1] == fold).ToArray();
            var view = ml.Data.LoadFromEnumerable(held.Select(Row.Of), schema);
            losses.Add(isClasses ? ClassLoss(ml, name, train, view, held) : ValueLoss(ml, name, train, view, held));
        }
    }
    catch (Exception error) { Console.Error.WriteLine($"{name}: {error.Message}"); continue; }

    answer[name] = new { folds = losses, seconds = watch.Elapsed.TotalSeconds };
}

Console.WriteLine(JsonSerializer.Serialize(answer));

double ClassLoss(MLContext ml, string name, IDataView train, IDataView view, float[][] held)
{
    var key = ml.Transforms.Conversion.MapValueToKey("Key", "Label");
    var some = ml.MulticlassClassification.Trainers;
    IEstimator<ITransformer> trainer = name switch
    {
        "LightGbm" => some.LightGbm("Key"),
        // One forest per class, calibrated, as ML.NET has no forest of several classes.
        "FastForest" => some.OneVersusAll(ml.BinaryClassification.Trainers.FastForest("Key"), "Key"),
        _ => ml.Transforms.NormalizeMinMax("Features").Append(some.SdcaMaximumEntropy("Key")),
    };
    var model = key.Append(trainer).Fit(train);
    var scored = model.Transform(view);
    var scores = scored.GetColumn<float[]>("Score").ToArray();
    // The order of the keys is that of first occurrence in the training rows.
    var order = train.GetColumn<float>("Label").Distinct().ToArray();
    var sum = 0.0;
    for (var row = 0; row < held.Length; row++)
    {
        var at = Array.IndexOf(order, held[row][0]);
        var total = scores[row].Sum(score => Math.Max(score, 0.0));
        sum -= Math.Log(Math.Clamp(at < 0 ? 0 : scores[row][at] / total, 2.2e-16, 1));
    }

    return sum / held.Length;
}

double ValueLoss(MLContext ml, string name, IDataView train, IDataView view, float[][] held)
{
    var some = ml.Regression.Trainers;
    IEstimator<ITransformer> trainer = name switch
    {
        "LightGbm" => some.LightGbm(),
        "FastForest" => some.FastForest(),
        _ => ml.Transforms.NormalizeMinMax("Features").Append(some.Sdca()),
    };
    var scores = trainer.Fit(train).Transform(view).GetColumn<float>("Score").ToArray();
    return Math.Sqrt(held.Select((row, i) => Math.Pow(scores[i] - row[0], 2)).Average());
}

internal sealed class Row
{
    public float Label { get; set; }

    public float[] Features { get; set; } = [];

    public static Row Of(float[] cells) => new() { Label = cells[0], Features = cells[2..] };
}
