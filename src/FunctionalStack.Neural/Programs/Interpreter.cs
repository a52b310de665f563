namespace FunctionalStack.Neural;

/// <summary>The arguments that differ from step to step.</summary>
/// <param name="Batch">Examples present.</param>
/// <param name="Seed">The seed of the step; the dropout masks come from its forks.</param>
/// <param name="Slot">Steps since the metrics were last read: the index in <see cref="LossSlices"/> that this step writes.</param>
internal readonly record struct StepArguments(int Batch, Seed Seed, int Slot = 0);

/// <summary>Runs programs on a backend.</summary>
internal static class Interpreter
{
    /// <summary>Runs the instructions in order; allocates nothing.</summary>
    public static void Run(this IReadOnlyList<Instruction> instructions, ICompute compute, StepArguments step)
    {
        for (var i = 0; i < instructions.Count; i++) Run(instructions[i].Operation, compute, step);
    }

    private static void Run(Operation operation, ICompute compute, StepArguments step)
    {
        var batch = step.Batch;
        switch (operation)
        {
            case Operation.Convolve o:
                compute.Convolve(batch, o.Window, o.X, o.Kernel, o.Bias, o.Z, o.ZMoments);
                break;
            case Operation.ConvolveBackward o:
                compute.ConvolveBackward(batch, o.Window, o.X, o.Kernel, o.Dz, o.KernelGradient, o.BiasGradient, o.Dx);
                break;
            case Operation.Dense o:
                compute.Dense(batch, o.X, o.Kernel, o.Bias, o.Z, o.Units, o.ZMoments);
                break;
            case Operation.DenseBackward o:
                compute.DenseBackward(batch, o.X, o.Kernel, o.Dz, o.KernelGradient, o.BiasGradient, o.Dx);
                break;
            case Operation.Moments o:
                compute.Moments(batch, o.Z, o.Shape, o.To);
                break;
            case Operation.InverseDeviation o:
                compute.InverseDeviation(o.Variance, o.Epsilon, o.To);
                break;
            case Operation.NormalizationBackward o:
                compute.NormalizationBackward(batch, o.Dy, o.Sums);
                break;
            case Operation.Apply o:
                compute.Apply(batch, o.X, o.Pooling, o.Y);
                break;
            case Operation.ApplyBackward o:
                compute.ApplyBackward(batch, o.Dz, o.To);
                break;
            case Operation.Add o:
                compute.Add(batch, o.A, o.B, o.Y);
                break;
            case Operation.Accumulate o:
                compute.Accumulate(o.From, o.To);
                break;
            case Operation.Drop o:
                compute.Drop(batch, o.X, o.Shape, o.Rate, step.Seed.Fork(o.Number).State, o.Y);
                break;
            case Operation.Softmax o:
                compute.Softmax(batch, o.X, o.Units, o.Y);
                break;
            case Operation.SoftmaxBackward o:
                compute.SoftmaxBackward(batch, o.Y, o.Dy, o.Units, o.Dx);
                break;
            case Operation.Loss o:
                var before = step.Slot > 0 ? o.Slices.Of(step.Slot - 1) : (Slice?)null;
                compute.Loss(batch, o.Kind, o.Scores, o.Slices.Targets, o.Units, o.Gradient, o.Slices.Of(step.Slot), before,
                    o.Slices.Weights);
                break;
            default:
                throw new InvalidOperationException($"{operation} has no interpretation");
        }
    }
}
