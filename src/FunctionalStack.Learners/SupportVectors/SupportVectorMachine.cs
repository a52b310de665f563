namespace FunctionalStack.Learners;

/// <summary>
/// Support vector machine (Cortes &amp; Vapnik 1995). Classification is one-vs-one: one machine per pair of classes, whose decision value
/// becomes
/// a probability by Platt's (1999) sigmoid. The pairwise probabilities are coupled (Wu, Lin &amp; Weng 2004). The sigmoids are fitted to
/// out-of-fold decision values of an inner cross-validation. Regression uses the epsilon-insensitive
/// loss (Drucker et al. 1997). The objectives are those of scikit-learn's SVC and SVR.
/// </summary>
/// <remarks>
/// The result depends on the columns' units, so standardize first. A row's weight multiplies its C. Kernels are computed in single
/// precision.
/// The cost grows at least quadratically with the number of rows. Fails if a column is not numeric and finite.
/// </remarks>
/// <param name="Kernel">The kernel.</param>
/// <param name="C">The inverse of the regularization strength; above 0.</param>
/// <param name="Gamma">The coefficient of the radial kernel, above 0; null for 1 / (columns x variance of all cells), scikit-learn's
/// "scale".</param>
/// <param name="Epsilon">For regression: errors up to this size have no loss, in the target's unit; at least 0.</param>
/// <param name="Tolerance">The tolerance of the optimality conditions; above 0. Decision values are within about this of the optimum. For
/// regression, relative to the standard deviation of the target.</param>
/// <param name="Folds">The number of inner folds used to fit probabilities; at least 2.</param>
public sealed record SupportVectorMachine(
    Kernel Kernel = Kernel.Rbf,
    double C = 1.0,
    double? Gamma = null,
    double Epsilon = 0.1,
    double Tolerance = 1e-3,
    int Folds = 5) : IParallelLearner
{
    // For each of the machines fitted in parallel.
    private const long CacheBytes = 256L << 20;

    // In units of a kernel of 1. A larger cost is a hard margin, beyond the accuracy of single precision.
    private const double LargestCost = 1e10;

    /// <inheritdoc/>
    public string Name => "svm";

    /// <inheritdoc/>
    public Capabilities Capabilities => new();

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.Defined("kernel", Kernel),
        Ensure.Positive("c", C, suchAs: 1),
        Ensure.Positive("gamma", Gamma),
        Ensure.NotNegative("epsilon", Epsilon),
        Ensure.Positive("tolerance", Tolerance, suchAs: 0.001),
        Ensure.Count("folds", Folds, 2));

    /// <inheritdoc/>
    // The machines on all rows, and those of each inner fold.
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed, WorkSharing work) =>
        Prepare(data, seed).Map(shared => Join(shared, work.Map(1 + shared.Folds.Count, part => FitPart(shared, part))));

    internal Outcome<SupportVectorData> Prepare(Dataset data, Seed seed) =>
        from kept in TrainingRows.Kept(data, Name)
        from rows in TrainingRows.Of(kept, Name)
        from folds in SupportVectorData.FoldsOf(kept.Roles, Folds, seed.Fork("folds")).At(Name)
        from shared in SupportVectorData.Of(this, rows, folds)
        select shared;

    internal SupportVectorPart FitPart(SupportVectorData shared, int part) => shared.Target is Target.Numeric
        ? part == 0 ? new([FitValues(shared)], []) : new([], [])
        : part == 0
            ? new([.. shared.Pairs.Select(pair => FitPair(shared, pair, shared.RowsOf(pair)))], [])
            : new([], [.. shared.Pairs.Select(pair => HeldOut(shared, pair, part - 1))]);

    private IModel Join(SupportVectorData shared, SupportVectorPart[] parts) =>
        SupportVectorMachineModel.Of(Kernel, shared, parts[0].Machines,
            [.. shared.Pairs.Select((pair, p) => Sigmoid(shared, [.. parts.Skip(1).SelectMany(part => part.HeldOut[p])], pair))]);

    /// <summary>The decision values of a pair's held-out rows, by the machine fitted on the pair's other rows.</summary>
    private (int Row, double Decision)[] HeldOut(SupportVectorData shared, Pair pair, int fold)
    {
        var held = shared.RowsOf(pair, shared.Folds[fold].Holdout);
        var others = shared.RowsOf(pair, shared.Folds[fold].Train);
        if (held.Length == 0 || others.Length == 0) return [];
        var machine = FitPair(shared, pair, others);
        var vectors = shared.Gather(machine.Rows);
        var kernel = new KernelRows(Kernel, vectors, machine.Rows.Length, shared.Columns);
        var kernels = new float[kernel.Stride];
        return Array.ConvertAll(held, row =>
        {
            kernel.Of(shared.Row(row), kernels);
            var decision = machine.Bias;
            for (var s = 0; s < machine.Factors.Length; s++) decision += machine.Factors[s] * kernels[s];
            return (row, decision);
        });
    }

    private static PlattScaling Sigmoid(SupportVectorData shared, (int Row, double Decision)[] heldOut, Pair pair)
    {
        var codes = ((Target.Classes)shared.Target).Codes;
        var ordered = heldOut.OrderBy(one => one.Row).ToArray();
        return PlattScaling.Fit(
            Array.ConvertAll(ordered, one => one.Decision),
            Array.ConvertAll(ordered, one => codes[one.Row] == pair.First),
            Array.ConvertAll(ordered, one => shared.Weights[one.Row]));
    }

    private FittedMachine FitPair(SupportVectorData shared, Pair pair, int[] rows)
    {
        var codes = ((Target.Classes)shared.Target).Codes;
        var signs = Array.ConvertAll(rows, row => codes[row] == pair.First ? 1.0 : -1.0);

        // A fold may hold out all rows of a class. Then the other class is always predicted.
        if (signs.Distinct().Count() < 2) return new([], [], signs.FirstOrDefault(), 0);
        return Fit(shared, rows, [signs],
            [[.. rows.Select((row, i) => signs[i] > 0 ? (0.0, Cost(shared, row)) : (-Cost(shared, row), 0.0))]]);
    }

    private FittedMachine FitValues(SupportVectorData shared)
    {
        var rows = Enumerable.Range(0, shared.Weights.Length).ToArray();
        var numbers = ((Target.Numeric)shared.Target).Values;
        var pulls = Array.ConvertAll(rows, row => (numbers[row] - shared.Middle) / shared.Unit);
        var epsilon = Epsilon / shared.Unit;
        return Fit(
            shared,
            rows,
            [Array.ConvertAll(pulls, pull => pull - epsilon), Array.ConvertAll(pulls, pull => pull + epsilon)],
            [[.. rows.Select(row => (0.0, Cost(shared, row)))], [.. rows.Select(row => (-Cost(shared, row), 0.0))]]);
    }

    // Scaling down the rows of the linear kernel, or the target, scales up the variables.
    private double Cost(SupportVectorData shared, int row) =>
        Math.Clamp(C * shared.Weights[row] / shared.Unit / (Kernel == Kernel.Linear ? shared.Scale * shared.Scale : 1), 1e-100,
            LargestCost);

    private FittedMachine Fit(SupportVectorData shared, int[] rows, double[][] pulls, (double Low, double High)[][] bounds)
    {
        var cells = shared.Gather(rows);
        var kernel = new KernelRows(Kernel, cells, rows.Length, shared.Columns);
        var cache = new KernelCache(kernel, cells, rows.Length, shared.Columns, CacheBytes);
        var solution = new SequentialMinimalOptimization(cache, kernel.Stride, kernel.Diagonal, pulls, bounds)
            .Solve(Tolerance, (int)Math.Max(100_000, Math.Min(1000L * rows.Length, int.MaxValue)));
        var kept = Enumerable.Range(0, rows.Length).Where(i => solution.Factors[i] != 0).ToArray();
        return new(Array.ConvertAll(kept, i => rows[i]), Array.ConvertAll(kept, i => solution.Factors[i]), solution.Bias, solution.Steps);
    }
}
