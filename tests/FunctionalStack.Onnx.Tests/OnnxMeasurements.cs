using System.Diagnostics;
using System.Globalization;
using FunctionalStack.IO;
using Xunit;
using Xunit.Abstractions;

namespace FunctionalStack.Onnx.Tests;

/// <summary>
/// Measures saved models in onnxruntime (docs/performance.md). ONNX_MODELS is a folder of models NAME.fstack and tables NAME.csv with the
/// columns of the model, of which the first ONNX_ROWS rows are compared, or all. Skipped without ONNX_MODELS.
/// </summary>
public class OnnxMeasurements(ITestOutputHelper output)
{
    private const int Times = 30;
    private const int Together = 100;

    [ModelsFact]
    public void Saved_models_are_measured()
    {
        foreach (var path in Directory.GetFiles(ModelsFactAttribute.Folder!, "*.fstack").Order())
        {
            var loaded = ModelFile.Load(path).OrThrow();
            var rows = Table.Read(Path.ChangeExtension(path, ".csv")).Bind(table => table.Frame(loaded.Schema)).OrThrow();
            if (int.TryParse(Environment.GetEnvironmentVariable("ONNX_ROWS"), out var most) && most < rows.RowCount)
                rows = rows.Take(EquatableArray.Range(most));
            var exported = OnnxExport.Of(loaded).OrThrow();
            using var run = new OnnxRun(exported);
            var expected = loaded.Predict(rows).OrThrow();
            var (worst, off) = (0.0, 0);
            for (var from = 0; from < rows.RowCount; from += Together)
            {
                var part = EquatableArray.From(Enumerable.Range(from, Math.Min(Together, rows.RowCount - from)));
                var (own, made) = (expected.Take(part), run.Predict(rows.Take(part)));
                worst = Math.Max(worst, Agree.Of(own, made, double.PositiveInfinity));
                if (own is Prediction.Probabilities classes)
                    off += classes.Codes().Where((code, row) => classes.Levels[code] != made.Labels![row]).Count();
            }

            var one = rows.Take([0]);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Path.GetFileNameWithoutExtension(path)}: {rows.RowCount} rows, {off} labels off, largest difference {worst:G3}, "
                    + $"{exported.Length / 1e6:F1} MB, {exported.NodeCount} nodes, one row {Median(() => run.Predict(one)):F2} ms, "
                    + $"library {Median(() => loaded.Predict(one)):F2} ms, model file {new FileInfo(path).Length / 1e6:F1} MB"));
        }
    }

    private static double Median(Action work)
    {
        for (var time = 0; time < Times; time++) work();
        return Enumerable.Range(0, Times).Select(_ =>
        {
            var watch = Stopwatch.StartNew();
            work();
            return watch.Elapsed.TotalMilliseconds;
        }).Order().ElementAt(Times / 2);
    }
}

/// <summary>A fact about the models of a folder; skipped if none is named.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ModelsFactAttribute : FactAttribute
{
    public ModelsFactAttribute() => Skip = Folder is null ? "ONNX_MODELS names no folder of models" : null;

    /// <summary>The folder; null if none is named.</summary>
    public static string? Folder => Environment.GetEnvironmentVariable("ONNX_MODELS");
}
