namespace FunctionalStack.Neural;

/// <summary>A target in the form that the loss reads.</summary>
/// <param name="Width">Values per example: 1 for class codes, otherwise one per unit.</param>
/// <param name="Numbers">Examples x width.</param>
internal sealed record Targets(int Width, float[] Numbers)
{
    /// <summary>Fails if target, loss and the network's output do not fit.</summary>
    public static Outcome<Targets> Of(Target target, LossKind loss, Shape output) => (target, loss) switch
    {
        (Target.Classes { Levels.Count: var levels }, LossKind.SoftmaxCrossEntropy) when levels != output.Size => Refuse(
            $"{levels} classes, but the network's output is {output}", $"End the network with Dense({levels}) and, if wanted, Softmax."),
        (Target.Classes classes, LossKind.SoftmaxCrossEntropy) => Codes(classes),
        (Target.Classes { Levels.Count: var levels }, LossKind.BinaryCrossEntropy) when levels != 2 || output.Size != 1 => Refuse(
            $"{levels} classes and {output} outputs for binary cross-entropy",
            "Binary cross-entropy needs 2 classes and one output. For more classes use softmax cross-entropy with one output per class."),
        (Target.Classes classes, LossKind.BinaryCrossEntropy) => Codes(classes),
        (Target.Classes, _) => Refuse("classes, but the loss is squared error", "Use softmax cross-entropy for classification."),
        (_, LossKind.SoftmaxCrossEntropy) =>
            Refuse("numbers, but the loss is softmax cross-entropy",
                "Use squared error for a numeric target, or convert the target to classes."),
        (_, _) when output.Size != 1 =>
            Refuse($"one value per example, but the network's output is {output}", "End the network with Dense(1)."),
        (Target.Numeric values, LossKind.BinaryCrossEntropy) when values.Values.Any(number => number is not (>= 0 and <= 1)) => Refuse(
            "a value outside 0 to 1, but the loss is binary cross-entropy", "Use squared error, or scale the values to 0 to 1."),
        (Target.Numeric values, _) when values.Values.Any(number => !float.IsFinite((float)number)) => Refuse(
            "a value that is not finite", "Remove those examples."),
        (Target.Numeric values, _) => Outcome.Ok(new Targets(1, [.. values.Values.Select(number => (float)number)])),
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, "Not a target."),
    };

    private static Outcome<Targets> Codes(Target.Classes classes) =>
        Outcome.Ok(new Targets(1, [.. classes.Codes.Select(code => (float)code)]));

    private static Outcome<Targets> Refuse(string what, string remedy) => Outcome.Fail<Targets>("target", $"it holds {what}", remedy);
}
