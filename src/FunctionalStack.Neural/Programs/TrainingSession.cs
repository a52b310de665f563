namespace FunctionalStack.Neural;

/// <summary>
/// A network in training on a backend. It owns an arena there, in which variables, gradients and optimizer state stay from step
/// to step. Use it from one thread at a time.
/// </summary>
public sealed class TrainingSession : IDisposable
{
    private readonly ICompute compute;
    private readonly Program program;
    private readonly TrainingSlices training;
    private readonly Optimizer optimizer;

    private readonly float[] ring;
    private readonly int[] rowsOf;
    private readonly StepMetrics[] settled;
    private int queued;

    private TrainingSession(ICompute compute, Program program, Optimizer optimizer)
    {
        (this.compute, this.program, training, this.optimizer) = (compute, program, program.Training!, optimizer);
        Window = program.Loss!.Steps;
        (ring, rowsOf, settled) = (new float[program.Loss.Ring.Length], new int[Window], new StepMetrics[Window]);
    }

    /// <summary>The maximum number of steps queued before <see cref="Settle"/>.</summary>
    public int Window { get; }

    /// <summary>The maximum number of examples per <see cref="Step"/>.</summary>
    public int Batch => program.Batch;

    /// <summary>The network.</summary>
    public NetworkPlan Plan => program.Plan;

    /// <summary>For tests: the compiled program and its offsets.</summary>
    internal Program Program => program;

    /// <summary>Opens an arena for steps of up to <paramref name="batch"/> examples. Load variables next.</summary>
    /// <param name="backend">The device.</param>
    /// <param name="plan">The network.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="batch">The maximum number of examples per step; at least 1.</param>
    /// <param name="window">The maximum number of steps queued before their metrics are read; at least 1. It does not change any
    /// result.</param>
    /// <param name="weighted">Whether each step is given row weights.</param>
    /// <exception cref="DeviceException">The device has too little memory (the message then names a batch that fits), or is
    /// lost.</exception>
    public static TrainingSession Open(IBackend backend, NetworkPlan plan, LossKind loss, Optimizer optimizer, int batch, int window = 1,
        bool weighted = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        return new(Halving.OpenWhole(backend, batch, size => Laid(size).Floats), Laid(batch), optimizer);

        Program Laid(int size) => Compiler.ForTraining(plan, size, loss, optimizer.Slots, window, weighted);
    }

    /// <summary>Replaces the variables and the optimizer's state.</summary>
    /// <exception cref="ArgumentException">The variables belong to another network.</exception>
    public void Load(Variables variables, OptimizerState state)
    {
        if (!variables.Fit(Plan)) throw new ArgumentException("these variables belong to another network", nameof(variables));
        program.Parameters.Write(compute, variables);
        if (training.Mu is { } mu) program.Parameters.WriteRun(compute, state.Mu.AsSpan(), mu);
        if (training.Nu is { } nu) program.Parameters.WriteRun(compute, state.Nu.AsSpan(), nu);
        Steps = state.Steps;
    }

    /// <summary>Replaces the moving averages in the arena.</summary>
    internal void LoadMoments(EquatableArray<float> moments)
    {
        foreach (var block in Plan.Moments) compute.Write(moments.AsSpan().Slice(block.Offset, block.Length), program.Parameters[block]);
    }

    /// <summary>Optimizer steps taken, including those before <see cref="Load"/>.</summary>
    public long Steps { get; private set; }

    /// <summary>The current variables, copied from the device.</summary>
    public Variables Variables => program.Parameters.Read(compute);

    /// <summary>The current optimizer state, copied from the device.</summary>
    public OptimizerState State => new(
        Steps,
        training.Mu is { } mu ? EquatableArray.Own(program.Parameters.ReadRun(compute, mu)) : default,
        training.Nu is { } nu ? EquatableArray.Own(program.Parameters.ReadRun(compute, nu)) : default);

