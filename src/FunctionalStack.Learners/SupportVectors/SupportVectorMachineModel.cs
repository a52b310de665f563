namespace FunctionalStack.Learners;

/// <summary>Support vectors and the machines that sum over them.</summary>
/// <param name="Columns">The columns compared.</param>
/// <param name="Levels">All classes of the target; empty where values are predicted.</param>
/// <param name="Present">The codes of the classes that training rows had, ascending; the others get probability 0.</param>
/// <param name="Kernel">How rows are compared.</param>
/// <param name="Centres">What is taken from each column.</param>
/// <param name="Scale">What the rest is multiplied by.</param>
/// <param name="Vectors">Support vectors x columns, centred and scaled. Of a linear machine, one vector that stands for all of its own.</param>
/// <param name="Machines">For each pair of classes present, in class order, a machine; for values, one.</param>
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
            // Without columns nothing tells how many vectors there are, and none is read.
            var vectors = Columns.Count == 0 ? int.MaxValue : Vectors.Count / Columns.Count;
            return Consistency.First(
                Levels.Count == 0 ? null : Consistency.Present(Present, Levels),
                Consistency.Count("centres", Centres.Count, Columns.Count),
                Consistency.Count("numbers of vectors", Vectors.Count, Columns.Count == 0 ? 0 : (long)vectors * Columns.Count),
                Consistency.Count("machines", Machines.Count, Levels.Count == 0 ? 1 : Present.Count * (Present.Count - 1L) / 2),
                Machines.Any(machine => machine.Rows.Count != machine.Factors.Count || machine.Rows.Any(row => row < 0 || row >= vectors))
                    ? "a machine of vectors that are not there" : null);
        }
    }

    // Where the pairs' probabilities are kept from: nothing is for sure (LIBSVM has the same bound).
    private const double LeastProbability = 1e-7;

    /// <summary>The sum of factor times kernel, plus bias: a decision value, or an estimate.</summary>
    /// <param name="Rows">Which support vectors.</param>
    /// <param name="Factors">A number for each.</param>
    /// <param name="Bias">The constant.</param>
    /// <param name="Slope">P(earlier class) = 1 / (1 + exp(Slope x decision + Shift)); at most 0, and 0 for values.</param>
    /// <param name="Shift">See there.</param>
    /// <param name="Steps">Steps of the optimization; 100,000, or a thousand a row where that is more, means that it was stopped.</param>
    public sealed record Machine(EquatableArray<int> Rows, EquatableArray<double> Factors, double Bias, double Slope, double Shift, int Steps);

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
                    var p = Math.Clamp(new PlattScaling(machine.Slope, machine.Shift).Of(decisions[i * Machines.Count + m]), LeastProbability, 1 - LeastProbability);
                    (pairs[first * classes + second], pairs[second * classes + first]) = (p, 1 - p);
                }
            }

            PairwiseCoupling.Couple(pairs, own);
            for (var c = 0; c < classes; c++) probabilities[i * levels + Present[c]] = own[c];
        }

        return new Prediction.Probabilities(Levels, EquatableArray.Own(probabilities));
    }

    /// <summary>The decision value of each machine for each row: rows x machines.</summary>
    public Outcome<EquatableArray<double>> DecisionValues(Frame rows) => FeatureMatrix.Of(rows, Columns).Map(features => EquatableArray.Own(Decisions(features)));

    internal static SupportVectorMachineModel Of(Kernel kernel, SupportVectorData data, FittedMachine[] fitted, PlattScaling[] sigmoids)
    {
        if (kernel == Kernel.Linear) return Linear(data, fitted, sigmoids);
        var rows = fitted.SelectMany(machine => machine.Rows).Distinct().Order().ToArray();
        var place = rows.Select((row, at) => (row, at)).ToDictionary(pair => pair.row, pair => pair.at);
        return Of(kernel, data, data.Gather(rows), fitted.Select((machine, m) => Scaled(data, machine, sigmoids.ElementAtOrDefault(m), Array.ConvertAll(machine.Rows, row => place[row]), machine.Factors)));
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

            // Its largest number is 1, so that single precision holds it.
            largest[m] = sums.Select(Math.Abs).DefaultIfEmpty().Max();
            for (var c = 0; c < sums.Length; c++) vectors[m * sums.Length + c] = largest[m] > 0 ? (float)(sums[c] / largest[m]) : 0;
        }

        return Of(Kernel.Linear, data, vectors, fitted.Select((machine, m) => Scaled(data, machine, sigmoids.ElementAtOrDefault(m), [m], [largest[m]])));
    }

    private static SupportVectorMachineModel Of(Kernel kernel, SupportVectorData data, float[] vectors, IEnumerable<Machine> machines) => data.Target is Target.Classes classes
        ? new(
            data.Names,
            classes.Levels,
            classes.Present(),
            kernel,
            EquatableArray.Own(data.Centres),
            data.Scale,
            EquatableArray.Own(vectors),
            EquatableArray.From(machines))
        : new(data.Names, default, default, kernel, EquatableArray.Own(data.Centres), data.Scale, EquatableArray.Own(vectors), EquatableArray.From(machines));

    private static Machine Scaled(SupportVectorData data, FittedMachine machine, PlattScaling? sigmoid, int[] rows, double[] factors) => new(
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
