using FunctionalStack.IO;
using FunctionalStack.Neural;

namespace FunctionalStack.Onnx;

/// <summary>
/// Exports models to ONNX: a whole stack, with its preprocessing, as one graph in double precision. Inputs are the columns of the model's
/// schema, [rows, 1]: doubles, where NaN is a missing value, or strings, where the empty one is. The outputs of a classifier are
/// <c>label</c>, strings of [rows], and <c>probabilities</c>, doubles of [rows, classes]; the output of any other model is
/// <c>prediction</c>, doubles of [rows, 1], or of [rows, outputs] for a net for images without classes.
/// </summary>
public static class OnnxExport
{
    /// <summary>The beginning of the keys of metadata.</summary>
    public const string MetadataPrefix = "functionalstack.";

    // One protobuf message must be shorter.
    private const long MostBytes = int.MaxValue;

    /// <summary>Exports a saved model.</summary>
    /// <returns>The ONNX model. A failure that names the part of the model that has no form in ONNX.</returns>
    public static Outcome<OnnxModel> Of(LoadedModel model) => Of(model.Model, model.Card);

    /// <summary>Exports a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="card">Its card: the schema gives the inputs.</param>
    /// <returns>The ONNX model. A failure that names the part of the model that has no form in ONNX.</returns>
    public static Outcome<OnnxModel> Of(IModel model, ModelCard card) =>
        from own in Checked(card.For(model) is { Schema.Columns.Count: > 0 } needed ? needed : card)
        let rows = OnnxInputs.Frame(own.Schema)
        from prediction in new Scope(KnownForms.All, "").Model(Bare(model), rows)
        let classes = prediction.Levels.Count > 0
        let found = classes && card.Levels.Count > 0 ? prediction.For(card.Levels) : prediction
        from written in Write(own, OnnxInputs.Ports(own.Schema), found)
        select written;

    /// <summary>Exports a net for images. Its input is <c>images</c>, [rows, height, width, channels]: pixels as they are in the file, from
    /// 0
    /// to 255, in single precision.</summary>
    /// <param name="net">The net.</param>
    /// <param name="card">Its card.</param>
    /// <returns>The ONNX model.</returns>
    public static Outcome<OnnxModel> Of(NetworkModel net, ModelCard card)
    {
        var (name, shape) = ("images", net.Network.Input);
        var images = new Port(name, ElementType.Float, shape.Height, shape.Width, shape.Channels);
        return Write(card, [images], NetworkForms.Images(net, new Edge.Given(name).Reshape(-1, shape.Size)));
    }

    /// <summary>Exports a net for images that has no card, such as one of an ONNX file.</summary>
    /// <param name="net">The net.</param>
    /// <returns>The ONNX model.</returns>
    public static Outcome<OnnxModel> Of(NetworkModel net) => Of(net, new ModelCard(NetworkFile.Target, net.Levels, new(default), 0));

    // Inputs are those of the schema already, so that a model that converts them first needs no form.
    private static IModel Bare(IModel model) => model is IConformingModel conforming ? Bare(conforming.Model) : model;

    private static Outcome<ModelCard> Checked(ModelCard card) =>
        card.Schema.Columns.Count == 0
        ? Outcome.Fail<ModelCard>("the card", "has no columns, but even a model that reads none needs one to count rows",
            "Give the schema of the training data.")
        : card.Schema.Columns.Any(column => column.Name.Length == 0)
        ? Outcome.Fail<ModelCard>("a column", "has no name, and inputs of an ONNX model need one",
            "Name the column in the data, and fit the model again.")
        : card.Schema.Columns.FirstOrDefault(column => OnnxOutputs.Names.Contains(column.Name)) is { } taken
        ? Outcome.Fail<ModelCard>($"column '{taken.Name}'", "has the name of an output of the ONNX model",
            "Rename the column in the data, and fit the model again.")
        : card.Schema.Columns.OfType<ColumnSchema.Categorical>().FirstOrDefault(column => column.Levels.Contains("")) is { } empty
        ? Outcome.Fail<ModelCard>($"column '{empty.Name}'", "has the empty text as a level, which is a missing value in ONNX",
            "Give that level another name, and fit the model again.")
        : Outcome.Ok(card);

    private static Outcome<OnnxModel> Write(ModelCard card, IReadOnlyList<Port> inputs, GraphPrediction prediction)
    {
        var outputs = OnnxOutputs.Of(prediction);
        var (graph, nodes, domains) = GraphWriter.Write("model", inputs, outputs);
        const int ir = 1, producer = 2, version = 3, graphField = 7, opset = 8, metadata = 14, domain = 1, number = 2;
        var message = new Message().Add(ir, OnnxModel.IrVersion).Add(producer, "FunctionalStack").Add(version, card.Library)
            .Add(graphField, graph)
            .Add(opset, new Message().Add(domain, "").Add(number, OnnxModel.Opset))
            .Add(opset, new Message().Add(domain, Operation.MachineLearning).Add(number, OnnxModel.MachineLearningOpset));
        foreach (var other in domains.Except(["", Operation.MachineLearning]))
            message.Add(opset, new Message().Add(domain, other).Add(number, 1));
        foreach (var (key, value) in OnnxMetadata.Of(card))
            message.Add(metadata, new Message().Add(1, MetadataPrefix + key).Add(2, value));
        return message.Length > MostBytes
            ? Outcome.Fail<OnnxModel>("the ONNX file", $"would have {message.Length} bytes, and one file holds {MostBytes}",
                "Fit fewer or shallower trees.")
            : Outcome.Ok(new OnnxModel(message, EquatableArray.From(inputs.Select(input => input.Name)),
                EquatableArray.From(outputs.Select(output => output.Port.Name)), nodes));
    }
}
