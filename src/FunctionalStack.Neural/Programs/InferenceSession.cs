namespace FunctionalStack.Neural;

/// <summary>A network on a backend, ready to predict. It owns an arena there. Use it from one thread at a time.</summary>
public sealed class InferenceSession : IDisposable
{
    private readonly ICompute compute;
    private readonly Program program;

    private InferenceSession(ICompute compute, Program program) => (this.compute, this.program) = (compute, program);

    /// <summary>The maximum number of examples per <see cref="Predict"/>.</summary>
    public int Batch => program.Batch;

    /// <summary>The network.</summary>
    public NetworkPlan Plan => program.Plan;

    /// <summary>Opens an arena for batches of up to <paramref name="batch"/> examples.</summary>
    /// <exception cref="DeviceException">The device has too little memory, or is lost.</exception>
    public static InferenceSession Open(IBackend backend, NetworkPlan plan, Variables variables, int batch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        var program = Compiler.ForInference(plan, batch);
        var session = new InferenceSession(backend.Open(program.Floats), program);
        try
        {
            session.Load(variables);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Opens a session that computes a loss instead. Load variables next.</summary>
    internal static InferenceSession OpenToMeasure(IBackend backend, NetworkPlan plan, LossKind loss, int batch, bool weighted = false)
    {
        var program = Compiler.ForMeasuring(plan, batch, loss, weighted);
        return new(backend.Open(program.Floats), program);
    }

    /// <summary>Replaces the variables.</summary>
    /// <exception cref="ArgumentException">The variables belong to another network.</exception>
    public void Load(Variables variables)
    {
        if (!variables.Fit(program.Plan)) throw new ArgumentException("these variables belong to another network", nameof(variables));
        program.Parameters.Write(compute, variables);
        program.Prepare.Run(compute, new(1, default));
    }

    /// <summary>Computes the network's outputs, rows x output size, from rows x input size elements.</summary>
    /// <exception cref="ArgumentException">The inputs are not 1 to <see cref="Batch"/> whole rows, or the outputs are not as many
    /// rows.</exception>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        var made = program.Plan.Output.Size;
        var rows = program.RowsOf(inputs);
        if (outputs.Length != rows * made)
            throw new ArgumentException($"{outputs.Length} outputs are not {rows} rows of {made}", nameof(outputs));
        Forward(inputs, rows);
        compute.Read(program.Scores with { Length = outputs.Length }, outputs);
    }

    /// <summary>The metrics of these rows for the loss that the session was opened for.</summary>
    internal StepMetrics Measure(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights = default)
    {
        var (slices, rows) = (program.Loss!, program.RowsOf(inputs));
        slices.Write(compute, targets, weights);
        Forward(inputs, rows);
        program.Backward.Run(compute, new(rows, default));
        return slices.Read(compute, rows);
    }

    private void Forward(ReadOnlySpan<float> inputs, int rows)
    {
        compute.Write(inputs, program.Inputs with { Length = inputs.Length });
        program.Forward.Run(compute, new(rows, default));
    }

    /// <inheritdoc/>
    public void Dispose() => compute.Dispose();
}
