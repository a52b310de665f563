namespace FunctionalStack.Learners;

/// <summary>Two classes of the target, by code. A positive decision value predicts the first.</summary>
internal readonly record struct Pair(int First, int Second);

/// <summary>A fitted machine: the sum over rows of factor times kernel, plus the bias.</summary>
/// <param name="Rows">The training rows that are support vectors.</param>
/// <param name="Factors">One factor per support vector.</param>
/// <param name="Bias">The bias.</param>
/// <param name="Steps">The number of optimization steps.</param>
internal sealed record FittedMachine(int[] Rows, double[] Factors, double Bias, int Steps);

/// <summary>The result of one part of a fit: the machines on all rows, or the out-of-fold decision values of each pair of
/// classes.</summary>
internal sealed record SupportVectorPart(FittedMachine[] Machines, (int Row, double Decision)[][] HeldOut);

/// <summary>The training rows as used by kernels: centred, scaled and in single precision.</summary>
/// <param name="Names">The columns.</param>
/// <param name="Target">Classes or numbers.</param>
/// <param name="Weights">One positive weight per row.</param>
/// <param name="Centres">The value subtracted from each column.</param>
/// <param name="Scale">The factor of centred values: the square root of gamma for the radial kernel, which makes its gamma 1; 1 over the
/// rows' root mean square length for the linear kernel.</param>
/// <param name="Cells">Rows x columns, row-major.</param>
/// <param name="Folds">The inner folds: stratified, unless groups or times determine them. Empty for regression.</param>
/// <param name="Middle">For regression: the mean of the target.</param>
/// <param name="Unit">For regression: the standard deviation of the target, or 1 if that is 0.</param>
internal sealed record SupportVectorData(EquatableArray<string> Names, Target Target, double[] Weights, double[] Centres, double Scale,
    float[] Cells, EquatableArray<Fold> Folds, double Middle, double Unit)
{
    // Beyond it, kernels are 0 or rows indistinguishable. Squares summed over columns stay within single precision.
    internal const double Farthest = 1e15;

    public int Columns => Centres.Length;

    /// <summary>All pairs of classes in the training rows, in class order.</summary>
    public EquatableArray<Pair> Pairs { get; } = Target is Target.Classes classes
        ? EquatableArray.From(from first in classes.Present()
                              from second in classes.Present()
                              where first < second
                              select new Pair(first, second))
        : default;

    public static Outcome<SupportVectorData> Of(SupportVectorMachine spec, TrainingRows rows, EquatableArray<Fold> folds)
    {
        var (features, columns, weights) = (rows.Features, rows.Features.ColumnCount, rows.Weights.ToArray());
        var centres = new double[columns];
        var moments = new Moments[columns];
        var column = new double[rows.Count];
        for (var c = 0; c < columns; c++)
        {
            for (var i = 0; i < column.Length; i++) column[i] = features.Cells[i * columns + c];
            moments[c] = Moments.Of(column, weights);
            if (ColumnUnits.TooWide($"{spec.Name}, column '{features.Names[c]}'", moments[c]) is { } wide)
                return new Outcome<SupportVectorData>.Fail(wide);
            centres[c] = moments[c].Mean;
        }

        var scale = ScaleOf(spec, moments);
        var cells = new float[(long)rows.Count * columns];
        for (var i = 0; i < rows.Count; i++) Place(features.Row(i), centres, scale, cells.AsSpan(i * columns, columns));
        var (middle, unit) = (0.0, 1.0);
        if (rows.Target is Target.Numeric values)
        {
            var spread = Moments.Of(values.Values.ToArray(), weights);
            if (spread.Overflows)
                return Outcome.Fail<SupportVectorData>(spec.Name,
                    $"the target spans from {spread.Min} to {spread.Max}, which overflows a double", "Divide it by a large number.");
            (middle, unit) = (spread.Mean, spread.Deviation > 0 ? spread.Deviation : 1);
        }

        return Outcome.Ok(new SupportVectorData(features.Names, rows.Target, weights, centres, scale, cells, folds, middle, unit));
    }

    /// <summary>A row as used by kernels.</summary>
    public static void Place(ReadOnlySpan<double> row, ReadOnlySpan<double> centres, double scale, Span<float> into)
    {
        for (var c = 0; c < into.Length; c++) into[c] = (float)Math.Clamp((row[c] - centres[c]) * scale, -Farthest, Farthest);
    }

    public ReadOnlySpan<float> Row(int row) => Cells.AsSpan(row * Columns, Columns);

    public float[] Gather(int[] rows)
    {
        var gathered = new float[(long)rows.Length * Columns];
        for (var i = 0; i < rows.Length; i++) Row(rows[i]).CopyTo(gathered.AsSpan(i * Columns));
        return gathered;
    }

    public int[] RowsOf(Pair pair) => RowsOf(pair, EquatableArray.Range(Target.Count));

    /// <summary>The rows of the pair's classes, among these rows.</summary>
    public int[] RowsOf(Pair pair, EquatableArray<int> rows)
    {
        var codes = ((Target.Classes)Target).Codes;
        return [.. rows.Where(row => codes[row] == pair.First || codes[row] == pair.Second)];
    }

    private static double ScaleOf(SupportVectorMachine spec, Moments[] columns)
    {
        if (spec.Kernel == Kernel.Rbf && spec.Gamma is { } gamma) return Math.Sqrt(gamma);

        // In units of the largest number, so that no square overflows.
        var largest = columns.Length == 0 ? 0 : columns.Max(column => Math.Max(Math.Abs(column.Min), Math.Abs(column.Max)));
        var grand = columns.Sum(column => column.Mean / largest / columns.Length);
        var within = columns.Sum(column => Square(column.Deviation / largest));
        var between = columns.Sum(column => Square(column.Mean / largest - grand));
        var length = largest * Math.Sqrt(spec.Kernel == Kernel.Linear ? within : within + between);
        return length > 0 && double.IsFinite(1 / length) ? 1 / length : 1;
    }

    /// <summary>The inner folds used to fit probabilities. Fails if groups or times allow no two folds.</summary>
    public static Outcome<EquatableArray<Fold>> FoldsOf(Roles roles, int folds, Seed seed)
    {
        if (roles.Target is not Target.Classes classes) return Outcome.Ok(default(EquatableArray<Fold>));
        return roles.Time is null && roles.Groups is null ? Outcome.Ok(Deal(classes, folds, seed)) : FoldPlan.Inside(roles, folds, seed);
    }

    /// <summary>Assigns the shuffled rows of each class to the folds in turn. Folds differ by at most one row per class.</summary>
    private static EquatableArray<Fold> Deal(Target.Classes classes, int folds, Seed seed)
    {
        var dealt = new int[classes.Count];
        var next = 0;
        foreach (var code in classes.Present())
        {
            var rows = Enumerable.Range(0, dealt.Length).Where(row => classes.Codes[row] == code).ToArray();
            var stream = seed.Fork(classes.Levels[code]).Stream();
            stream.Shuffle(rows.AsSpan());
            foreach (var row in rows) dealt[row] = next++ % folds;
        }

        return Fold.FromAssignment(EquatableArray.Own(dealt));
    }

    private static double Square(double x) => x * x;
}
