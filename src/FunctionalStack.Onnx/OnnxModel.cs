using FunctionalStack.IO;

namespace FunctionalStack.Onnx;

/// <summary>An ONNX model: one protobuf message. Equal models and cards give equal bytes.</summary>
public sealed class OnnxModel
{
    private readonly Message message;

    internal OnnxModel(Message message, EquatableArray<string> inputs, EquatableArray<string> outputs, int nodes) =>
        (this.message, Inputs, Outputs, NodeCount) = (message, inputs, outputs, nodes);

    /// <summary>The version of ONNX's own operators.</summary>
    public const int Opset = 17;

    /// <summary>The version of the operators of the domain ai.onnx.ml: trees, and encoders of text.</summary>
    public const int MachineLearningOpset = 5;

    /// <summary>The version of the file format.</summary>
    public const int IrVersion = 8;

    /// <summary>The names of the inputs.</summary>
    public EquatableArray<string> Inputs { get; }

    /// <summary>The names of the outputs: <c>label</c> and <c>probabilities</c>, or <c>prediction</c>.</summary>
    public EquatableArray<string> Outputs { get; }

    /// <summary>The number of nodes.</summary>
    public int NodeCount { get; }

    /// <summary>The number of bytes.</summary>
    public long Length => message.Length;

    /// <summary>Writes the bytes of the file to <paramref name="stream"/>.</summary>
    public void WriteTo(Stream stream) => message.WriteTo(stream);

    /// <summary>The bytes of the file.</summary>
    public byte[] ToArray()
    {
        var bytes = new MemoryStream(checked((int)Length));
        WriteTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Writes the file beside <paramref name="path"/> and renames it. Fails if it cannot be written.</summary>
    /// <returns>The path.</returns>
    public Outcome<string> Save(string path) => AtomicFile.Write(path, WriteTo);
}
