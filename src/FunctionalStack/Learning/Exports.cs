using FunctionalStack.IO;
using FunctionalStack.Neural;
using FunctionalStack.Onnx;

namespace FunctionalStack;

/// <summary>Writes models in the formats of other runtimes.</summary>
public static class Exports
{
    /// <inheritdoc cref="OnnxExport.Of(LoadedModel)"/>
    public static Outcome<OnnxModel> ToOnnx(this LoadedModel model) => OnnxExport.Of(model);

    /// <summary>The model of a fit in ONNX: a whole stack, with its preprocessing.</summary>
    /// <returns>The ONNX model. Fails if a part has no form in ONNX, and names it.</returns>
    public static Outcome<OnnxModel> ToOnnx(this Trained fit) => ModelCard.Of(fit).Bind(card => OnnxExport.Of(fit.Model, card));

    /// <inheritdoc cref="OnnxExport.Of(IModel, ModelCard)"/>
    public static Outcome<OnnxModel> ToOnnx(this IModel model, ModelCard card) => OnnxExport.Of(model, card);

    /// <summary>A net for images in ONNX. Its input is <c>images</c>, [rows, height, width, channels]: pixels before they are divided by
    /// <see cref="NetworkModel.Divisor"/>, in single precision.</summary>
    /// <returns>The ONNX model.</returns>
    public static Outcome<OnnxModel> ToOnnx(this NetworkModel net) => OnnxExport.Of(net);
}
