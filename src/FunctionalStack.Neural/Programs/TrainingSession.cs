namespace FunctionalStack.Neural;

/// <summary>
/// A network in training on a backend: owns an arena there, in which variables, gradients and the optimizer's slots stay
/// from step to step. One thread at a time.
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

    /// <summary>Steps queued at most before <see cref="Settle"/>.</summary>
    public int Window { get; }

    /// <summary>Examples at most in one <see cref="Step"/>.</summary>
    public int Batch => program.Batch;

    public NetworkPlan Plan => program.Plan;

    /// <summary>For tests: where things lie.</summary>
    internal Program Program => program;

    /// <summary>Opens an arena for steps of up to <paramref name="batch"/> examples; load variables next.</summary>
    /// <param name="backend">Where.</param>
    /// <param name="plan">The network.</param>
    /// <param name="loss">What its outputs are measured by.</param>
    /// <param name="optimizer">How gradients become parameters.</param>
    /// <param name="batch">At least 1.</param>
    /// <param name="window">How many steps may be queued before their metrics are read; at least 1. It changes no number.</param>
    /// <param name="weighted">Whether each step gives its rows weights.</param>
    /// <exception cref="DeviceException">The device has not the memory (and then which batch it has it for), or is lost.</exception>
    public static TrainingSession Open(IBackend backend, NetworkPlan plan, LossKind loss, Optimizer optimizer, int batch, int window = 1,
        bool weighted = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        return new(Halving.OpenWhole(backend, batch, size => Laid(size).Floats), Laid(batch), optimizer);

        Program Laid(int size) => Compiler.ForTraining(plan, size, loss, optimizer.Slots, window, weighted);
    }

    public void Load(Variables variables, OptimizerState state)
    {
        if (!variables.Fit(Plan)) throw new ArgumentException("these variables belong to another network", nameof(variables));
        program.Parameters.Write(compute, variables);
        if (training.First is { } first) program.Parameters.WriteRun(compute, state.First.AsSpan(), first);
        if (training.Second is { } second) program.Parameters.WriteRun(compute, state.Second.AsSpan(), second);
        Steps = state.Steps;
    }

    /// <summary>Puts the moving moments of these variables in the place of those that lie here.</summary>
    internal void LoadMoments(EquatableArray<float> moments)
    {
        foreach (var block in Plan.Moments) compute.Write(moments.AsSpan().Slice(block.Offset, block.Length), program.Parameters[block]);
    }

    /// <summary>Optimizer steps taken, those before <see cref="Load"/> included.</summary>
    public long Steps { get; private set; }

    public Variables Variables => program.Parameters.Read(compute);

    public OptimizerState State => new(
        Steps,
        training.First is { } first ? EquatableArray.Own(program.Parameters.ReadRun(compute, first)) : default,
        training.Second is { } second ? EquatableArray.Own(program.Parameters.ReadRun(compute, second)) : default);

    /// <summary>
    /// One step on rows x input size numbers and their targets: forward, backward, and the optimizer at <paramref name="rate"/>
    /// times its own rate. The loss and the number of rows right, before the update. Where the loss is not finite nothing is
    /// updated, so that <see cref="FirstNotFinite"/> can tell why.
    /// </summary>
    public StepMetrics Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, double rate, Seed seed,
        ReadOnlySpan<float> weights = default)
    {
        if (queued > 0) throw new InvalidOperationException("steps are queued; settle them first");
        Queue(inputs, targets, rate, seed, weights);
        return Settle()[0];
    }

    /// <summary>
    /// The same without waiting for it: a device works while the next batch is gathered. Once a step's loss is not finite, no
    /// step after it updates anything either.
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
            if (length > 0) compute.Update(rule, Part(map.Whole), Part(training.Gradients), training.First is { } first ? Part(first) : null, training.Second is { } second ? Part(second) : null, guard);

            Slice Part(Slice whole) => new(whole.Offset + from, length);
        }
    }

    /// <summary>
    /// Waits for the steps queued and tells how each did. From the first whose loss is not finite on nothing was updated, and
    /// <see cref="Steps"/> does not count them.
    /// </summary>
    public ReadOnlySpan<StepMetrics> Settle()
    {
        if (queued == 0) return [];
        var slices = program.Loss!;
        compute.Read(slices.Ring with { Length = LossSlices.Size(queued) }, ring.AsSpan(0, LossSlices.Size(queued)));
        for (var turn = 0; turn < queued; turn++)
        {
            var at = LossSlices.Size(turn);
            settled[turn] = new(ring[at], (int)ring[at + 1], rowsOf[turn]);
            if (!float.IsFinite(ring[at])) Steps--;
        }

        var steps = queued;
        queued = 0;
        return settled.AsSpan(0, steps);
    }

    /// <summary>Forward and backward only: the gradients stay for <see cref="ReadGradients"/>, moving moments move.</summary>
    public StepMetrics Gradients(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Seed seed,
        ReadOnlySpan<float> weights = default) =>
        program.Loss!.Read(compute, Pass(inputs, targets, weights, seed, 0));

    private int Pass(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Seed seed, int turn)
    {
        var rows = program.RowsOf(inputs);
        if (weights.Length != (program.Loss!.Weights is null ? 0
            : rows)) throw new ArgumentException($"{weights.Length} weights for {rows} rows", nameof(weights));
        program.Loss.Write(compute, targets, weights);
        Forward(inputs, seed);
        program.Backward.Run(compute, new(rows, seed, turn));
        return rows;
    }

    /// <summary>Forward only, as in training: the batch's moments stay for <see cref="ReadBatchMoments"/>, moving moments move.</summary>
    /// <returns>Rows.</returns>
    public int Forward(ReadOnlySpan<float> inputs, Seed seed)
    {
        var rows = program.RowsOf(inputs);
        compute.Write(inputs, program.Inputs with { Length = inputs.Length });
        program.Forward.Run(compute, new(rows, seed));
        return rows;
    }

    /// <summary>The last step's gradients, laid out like the parameters.</summary>
    public EquatableArray<float> ReadGradients() => EquatableArray.Own(program.Parameters.ReadRun(compute, training.Gradients));

    /// <summary>The biased moments of the last batch, for every batch normalization in plan order, laid out like the moments: mean then variance.</summary>
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
    /// Where a number that isn't finite first arose in the last step: the first layer, forward then backward, whose
    /// result holds one; none if all are finite.
    /// </summary>
    public string? FirstNotFinite() =>
        NotFiniteParameter() ?? program.Forward.Concat(program.Backward).Where(instruction => NotFinite(instruction.Result)).Select(instruction => instruction.Layer).FirstOrDefault();

    /// <summary>The first parameters that are not all finite; null where all are.</summary>
    public string? NotFiniteParameter() => Plan.Parameters.FirstOrDefault(block => NotFinite(program.Parameters[block]))?.Name;

    private bool NotFinite(Slice slice)
    {
        var numbers = new float[slice.Length];
        compute.Read(slice, numbers);
        return numbers.Any(number => !float.IsFinite(number));
    }

    public void Dispose() => compute.Dispose();
}

/// <summary>How a step's batch did before the update.</summary>
/// <param name="Loss">The mean over the batch.</param>
/// <param name="Right">Rows whose class was right.</param>
/// <param name="Rows">Rows in the batch.</param>
public readonly record struct StepMetrics(double Loss, int Right, int Rows);
