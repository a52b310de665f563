using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

// Serves an exported model under onnxruntime, for comparison with `fstack serve`: POST /predict with one row as a JSON object.
// Arguments: the ONNX file, the port, and the threads of one prediction.
using var options = new Microsoft.ML.OnnxRuntime.SessionOptions
{
     IntraOpNumThreads = int.Parse(args[2]),
    GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
};
using var session = new InferenceSession(args[0], options);
using var run = new RunOptions();
var inputs = session.InputMetadata.Select(input => (input.Key, input.Value.ElementDataType)).ToArray();
var names = inputs.Select(input => input.Key).ToArray();
long[] shape = [1, 1];

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
var app = builder.Build();
app.MapPost("/predict", async (HttpContext context) =>
{
    using var row = await JsonDocument.ParseAsync(context.Request.Body);
    var values = inputs.Select(input => Value(row.RootElement.GetProperty(input.Key), input.ElementDataType)).ToArray();
    using var answers = session.Run(run, names, values, session.OutputNames);
    foreach (var value in values) value.Dispose();
    context.Response.ContentType = "application/json";
    var body = new ArrayBufferWriter<byte>();
    using var json = new Utf8JsonWriter(body);
    json.WriteStartObject();
    for (var i = 0; i < answers.Count; i++)
    {
        json.WriteStartArray(session.OutputNames[i]);
        switch (answers[i].GetTensorTypeAndShape().ElementDataType)
        {
            case TensorElementType.String:
                foreach (var text in answers[i].GetStringTensorAsArray()) json.WriteStringValue(text);
                break;
            case TensorElementType.Double:
                foreach (var number in answers[i].GetTensorDataAsSpan<double>()) json.WriteNumberValue(number);
                break;
            default:
                foreach (var number in answers[i].GetTensorDataAsSpan<float>()) json.WriteNumberValue(number);
                break;
        }

        json.WriteEndArray();
    }

    json.WriteEndObject();
    json.Flush();
    context.Response.ContentLength = body.WrittenCount;
    await context.Response.Body.WriteAsync(body.WrittenMemory);
});
app.Run($"http://127.0.0.1:{args[1]}");

OrtValue Value(JsonElement cell, TensorElementType type) => type switch
{
    TensorElementType.String => Text(cell.ValueKind == JsonValueKind.Null ? "" : cell.GetString()!),
    TensorElementType.Double =>
        OrtValue.CreateTensorValueFromMemory(new[] { cell.ValueKind == JsonValueKind.Null ? double.NaN : cell.GetDouble() }, shape),
    _ => OrtValue.CreateTensorValueFromMemory(new[] { cell.ValueKind == JsonValueKind.Null ? float.NaN : cell.GetSingle() }, shape),
};

OrtValue Text(string text)
{
    var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
    value.StringTensorSetElementAt(text.AsSpan(), 0);
    return value;
}
