using System.Text;

namespace FunctionalStack;

/// <summary>The predictions of a model: a probability per class for each row, or one number per row.</summary>
public abstract record Prediction
{
    private protected abstract void Seal();

    // Without the members that only one kind of prediction has.
    /// <summary>Prints the members of the record.</summary>
    protected virtual bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"{nameof(Count)} = {Count}");
        return true;
    }

    /// <summary>The number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>The predicted class of each row: see <see cref="Probabilities.Codes"/>.</summary>
    /// <exception cref="InvalidOperationException">The predictions are numbers.</exception>
    public virtual EquatableArray<string> Labels => throw new InvalidOperationException("the predictions are numbers; use Values");

    /// <summary>The predicted value of each row.</summary>
    /// <exception cref="InvalidOperationException">The predictions are of classes.</exception>
    public virtual EquatableArray<double> Values =>
        throw new InvalidOperationException("the predictions are of classes; use Labels or Probability");

    /// <summary>The probability of a class, for each row.</summary>
    /// <exception cref="InvalidOperationException">The predictions are numbers.</exception>
    /// <exception cref="KeyNotFoundException">No class has that name.</exception>
    public virtual EquatableArray<double> Probability(string level) =>
        throw new InvalidOperationException("the predictions are numbers; use Values");

    /// <summary>The predictions of the rows at <paramref name="rows"/>, in that order.</summary>
    public abstract Prediction Take(EquatableArray<int> rows);

    /// <summary>Class probabilities: rows x levels, row-major. Each row sums to 1. Compare classes by level name, not by
    /// position.</summary>
    public sealed record Probabilities : Prediction
    {
        /// <summary>Probabilities of these levels.</summary>
        /// <exception cref="ArgumentException">
        /// The matrix is not a whole number of rows, the threshold is not from -1 to 1, or <paramref name="positive"/> is not a level.
        /// </exception>
        public Probabilities(EquatableArray<string> levels, EquatableArray<double> matrix, double? threshold = null, int positive = 1)
        {
            if (levels.Count == 0 || matrix.Count % levels.Count != 0)
                throw new ArgumentException($"{matrix.Count} numbers cannot be divided into rows of {levels.Count}", nameof(matrix));
            if (threshold is { } given && !(given >= -1 && given <= 1))
                throw new ArgumentException($"threshold {given} is not from -1 to 1", nameof(threshold));
            if (threshold is not null && (uint)positive >= (uint)levels.Count)
                throw new ArgumentException($"level {positive} is out of range for {levels.Count} levels", nameof(positive));
            (Levels, Matrix, Threshold, Positive) = (levels, matrix, threshold, positive);
        }

        /// <summary>The classes, in column order.</summary>
        public EquatableArray<string> Levels { get; }

        /// <summary>The probabilities: rows x levels, row-major.</summary>
        public EquatableArray<double> Matrix { get; }

        /// <summary>
        /// The threshold on the probability of the class <see cref="Positive"/>: a row with a larger probability has this class. If it is
        /// below 0, such as -1, every row has. Null if each row has its most probable class.
        /// </summary>
        public double? Threshold { get; }

        /// <summary>The class of <see cref="Threshold"/>, as an index into <see cref="Levels"/>. Without a threshold it has no
        /// meaning.</summary>
        public int Positive { get; }

        /// <inheritdoc/>
        public override int Count => Matrix.Count / Levels.Count;

        /// <inheritdoc/>
        public override EquatableArray<string> Labels => EquatableArray.From(Codes().Select(code => Levels[code]));

        /// <inheritdoc/>
        public override EquatableArray<double> Probability(string level) => Levels.AsSpan().IndexOf(level) is var code and >= 0
            ? EquatableArray.From(Enumerable.Range(0, Count).Select(row => Row(row)[code]))
            : throw new KeyNotFoundException($"no class is named '{level}'; the classes are {string.Join(", ", Levels)}");

        /// <summary>The probabilities of row <paramref name="row"/>, one per level.</summary>
        public ReadOnlySpan<double> Row(int row) => Matrix.AsSpan().Slice(row * Levels.Count, Levels.Count);

        /// <summary>
        /// The predicted class of each row, as an index into <see cref="Levels"/>: the most probable one. Ties go to the earlier level.
        /// With
        /// a <see cref="Threshold"/>, the class <see cref="Positive"/> if its probability is above the threshold, and otherwise the most
        /// probable of the others.
        /// </summary>
        public EquatableArray<int> Codes()
        {
            var codes = new int[Count];
            for (var i = 0; i < codes.Length; i++) codes[i] = CodeOf(Row(i));
            return EquatableArray.Own(codes);
        }

        /// <summary>The class of a row with these probabilities, by the same rule as <see cref="Codes"/>.</summary>
        internal int CodeOf(ReadOnlySpan<double> row)
        {
            if (Threshold is { } threshold && row[Positive] > threshold) return Positive;
            var excluded = Threshold is null || row.Length == 1 ? -1 : Positive;
            var code = excluded == 0 ? 1 : 0;
            for (var c = 1; c < row.Length; c++)
            {
                if (c != excluded && row[c] > row[code]) code = c;
            }

            return code;
        }

        /// <summary>The same probabilities with a <see cref="Threshold"/> on those of a class.</summary>
        /// <exception cref="ArgumentException">The threshold is not from -1 to 1, or the class is not a level.</exception>
        public Probabilities WithThreshold(double threshold, int positive = 1) => new(Levels, Matrix, threshold, positive);

        /// <summary>The same probabilities in the order of <paramref name="levels"/>. Unknown levels get 0. A <see cref="Threshold"/>
        /// stays if its class is among the levels.</summary>
        public Probabilities For(EquatableArray<string> levels)
        {
            if (levels == Levels) return this;
            var known = Levels.ToArray();
            var from = levels.Select(level => Array.IndexOf(known, level)).ToArray();
            var matrix = new double[Count * levels.Count];
            for (var i = 0; i < Count; i++)
            {
                for (var c = 0; c < from.Length; c++) matrix[i * from.Length + c] = from[c] < 0 ? 0 : Row(i)[from[c]];
            }

            var positive = Threshold is null ? -1 : Array.IndexOf(from, Positive);
            return positive < 0 ? new(levels, EquatableArray.Own(matrix)) : new(levels, EquatableArray.Own(matrix), Threshold, positive);
        }

        /// <inheritdoc/>
        public override Prediction Take(EquatableArray<int> rows)
        {
            var matrix = new double[rows.Count * Levels.Count];
            for (var i = 0; i < rows.Count; i++) Row(rows[i]).CopyTo(matrix.AsSpan(i * Levels.Count));
            return new Probabilities(Levels, EquatableArray.Own(matrix), Threshold, Positive);
        }

        private protected override void Seal() { }
    }

    /// <summary>One predicted value per row.</summary>
    /// <param name="Values">The predicted values, in row order.</param>
    public sealed record Numeric(EquatableArray<double> Values) : Prediction
    {
        /// <summary>The predicted values, in row order.</summary>
        public override EquatableArray<double> Values { get; } = Values;

        /// <inheritdoc/>
        protected override bool PrintMembers(StringBuilder builder)
        {
            base.PrintMembers(builder);
            builder.Append($", {nameof(Values)} = {Values}");
            return true;
        }

        /// <inheritdoc/>
        public override int Count => Values.Count;

        /// <inheritdoc/>
        public override Prediction Take(EquatableArray<int> rows) => new Prediction.Numeric(Values.At(rows));

        private protected override void Seal() { }
    }

    /// <summary>The mean of predictions of one kind for the same rows, summed in the order given. A threshold stays if it is that of
    /// all.</summary>
    /// <exception cref="ArgumentException">The list is empty, or kinds or row counts differ.</exception>
    public static Prediction Mean(IReadOnlyList<Prediction> predictions)
    {
        if (predictions.Count == 1) return predictions[0];
        switch (predictions.FirstOrDefault())
        {
            case Probabilities first:
                var levels = first.Levels;
                var all = predictions.Select(p => p is Probabilities q ? q.For(levels) : throw Mixed()).ToArray();
                return Decided(new(levels, MeanOf([.. all.Select(one => one.Matrix)])), all);
            case Numeric:
                return new Prediction.Numeric(MeanOf([.. predictions.Select(p => p is Numeric q ? q.Values : throw Mixed())]));
            default:
                throw new ArgumentException("nothing to average", nameof(predictions));
        }

        static ArgumentException Mixed() => new("probabilities and numeric predictions cannot be averaged");
    }

    /// <summary>
    /// Assembles pieces in row order. Each piece names the rows that it predicts. A row with several predictions gets their
    /// mean. A row without a prediction is omitted from the result, which is in ascending row order. A threshold stays if it is that of all
    /// pieces.
    /// </summary>
    /// <param name="pieces">Predictions of one kind, each with its rows.</param>
    /// <param name="covered">All rows with a prediction, ascending.</param>
    public static Prediction Assemble(IReadOnlyList<(EquatableArray<int> Rows, Prediction Prediction)> pieces, EquatableArray<int> covered)
    {
        var place = new int[covered.Count == 0 ? 0 : covered[covered.Count - 1] + 1];
        Array.Fill(place, -1);
        for (var i = 0; i < covered.Count; i++) place[covered[i]] = i;
        var levels = pieces.Select(p => p.Prediction).OfType<Probabilities>().FirstOrDefault()?.Levels;
        var width = levels?.Count ?? 1;
        var sums = new double[covered.Count * width];
        var times = new int[covered.Count];
        foreach (var (rows, prediction) in pieces)
        {
            var numbers = prediction is Probabilities p ? p.For(levels!.Value).Matrix : ((Numeric)prediction).Values;
            for (var i = 0; i < rows.Count; i++)
            {
                var at = place[rows[i]];
                times[at]++;
                for (var c = 0; c < width; c++) sums[at * width + c] += numbers[i * width + c];
            }
        }

        for (var at = 0; at < times.Length; at++)
        {
            if (times[at] > 1)
            {
                for (var c = 0; c < width; c++) sums[at * width + c] /= times[at];
            }
        }

        return levels is { } known
            ? Decided(new(known, EquatableArray.Own(sums)), [.. pieces.Select(p => ((Probabilities)p.Prediction).For(known))])
            : new Prediction.Numeric(EquatableArray.Own(sums));
    }

    private static Probabilities Decided(Probabilities made, Probabilities[] from) =>
        from[0].Threshold is { } threshold
            && Array.TrueForAll(from, one => one.Threshold == threshold && one.Positive == from[0].Positive)
            ? made.WithThreshold(threshold, from[0].Positive) : made;

    private static EquatableArray<double> MeanOf(EquatableArray<double>[] all)
    {
        var mean = all[0].ToArray();
        foreach (var numbers in all.AsSpan(1))
        {
            if (numbers.Count != mean.Length) throw new ArgumentException("predictions of different row counts cannot be averaged");
            for (var i = 0; i < mean.Length; i++) mean[i] += numbers[i];
        }

        for (var i = 0; i < mean.Length; i++) mean[i] /= all.Length;
        return EquatableArray.Own(mean);
    }
}
