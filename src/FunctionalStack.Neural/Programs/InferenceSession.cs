namespace FunctionalStack.Neural;

/// <summary>A network on a backend, ready to predict: owns an arena there. One thread at a time.</summary>
public sealed class InferenceSession : IDisposable
{
    private readonly ICompute compute;
    private readonly Program program;

    private InferenceSession(ICompute compute, Program program) => (this.compute, this.program) = (compute, program);

    /// <summary>Examples at most in one <see cref="Predict"/>.</summary>
    public int Batch => program.Batch;

    public NetworkPlan Plan => program.Plan;

    /// <summary>Opens an arena for batches of up to <paramref name="batch"/> examples.</summary>
    public static InferenceSession Open(IBackend backend, NetworkPlan plan, Variables variables, int batch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        var program = Compiler.ForInference(plan, batch);
        var session = new InferenceSession(backend.Open(program.Floats), program);
        session.Load(variables);
        return session;
    }

    /// <summary>Takes these variables from now on.</summary>
    public void Load(Variables variables)
    {
        if (!variables.Fit(program.Plan)) throw new ArgumentException("these variables belong to another network", nameof(variables));
        program.Parameters.Write(compute, variables);
        foreach (var instruction in program.Prepare) instruction.Run(compute, new(1, default));
    }

    /// <summary>The network's outputs, rows x output size, for rows x input size numbers.</summary>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        var (read, made) = (program.Plan.Network.Input.Size, program.Plan.Output.Size);
        var rows = inputs.Length / read;
        if (rows < 1 || rows > Batch || inputs.Length != rows * read || outputs.Length != rows * made) throw new ArgumentException($"{inputs.Length} inputs of {read} and {outputs.Length} outputs of {made} are not the same 1 to {Batch} rows");
        compute.Write(inputs, program.Inputs with { Length = inputs.Length });
        foreach (var instruction in program.Forward) instruction.Run(compute, new(rows, default));
        compute.Read(program.Scores with { Length = outputs.Length }, outputs);
    }

    public void Dispose() => compute.Dispose();
}
