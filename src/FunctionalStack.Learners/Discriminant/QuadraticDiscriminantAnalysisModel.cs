namespace FunctionalStack.Learners;

/// <summary>A normal distribution for each class present, on centred and scaled columns.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Levels">All classes of the target.</param>
/// <param name="Present">The codes of the classes in the training rows, ascending. Other classes get probability 0.</param>
/// <param name="Centres">The value subtracted from each column.</param>
/// <param name="Scales">The factor of each centred column.</param>
/// <param name="Means">Classes present x columns: the means of the scaled columns.</param>
/// <param name="Whitenings">Classes present x columns x columns: a lower triangular matrix W, where W'W is the inverse covariance.</param>
/// <param name="LogFactors">For each class present, the logarithm of its prior divided by the square root of its covariance's
/// determinant.</param>
/// <param name="Shares">The prior probability of each class present.</param>
public sealed record QuadraticDiscriminantAnalysisModel(
    EquatableArray<string> Columns,
    EquatableArray<string> Levels,
    EquatableArray<int> Present,
    EquatableArray<double> Centres,
    EquatableArray<double> Scales,
    EquatableArray<double> Means,
    EquatableArray<double> Whitenings,
    EquatableArray<double> LogFactors,
    EquatableArray<double> Shares) : IRowwiseModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Consistency.Present(Present, Levels),
        Consistency.Count("centres", Centres.Count, Columns.Count),
        Consistency.Count("scales", Scales.Count, Columns.Count),
        Consistency.Count("means", Means.Count, (long)Present.Count * Columns.Count),
        Consistency.Count("whitenings", Whitenings.Count, (long)Present.Count * Columns.Count * Columns.Count),
        Consistency.Count("logarithms", LogFactors.Count, Present.Count),
        Consistency.Count("shares", Shares.Count, Present.Count));

    // The number of rows whitened together; a multiple of every vector width.
    private const int PanelRows = 64;

    /// <summary>Class probabilities. If a row is so extreme that all densities underflow, these are the prior probabilities.</summary>
    public Outcome<Prediction> Predict(Frame rows) => FeatureMatrix.Of(rows, Columns).Map(Predict);

    private unsafe Prediction Predict(FeatureMatrix features)
    {
        var (columns, levels, classes) = (Columns.Count, Levels.Count, Present.Count);
        var probabilities = new double[features.RowCount * levels];
        var (moved, white, logs) = (new double[columns * PanelRows], new double[PanelRows], new double[PanelRows * classes]);
        fixed (double* x = moved, w = Whitenings.AsSpan(), z = white)
        {
            for (var first = 0; first < features.RowCount; first += PanelRows)
            {
                var here = Math.Min(PanelRows, features.RowCount - first);
                for (var p = 0; p < classes; p++)
                {
                    for (var i = 0; i < here; i++)
                    {
                        var row = features.Row(first + i);
                        for (var c = 0; c < columns; c++)
                            moved[c * PanelRows + i] = (row[c] - Centres[c]) * Scales[c] - Means[p * columns + c];
                        logs[i * classes + p] = LogFactors[p];
                    }

                    for (var c = 0; c < columns; c++)
                    {
                        Array.Clear(white);
                        DenseKernels.AddCombination(x, c + 1, PanelRows, w + ((long)p * columns + c) * columns, z, PanelRows);
                        for (var i = 0; i < here; i++) logs[i * classes + p] -= 0.5 * white[i] * white[i];
                    }
                }

                for (var i = 0; i < here; i++)
                {
                    var own = logs.AsSpan(i * classes, classes);
                    Posterior.FromLogs(own, Shares.AsSpan());
                    for (var p = 0; p < classes; p++) probabilities[(first + i) * levels + Present[p]] = own[p];
                }
            }
        }

        return new Prediction.Probabilities(Levels, EquatableArray.Own(probabilities));
    }

    RowFunction? IRowwiseModel.ForRow(Frame columns) => columns.NumericPlaces(Columns) is { } places ? new ShareCells(this, places) : null;

    /// <summary>The same sums as those of a panel, for one row.</summary>
    private sealed class ShareCells(QuadraticDiscriminantAnalysisModel model, int[] places) : RowFunction
    {
        public override int Count { get; } = model.Levels.Count;

        public override int Scratch { get; } = 2 * places.Length + model.Present.Count;

        public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
        {
            var columns = places.Length;
            var cells = scratch[..columns];
            if (!row.GatherFinite(places, cells)) return false;
            var moved = scratch.Slice(columns, columns);
            var logs = scratch.Slice(2 * columns, model.Present.Count);
            for (var p = 0; p < logs.Length; p++)
            {
                for (var c = 0; c < columns; c++)
                    moved[c] = (cells[c] - model.Centres[c]) * model.Scales[c] - model.Means[p * columns + c];
                logs[p] = model.LogFactors[p];
                for (var c = 0; c < columns; c++)
                {
                    var whitening = model.Whitenings.AsSpan().Slice((p * columns + c) * columns, c + 1);
                    var white = 0.0;
                    for (var j = 0; j < whitening.Length; j++) white = double.MultiplyAddEstimate(whitening[j], moved[j], white);
                    logs[p] -= 0.5 * white * white;
                }
            }

            Posterior.FromLogs(logs, model.Shares.AsSpan());
            results.Clear();
            for (var p = 0; p < logs.Length; p++) results[model.Present[p]] = logs[p];
            return true;
        }
    }
}
