using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FunctionalStack.Onnx.Tests;

/// <summary>What an ONNX model predicts in onnxruntime.</summary>
/// <param name="Labels">One for each row; null for numeric predictions.</param>
/// <param name="Numbers">Probabilities by row, or numbers.</param>
public sealed record OnnxPrediction(string[]? Labels, double[] Numbers);

/// <summary>A session of onnxruntime: one thread, so that the order of sums is the library's.</summary>
public sealed class OnnxRun : IDisposable
{
    private readonly InferenceSession session;

    public OnnxRun(OnnxModel model) => session = Open(model.ToArray());

    public IReadOnlyDictionary<string, string> Metadata => session.ModelMetadata.CustomMetadataMap;

    public static InferenceSession Open(byte[] model)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        options.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
        return new(model, options);
    }

    /// <summary>Predicts rows that have the columns of the model's schema.</summary>
    public OnnxPrediction Predict(Frame rows)
    {
        using var results = session.Run([.. session.InputNames.Select(name => Input(name, rows[name], rows.RowCount))]);
        var labels = results.FirstOrDefault(result => result.Name == "label")?.AsEnumerable<string>().ToArray();
        return new(labels, [.. results.First(result => result.Name != "label").AsEnumerable<double>()]);
    }

    /// <summary>Whether the run stops.</summary>
    public bool Refuses(Frame rows)
    {
        try
        {
            Predict(rows);
            return false;
        }
        catch (OnnxRuntimeException)
        {
            return true;
        }
    }

    public void Dispose() => session.Dispose();

    private NamedOnnxValue Input(string name, Column column, int rows)
    {
        var isText = session.InputMetadata[name].ElementType == typeof(string);
        return (column, isText) switch
        {
            (Column.Categorical words, true) => NamedOnnxValue.CreateFromTensor(name,
                new DenseTensor<string>(Enumerable.Range(0, rows).Select(row => words.LevelOf(row) ?? "").ToArray(), [rows, 1])),
            (Column.Numeric numbers, false) =>
                NamedOnnxValue.CreateFromTensor(name, new DenseTensor<double>(numbers.ToArray(), [rows, 1])),
            _ => throw new InvalidOperationException($"column '{name}' has another kind than the input"),
        };
    }
}