    /// <summary>
    /// One step on rows x input size elements and their targets: forward pass, backward pass, and an optimizer update at
    /// <paramref name="rate"/> times the optimizer's own rate. Returns the loss and the number of correct rows before the update.
    /// If the loss is not finite, nothing is updated, so that <see cref="FirstNotFinite"/> can locate the cause.
    /// </summary>
    public StepMetrics Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, double rate, Seed seed,
        ReadOnlySpan<float> weights = default)
    {
        if (queued > 0) throw new InvalidOperationException("steps are queued; settle them first");
        Queue(inputs, targets, rate, seed, weights);
        return Settle()[0];
    }

    /// <summary>
    /// Queues the same step without waiting for it: a device computes while the next batch is gathered. After a step whose loss is
    /// not finite, no later step updates anything either.
    /// </summary>
    /// <exception cref="InvalidOperationException"><see cref="Window"/> steps are queued already.</exception>
    public void Queue(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, double rate, Seed seed,
        ReadOnlySpan<float> weights = default)
    {
        if (queued == Window) throw new InvalidOperationException($"{Window} steps are queued; settle them first");
        var (slices, map) = (program.Loss!, program.Parameters);
        rowsOf[queued] = Pass(inputs, targets, weights, seed, queued);
        Steps++;
        var guard = slices.Of(queued++);
        var (decaying, plain) = (optimizer.Rule(Steps, rate, decays: true), optimizer.Rule(Steps, rate, decays: false));
        if (decaying == plain)
        {
            Update(plain, 0, map.Length);
            return;
        }

        Update(decaying, 0, map.KernelLength);
        Update(plain, map.KernelLength, map.Length - map.KernelLength);

        void Update(UpdateRule rule, int from, int length)
        {
            if (length > 0)
                compute.Update(rule, Part(map.Whole), Part(training.Gradients), training.Mu is { } mu ? Part(mu) : null,
                    training.Nu is { } nu ? Part(nu) : null, guard);

            Slice Part(Slice whole) => new(whole.Offset + from, length);
        }
    }

    /// <summary>
    /// Waits for the queued steps and returns the metrics of each. Nothing is updated from the first step on whose loss is not
    /// finite, and <see cref="Steps"/> does not count those steps.
    /// </summary>
    public ReadOnlySpan<StepMetrics> Settle()
    {
        if (queued == 0) return [];
        var slices = program.Loss!;
        compute.Read(slices.Ring with { Length = LossSlices.Size(queued) }, ring.AsSpan(0, LossSlices.Size(queued)));
        for (var slot = 0; slot < queued; slot++)
        {
            var at = LossSlices.Size(slot);
            settled[slot] = new(ring[at], (int)ring[at + 1], rowsOf[slot]);
            if (!float.IsFinite(ring[at])) Steps--;
        }

        var steps = queued;
        queued = 0;
        return settled.AsSpan(0, steps);
    }

    /// <summary>Forward and backward pass only. The gradients stay for <see cref="ReadGradients"/>, and the moving averages are
    /// updated.</summary>
    public StepMetrics Gradients(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Seed seed,
        ReadOnlySpan<float> weights = default) =>
        program.Loss!.Read(compute, Pass(inputs, targets, weights, seed, 0));

    private int Pass(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Seed seed, int slot)
    {
        var rows = program.RowsOf(inputs);
        if (weights.Length != (program.Loss!.Weights is null ? 0
            : rows)) throw new ArgumentException($"{weights.Length} weights for {rows} rows", nameof(weights));
        program.Loss.Write(compute, targets, weights);
        Forward(inputs, seed);
        program.Backward.Run(compute, new(rows, seed, slot));
        return rows;
    }

    /// <summary>Forward pass only, as in training. The batch's moments stay for <see cref="ReadBatchMoments"/>, and the moving averages are
    /// updated.</summary>
    /// <returns>The number of rows.</returns>
    public int Forward(ReadOnlySpan<float> inputs, Seed seed)
    {
        var rows = program.RowsOf(inputs);
        compute.Write(inputs, program.Inputs with { Length = inputs.Length });
        program.Forward.Run(compute, new(rows, seed));
        return rows;
    }

    /// <summary>The gradients of the last step, with the plan's offsets of the parameters.</summary>
    public EquatableArray<float> ReadGradients() => EquatableArray.Own(program.Parameters.ReadRun(compute, training.Gradients));

    /// <summary>The biased moments of the last batch, for every batch normalization in plan order, with the plan's offsets of the moments:
    /// mean then variance.</summary>
    public EquatableArray<float> ReadBatchMoments()
    {
        var numbers = new float[Plan.MomentCount];
        var at = 0;
        foreach (var moments in program.Normalizations)
        {
            foreach (var slice in new[] { moments.Mean, moments.Variance })
            {
                compute.Read(slice, numbers.AsSpan(at, slice.Length));
                at += slice.Length;
            }
        }

        return EquatableArray.Own(numbers);
    }

    /// <summary>
    /// The origin of a value that is not finite in the last step: the first layer, forward then backward, whose result holds
    /// one; null if all are finite.
    /// </summary>
    public string? FirstNotFinite() =>
        NotFiniteParameter()
            ?? program.Forward.Concat(program.Backward).Where(instruction => NotFinite(instruction.Result))
            .Select(instruction => instruction.Layer).FirstOrDefault();

    /// <summary>The first block of parameters that is not all finite; null if all are.</summary>
    public string? NotFiniteParameter() => Plan.Parameters.FirstOrDefault(block => NotFinite(program.Parameters[block]))?.Name;

    private bool NotFinite(Slice slice)
    {
        var numbers = new float[slice.Length];
        compute.Read(slice, numbers);
        return numbers.Any(number => !float.IsFinite(number));
    }

    /// <inheritdoc/>
    public void Dispose() => compute.Dispose();
}

/// <summary>The metrics of a step's batch before the update.</summary>
/// <param name="Loss">The mean over the batch.</param>
/// <param name="Right">Rows whose class was predicted correctly.</param>
/// <param name="Rows">Rows in the batch.</param>
public readonly record struct StepMetrics(double Loss, int Right, int Rows);
