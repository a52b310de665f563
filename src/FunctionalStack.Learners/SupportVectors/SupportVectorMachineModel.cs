namespace FunctionalStack.Learners;

/// <summary>A fitted support vector machine.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Levels">All classes of the target; empty for regression.</param>
/// <param name="Present">The codes of the classes in the training rows, ascending. Other classes get probability 0.</param>
/// <param name="Kernel">The kernel.</param>
/// <param name="Centres">The value subtracted from each column.</param>
/// <param name="Scale">The factor of centred values.</param>
/// <param name="Vectors">Support vectors x columns, centred and scaled. A linear machine has one vector: the weighted sum of its support
/// vectors.</param>
/// <param name="Machines">One machine per pair of classes present, in class order; one for regression.</param>
public sealed record SupportVectorMachineModel(
    EquatableArray<string> Columns,
    EquatableArray<string> Levels,
    EquatableArray<int> Present,
    Kernel Kernel,
    EquatableArray<double> Centres,
    double Scale,
    EquatableArray<float> Vectors,
    EquatableArray<SupportVectorMachineModel.Machine> Machines) : IModel, IConsistent
{
    string? IConsistent.Inconsistency
    {
        get
        {
            // Without columns the number of vectors is unknown, and none is read.
            var vectors = Columns.Count == 0 ? int.MaxValue : Vectors.Count / Columns.Count;
            return Consistency.First(
                Levels.Count == 0 ? null : Consistency.Present(Present, Levels),
                Consistency.Count("centres", Centres.Count, Columns.Count),
                Consistency.Count("cells of vectors", Vectors.Count, Columns.Count == 0 ? 0 : (long)vectors * Columns.Count),
                Consistency.Count("machines", Machines.Count, Levels.Count == 0 ? 1 : Present.Count * (Present.Count - 1L) / 2),
                Machines.Any(machine => machine.Rows.Count != machine.Factors.Count || machine.Rows.Any(row => row < 0 || row >= vectors))
                    ? "a machine that refers to missing vectors" : null);
        }
    }

    // The bound of pairwise probabilities, as in LIBSVM.
    internal const double LeastProbability = 1e-7;

    /// <summary>A machine: the sum of factor times kernel, plus bias, is a decision value or a prediction.</summary>
    /// <param name="Rows">The indices of its support vectors.</param>
    /// <param name="Factors">One factor per support vector.</param>
    /// <param name="Bias">The bias.</param>
    /// <param name="Slope">P(earlier class) = 1 / (1 + exp(Slope x decision + Shift)); at most 0, and 0 for regression.</param>
    /// <param name="Shift">See <paramref name="Slope"/>.</param>
    /// <param name="Steps">The number of optimization steps. At the limit (100,000, or a thousand per row if that is more) the optimization
    /// did not converge.</param>
    public sealed record Machine(EquatableArray<int> Rows, EquatableArray<double> Factors, double Bias, double Slope, double Shift,
        int Steps);

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => FeatureMatrix.Of(rows, Columns).Map(Predict);

    private Prediction Predict(FeatureMatrix features)
    {
        var decisions = Decisions(features);
        if (Levels.Count == 0) return new Prediction.Numeric(EquatableArray.Own(decisions));

        var (levels, classes) = (Levels.Count, Present.Count);
        var probabilities = new double[features.RowCount * levels];
        var (pairs, own) = (new double[classes * classes], new double[classes]);
        for (var i = 0; i < features.RowCount; i++)
        {
            for (int first = 0, m = 0; first < classes; first++)
            {
                for (var second = first + 1; second < classes; second++, m++)
                {
                    var machine = Machines[m];
                    var p = Math.Clamp(new PlattScaling(machine.Slope, machine.Shift).Of(decisions[i * Machines.Count + m]),
                        LeastProbability, 1 - LeastProbability);
                    (pairs[first * classes + second], pairs[second * classes + first]) = (p, 1 - p);
                }
            }

            PairwiseCoupling.Couple(pairs, own);
            for (var c = 0; c < classes; c++) probabilities[i * levels + Present[c]] = own[c];
        }

        return new Prediction.Probabilities(Levels, EquatableArray.Own(probabilities));
    }

    /// <summary>The decision values: rows x machines.</summary>
    public Outcome<EquatableArray<double>> DecisionValues(Frame rows) =>
        FeatureMatrix.Of(rows, Columns).Map(features => EquatableArray.Own(Decisions(features)));

    internal static SupportVectorMachineModel Of(Kernel kernel, SupportVectorData data, FittedMachine[] fitted, PlattScaling[] sigmoids)
    {
        if (kernel == Kernel.Linear) return Linear(data, fitted, sigmoids);
        var rows = fitted.SelectMany(machine => machine.Rows).Distinct().Order().ToArray();
        var place = rows.Select((row, at) => (row, at)).ToDictionary(pair => pair.row, pair => pair.at);
        return Of(kernel, data, data.Gather(rows),
            fitted.Select((machine, m) =>
            Scaled(data, machine, sigmoids.ElementAtOrDefault(m), Array.ConvertAll(machine.Rows, row => place[row]), machine.Factors)));
    }

    private static SupportVectorMachineModel Linear(SupportVectorData data, FittedMachine[] fitted, PlattScaling[] sigmoids)
    {
        var vectors = new float[fitted.Length * data.Columns];
        var largest = new double[fitted.Length];
        var sums = new double[data.Columns];
        for (var m = 0; m < fitted.Length; m++)
        {
            Array.Clear(sums);
            for (var s = 0; s < fitted[m].Rows.Length; s++)
            {
                var row = data.Row(fitted[m].Rows[s]);
                for (var c = 0; c < sums.Length; c++) sums[c] += fitted[m].Factors[s] * row[c];
            }

            // The largest number becomes 1, so that single precision can hold it.
            largest[m] = sums.Select(Math.Abs).DefaultIfEmpty().Max();
            for (var c = 0; c < sums.Length; c++) vectors[m * sums.Length + c] = largest[m] > 0 ? (float)(sums[c] / largest[m]) : 0;
        }

        return Of(Kernel.Linear, data, vectors,
            fitted.Select((machine, m) => Scaled(data, machine, sigmoids.ElementAtOrDefault(m), [m], [largest[m]])));
    }

    private static SupportVectorMachineModel Of(Kernel kernel, SupportVectorData data, float[] vectors, IEnumerable<Machine> machines) =>
        data.Target is Target.Classes classes
        ? new(
            data.Names,
            classes.Levels,
            classes.Present(),
            kernel,
            EquatableArray.Own(data.Centres),
            data.Scale,
            EquatableArray.Own(vectors),
            EquatableArray.From(machines))
        : new(data.Names, default, default, kernel, EquatableArray.Own(data.Centres), data.Scale, EquatableArray.Own(vectors),
            EquatableArray.From(machines));

    private static Machine Scaled(SupportVectorData data, FittedMachine machine, PlattScaling? sigmoid, int[] rows, double[] factors) =>
        new(
        EquatableArray.Own(rows),
        EquatableArray.From(factors.Select(factor => factor * data.Unit)),
        machine.Bias * data.Unit + data.Middle,
        sigmoid?.Slope ?? 0,
        sigmoid?.Shift ?? 0,
        machine.Steps);

    private double[] Decisions(FeatureMatrix features)
    {
        var (columns, machines) = (Columns.Count, Machines.Count);
        var decisions = new double[features.RowCount * machines];
        if (machines == 0) return decisions;
        var count = Machines.Max(machine => machine.Rows.Select(row => row + 1).DefaultIfEmpty().Max());
        var kernel = new KernelRows(Kernel, Vectors.AsSpan(), count, columns);
        var (row, kernels) = (new float[columns], new float[kernel.Stride]);
        for (var i = 0; i < features.RowCount; i++)
        {
            SupportVectorData.Place(features.Row(i), Centres.AsSpan(), Scale, row);
            kernel.Of(row, kernels);
            for (var m = 0; m < machines; m++)
            {
                var rows = Machines[m].Rows.AsSpan();
                var factors = Machines[m].Factors.AsSpan();
                var sum = 0.0;
                for (var s = 0; s < rows.Length; s++) sum += factors[s] * kernels[rows[s]];
                decisions[i * machines + m] = Machines[m].Bias + sum;
            }
        }

        return decisions;
    }
}
