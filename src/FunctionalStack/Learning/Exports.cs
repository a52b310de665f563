using FunctionalStack.IO;
using FunctionalStack.Onnx;

namespace FunctionalStack;

/// <summary>Writes models in the formats of other runtimes.</summary>
public static class Exports
{
    /// <inheritdoc cref="OnnxExport.Of(LoadedModel)"/>
    public static Outcome<OnnxModel> ToOnnx(this LoadedModel model) => OnnxExport.Of(model);

    /// <inheritdoc cref="OnnxExport.Of(IModel, ModelCard)"/>
    public static Outcome<OnnxModel> ToOnnx(this IModel model, ModelCard card) => OnnxExport.Of(model, card);
}
