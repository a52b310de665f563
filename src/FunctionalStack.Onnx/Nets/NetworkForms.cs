using FunctionalStack.Neural;

namespace FunctionalStack.Onnx;

/// <summary>Nets as learners of tables, and nets alone.</summary>
internal static class NetworkForms
{
    public static Outcome<GraphPrediction> Classifier(NetClassifierModel model, GraphFrame rows, Scope scope) =>
        rows.Complete(model.Inputs.Columns).Map(x =>
        {
            // Probabilities of single precision sum to 1 only up to rounding.
            var scores = Outputs(model.Net with { Network = WithSoftmax(model.Net.Network) }, model.Inputs, x);
            return new GraphPrediction(model.Net.Levels, scores / scores.SumOver(1)).For(model.Levels);
        });

    public static Outcome<GraphPrediction> Estimator(NetEstimatorModel model, GraphFrame rows, Scope scope) =>
        rows.Complete(model.Inputs.Columns).Map(x =>
            new GraphPrediction(default, Outputs(model.Net, model.Inputs, x) * model.Deviation + model.Centre));

    /// <summary>A net alone: pixels as they are in images, [N, size] in single precision.</summary>
    public static GraphPrediction Images(NetworkModel net, Edge pixels)
    {
        var network = net.Levels.Count == 0 ? net.Network : WithSoftmax(net.Network);
        var divided = net.Divisor == 1 ? pixels : pixels / (Edge)Tensor.Of([(float)net.Divisor]);
        return new(net.Levels, NetworkGraph.Of(network, net.Variables, divided).Cast(ElementType.Double)) { Width = net.Plan.Output.Size };
    }

    private static Edge Outputs(NetworkModel net, StandardInputs inputs, Edge x)
    {
        var isConstant = inputs.Deviations.Select(deviation => deviation == 0).ToArray();
        double[] divisors = [.. inputs.Deviations.Select(deviation => deviation == 0 ? 1 : deviation)];
        var standard = ((x - Arrays.Row(inputs.Centres.AsSpan())) / Arrays.Row(divisors))
            .Clip(-StandardInputs.Furthest, StandardInputs.Furthest);
        if (isConstant.Contains(true)) standard = ((Edge)Tensor.Of(isConstant, 1, isConstant.Length)).Choose(0.0, standard);
        return NetworkGraph.Of(net.Network, net.Variables, standard.Cast(ElementType.Float)).Cast(ElementType.Double);
    }

    private static Network WithSoftmax(Network network) => network.Layers is [.., Layer.Softmax] ? network
        : network with { Layers = [.. network.Layers, new Layer.Softmax()] };
}
