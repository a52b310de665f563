namespace FunctionalStack.Learners;

/// <summary>A pool of the bases' predictions: of log-probabilities with softmax, or of predicted values.</summary>
/// <param name="Bases">The bases, in column order.</param>
/// <param name="Weights">One weight per base, of any sign.</param>
/// <param name="Constants">One per class present, added to its score; for regression, the one constant.</param>
/// <param name="Levels">The target's classes; empty for regression.</param>
/// <param name="Present">The codes of the classes in the training rows, ascending. Other classes get probability 0.</param>
/// <param name="Floor">The lower bound of probabilities before the logarithm is taken.</param>
public sealed record OpinionPoolModel(EquatableArray<BaseColumns> Bases, EquatableArray<double> Weights, EquatableArray<double> Constants,
    EquatableArray<string> Levels, EquatableArray<int> Present, double Floor) : IRowwiseModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Bases.Count > 0 ? null : "no base",
        Consistency.Count("weights", Weights.Count, Bases.Count),
        Consistency.Count("constants", Constants.Count, Levels.Count == 0 ? 1 : Present.Count),
        Floor > 0 ? null : $"floor {Floor}",
        Levels.Count == 0 ? null : Consistency.Present(Present, Levels));

    /// <summary>Fails if a column holds what a base cannot predict.</summary>
    public Outcome<Prediction> Predict(Frame rows) => Outcome.All(Bases.Select(one => one.Read(rows)))
        .Map<Prediction>(predictions => Levels.Count == 0 ? Sum(rows.RowCount, predictions) : Pool(rows.RowCount, predictions));

    private Prediction.Numeric Sum(int count, EquatableArray<Prediction> predictions)
    {
        var sums = new double[count];
        Array.Fill(sums, Constants[0]);
        for (var b = 0; b < Bases.Count; b++) Vectors.Add(sums, Weights[b], ((Prediction.Numeric)predictions[b]).Values.AsSpan());
        return new(EquatableArray.Own(sums));
    }

    private Prediction.Probabilities Pool(int count, EquatableArray<Prediction> predictions)
    {
        var matrix = new double[count * Levels.Count];
        var only = predictions.Select(one => ((Prediction.Probabilities)PresentClasses.Only(one, Present)).Matrix).ToArray();
        var scores = new double[Present.Count];
        for (var row = 0; row < count; row++)
        {
            Constants.AsSpan().CopyTo(scores);
            for (var b = 0; b < only.Length; b++) Add(b, only[b].AsSpan().Slice(row * Levels.Count, Levels.Count), scores);
            Vectors.Softmax(scores);
            for (var c = 0; c < scores.Length; c++) matrix[row * Levels.Count + Present[c]] = scores[c];
        }

        return new(Levels, EquatableArray.Own(matrix));
    }

    // The weighted log-probabilities of a base, of the classes present.
    private void Add(int b, ReadOnlySpan<double> probabilities, Span<double> scores)
    {
        for (var c = 0; c < scores.Length; c++) scores[c] += Weights[b] * Math.Log(Math.Max(probabilities[Present[c]], Floor));
    }

    RowFunction? IRowwiseModel.ForRow(Frame columns)
    {
        var bases = Bases.Select(one => one.ForRow(columns)).ToArray();
        return bases.Contains(null) ? null : Levels.Count == 0 ? new SumCell(this, bases!) : new PoolCells(this, bases!);
    }

    private sealed class SumCell(OpinionPoolModel model, RowFunction[] bases) : RowFunction
    {
        public override int Count => 1;

        public override int Scratch { get; } = 1 + bases.Max(one => one.Scratch);

        public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
        {
            var sum = model.Constants[0];
            for (var b = 0; b < bases.Length; b++)
            {
                if (!bases[b].Run(row, scratch[..1], scratch[1..])) return false;
                sum += model.Weights[b] * scratch[0];
            }

            results[0] = sum;
            return true;
        }
    }

    private sealed class PoolCells(OpinionPoolModel model, RowFunction[] bases) : RowFunction
    {
        public override int Count { get; } = model.Levels.Count;

        public override int Scratch { get; } = model.Levels.Count + model.Present.Count + bases.Max(one => one.Scratch);

        public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
        {
            var own = scratch[..Count];
            var scores = scratch.Slice(Count, model.Present.Count);
            model.Constants.AsSpan().CopyTo(scores);
            for (var b = 0; b < bases.Length; b++)
            {
                if (!bases[b].Run(row, own, scratch[(Count + scores.Length)..])) return false;
                PresentClasses.Only(own, model.Present);
                model.Add(b, own, scores);
            }

            Vectors.Softmax(scores);
            results.Clear();
            for (var c = 0; c < scores.Length; c++) results[model.Present[c]] = scores[c];
            return true;
        }
    }
}
