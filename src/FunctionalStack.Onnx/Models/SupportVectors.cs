using FunctionalStack.Learners;

namespace FunctionalStack.Onnx;

/// <summary>Support vector machines. The rows are rounded to single precision as in the library, and kernels are computed in
/// double.</summary>
internal static class SupportVectors
{
    public static Outcome<GraphPrediction> Write(SupportVectorMachineModel model, GraphFrame rows, Scope scope) =>
        rows.Complete(model.Columns).Map(x =>
        {
            if (model.Machines.Count == 0)
                return new GraphPrediction(model.Levels, ((x * 0.0).SumOver(1) + 1.0).Spread(model.Present, model.Levels.Count));
            var decisions = Decisions(model, x);
            if (model.Levels.Count == 0) return new GraphPrediction(default, decisions);
            var slopes = Arrays.Row([.. model.Machines.Select(machine => machine.Slope)]);
            var shifts = Arrays.Row([.. model.Machines.Select(machine => machine.Shift)]);
            const double least = SupportVectorMachineModel.LeastProbability;
            var pairs = (slopes * decisions + shifts).Negated().Logistic().Clip(least, 1 - least);
            var own = model.Present.Count == 2 ? Arrays.Concat(1, [pairs, 1.0 - pairs]) : Coupling.Of(pairs, model.Present.Count);
            return new GraphPrediction(model.Levels, own.Spread(model.Present, model.Levels.Count));
        });

    // [N, machines].
    private static Edge Decisions(SupportVectorMachineModel model, Edge x)
    {
        var (columns, machines) = (model.Columns.Count, model.Machines.Count);
        var biases = Arrays.Row([.. model.Machines.Select(machine => machine.Bias)]);
        var count = model.Machines.Max(machine => machine.Rows.Select(row => row + 1).DefaultIfEmpty().Max());
        if (columns == 0 || count == 0)
        {
            // Without columns, every kernel value is 1 (RBF) or 0.
            var sums = model.Machines.Select(machine => columns == 0 && model.Kernel == Kernel.Rbf ? machine.Factors.Sum() : 0);
            return (x * 0.0).SumOver(1) + biases + Arrays.Row([.. sums]);
        }

        var placed = ((x - Arrays.Row(model.Centres.AsSpan())) * model.Scale)
            .Clip(-SupportVectorData.Farthest, SupportVectorData.Farthest).Cast(ElementType.Float).Cast(ElementType.Double);
        double[] vectors = [.. model.Vectors.Take(count * columns).Select(cell => (double)cell)];
        var products = placed.MatMul(Arrays.Matrix(vectors, columns).Transpose(1, 0));
        var kernels = products;
        if (model.Kernel == Kernel.Rbf)
        {
            double[] norms = [.. vectors.Chunk(columns).Select(vector => vector.Sum(cell => cell * cell))];
            kernels = (placed.SquaresOver(1) + Arrays.Row(norms) - products * 2.0).AtLeast(0.0).Negated().Exp();
        }

        var factors = new double[count * machines];
        for (var m = 0; m < machines; m++)
        {
            for (var s = 0; s < model.Machines[m].Rows.Count; s++)
                factors[model.Machines[m].Rows[s] * machines + m] += model.Machines[m].Factors[s];
        }

        return kernels.MatMul(Arrays.Matrix(factors, machines)) + biases;
    }
}
