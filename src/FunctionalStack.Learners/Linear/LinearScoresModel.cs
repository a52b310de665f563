namespace FunctionalStack.Learners;

/// <summary>
/// A linear classifier: a softmax of linear scores of the classes present, each the intercept plus the sum of coefficient x (column -
/// centre). For two classes present, the first has score 0 and there is one coefficient vector. Used by logistic regression,
/// linear discriminant analysis and multinomial naive Bayes.
/// </summary>
/// <param name="Columns">The columns.</param>
/// <param name="Levels">All classes of the target.</param>
/// <param name="Present">The codes of the classes in the training rows, ascending. Other classes get probability 0.</param>
/// <param name="Centres">The training mean of each column.</param>
/// <param name="Coefficients">Vectors x columns, in units of the original columns. Empty for one class present.</param>
/// <param name="Intercepts">The scores at the centres, one per vector.</param>
public sealed record LinearScoresModel(
    EquatableArray<string> Columns,
    EquatableArray<string> Levels,
    EquatableArray<int> Present,
    EquatableArray<double> Centres,
    EquatableArray<double> Coefficients,
    EquatableArray<double> Intercepts) : IRowwiseModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Consistency.Present(Present, Levels),
        Consistency.Count("centres", Centres.Count, Columns.Count),
        Consistency.Count("intercepts", Intercepts.Count, VectorCount),
        Consistency.Count("coefficients", Coefficients.Count, (long)VectorCount * Columns.Count));

    private int VectorCount => Present.Count <= 2 ? Present.Count - 1 : Present.Count;

    /// <summary>From one vector and intercept per class present. For two classes, only the difference of the second and the first is
    /// kept.</summary>
    internal static LinearScoresModel Of(
        EquatableArray<string> columns,
        EquatableArray<string> levels,
        EquatableArray<int> present,
        double[] centres,
        IReadOnlyList<(double[] Coefficients, double Intercept)> scores)
    {
        var kept = scores.Count switch
        {
            1 => [],
            2 => [(scores[1].Coefficients.Zip(scores[0].Coefficients, (second, first) => second - first).ToArray(),
                scores[1].Intercept - scores[0].Intercept)],
            _ => scores,
        };
        return new(
            columns,
            levels,
            present,
            EquatableArray.Own(centres),
            EquatableArray.From(kept.SelectMany(score => score.Coefficients)),
            EquatableArray.From(kept.Select(score => score.Intercept)));
    }

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => FeatureMatrix.Of(rows, Columns).Map(Predict);

    private Prediction Predict(FeatureMatrix features)
    {
        var levels = Levels.Count;
        var probabilities = new double[features.RowCount * levels];
        var centred = new double[Columns.Count];
        Span<double> scores = new double[Present.Count];
        for (var i = 0; i < features.RowCount; i++)
        {
            features.Row(i).CopyTo(centred);
            Share(centred, scores, probabilities.AsSpan(i * levels, levels));
        }

        return new Prediction.Probabilities(Levels, EquatableArray.Own(probabilities));
    }

    // Overwrites the cells of a row, writes its scores, and the probabilities of the classes present.
    private void Share(Span<double> cells, Span<double> scores, Span<double> probabilities)
    {
        for (var c = 0; c < cells.Length; c++) cells[c] -= Centres[c];
        Score(cells, scores);
        for (var p = 0; p < scores.Length; p++) probabilities[Present[p]] = scores[p];
    }

    RowFunction? IRowwiseModel.ForRow(Frame columns) => columns.NumericPlaces(Columns) is { } places ? new ShareCells(this, places) : null;

    private sealed class ShareCells(LinearScoresModel model, int[] places) : RowFunction
    {
        public override int Count { get; } = model.Levels.Count;

        public override int Scratch { get; } = places.Length + model.Present.Count;

        public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
        {
            var cells = scratch[..places.Length];
            if (!row.GatherFinite(places, cells)) return false;
            results.Clear();
            model.Share(cells, scratch.Slice(places.Length, model.Present.Count), results);
            return true;
        }
    }

    /// <summary>Scores, followed by softmax. If a score overflows, only the differences of the scores count.</summary>
    private void Score(ReadOnlySpan<double> centred, Span<double> scores)
    {
        var first = scores.Length - Intercepts.Count;
        scores.Clear();
        var coefficients = Coefficients.AsSpan();
        var finite = true;
        for (var k = 0; k < Intercepts.Count; k++)
        {
            scores[first + k] = Intercepts[k] + Vectors.Dot(centred, coefficients.Slice(k * centred.Length, centred.Length));
            finite &= double.IsFinite(scores[first + k]);
        }

        if (!finite) ScoreDown(centred, scores);
        Vectors.Softmax(scores);
    }

    // The scores less the largest, by products scaled down so that their sums do not overflow.
    private void ScoreDown(ReadOnlySpan<double> centred, Span<double> scores)
    {
        var (first, most) = (scores.Length - Intercepts.Count, double.NegativeInfinity);
        for (var p = 0; p < scores.Length; p++)
        {
            scores[p] = p < first ? 0
                : ScaledDot.Of(Intercepts[p - first], Coefficients.AsSpan().Slice((p - first) * centred.Length, centred.Length), centred);
            most = Math.Max(most, scores[p]);
        }

        foreach (ref var score in scores) score = ScaledDot.Up(score - most);
    }
}
