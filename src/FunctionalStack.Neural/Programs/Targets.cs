namespace FunctionalStack.Neural;

/// <summary>A target as the loss reads it.</summary>
/// <param name="Width">Numbers an example: a class's code, or a number a unit.</param>
/// <param name="Numbers">Examples x width.</param>
internal sealed record Targets(int Width, float[] Numbers)
{
    /// <summary>Fails where target, loss and the network's output don't fit one another.</summary>
    public static Outcome<Targets> Of(Target target, LossKind loss, Shape output) => (target, loss) switch
    {
        (Target.Classes { Levels.Count: var levels }, LossKind.SoftmaxCrossEntropy) when levels != output.Size => Refuse(
            $"{levels} classes, but the network puts out {output}", $"End the network with Dense({levels}) and, if wanted, Softmax."),
        (Target.Classes classes, LossKind.SoftmaxCrossEntropy) => Codes(classes),
        (Target.Classes { Levels.Count: var levels }, LossKind.BinaryCrossEntropy) when levels != 2 || output.Size != 1 => Refuse(
            $"{levels} classes and {output} outputs for binary cross-entropy", "It takes 2 classes and one output; for more classes take softmax cross-entropy and an output a class."),
        (Target.Classes classes, LossKind.BinaryCrossEntropy) => Codes(classes),
        (Target.Classes, _) => Refuse("classes, but the loss is squared error", "Take softmax cross-entropy for classes."),
        (_, LossKind.SoftmaxCrossEntropy) => Refuse("values, but the loss is softmax cross-entropy", "Take squared error for values, or make classes of them."),
        (_, _) when output.Size != 1 => Refuse($"one value an example, but the network puts out {output}", "End the network with Dense(1)."),
        (Target.Numeric values, LossKind.BinaryCrossEntropy) when values.Values.Any(number => number is not (>= 0 and <= 1)) => Refuse(
            "a value outside 0 to 1, but the loss is binary cross-entropy", "Take squared error, or bring the values into 0 to 1."),
        (Target.Numeric values, _) when values.Values.Any(number => !float.IsFinite((float)number)) => Refuse(
            "a value that is not finite", "Leave those examples out."),
        (Target.Numeric values, _) => Outcome.Ok(new Targets(1, [.. values.Values.Select(number => (float)number)])),
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, "No such target."),
    };

    private static Outcome<Targets> Codes(Target.Classes classes) => Outcome.Ok(new Targets(1, [.. classes.Codes.Select(code => (float)code)]));

    private static Outcome<Targets> Refuse(string what, string remedy) => Outcome.Fail<Targets>("target", $"it holds {what}", remedy);
}
