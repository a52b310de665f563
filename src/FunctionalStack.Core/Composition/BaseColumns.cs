namespace FunctionalStack;

/// <summary>
/// The columns that hold one base's predictions, and how to read the predictions back. Meta-learners that weight bases
/// rather than columns use it.
/// </summary>
/// <param name="Base">The base's name.</param>
/// <param name="Columns">
/// Its columns. Classification: one per class (without the first if <see cref="StackColumns.DropFirstClass"/> dropped it), or one of
/// labels. Regression: one of predicted values.
/// </param>
/// <param name="Levels">The target's classes; empty for regression.</param>
/// <param name="StackMethod">What the columns hold; ignored for regression.</param>
public sealed record BaseColumns(string Base, EquatableArray<string> Columns, EquatableArray<string> Levels,
    [FormerName("Upward")] StackMethod StackMethod = StackMethod.Probabilities)
{
    // Means and differences of doubles differ by a few units in the last place. A larger difference means another kind of column.
    private const double Rounding = 1e-6;

    /// <summary>
    /// The bases whose predictions <paramref name="level"/> holds, in column order (<see cref="NamedColumn.Origin"/>). Fails if a column
    /// holds no base's prediction, such as an original column or the output of a transform.
    /// </summary>
    public static Outcome<EquatableArray<BaseColumns>> Of(Frame level, Target target)
    {
        if (level.Columns.FirstOrDefault(column => column.Origin is null) is { } other)
        {
            return new Outcome<EquatableArray<BaseColumns>>.Fail(NoPrediction(other.Name));
        }

        var levels = target is Target.Classes classes ? classes.Levels : default;
        return level.Columns.Count == 0
            ? Outcome.Fail<EquatableArray<BaseColumns>>("", "there are no predictions of bases", "Use it as the meta-learner of a stack.")
            : Outcome.All(level.Columns.GroupBy(column => column.Origin!.Base).Select(columns => Of(columns.Key, [.. columns], levels)));
    }

    internal static Failure NoPrediction(string column) =>
        new($"column '{column}'", "does not hold predictions of a base",
            "Use it as the meta-learner of a stack, without a transform before it and without passthrough columns.");

    /// <summary>
    /// The base's predictions: probabilities (1 for a label) or numeric predictions. Log-probabilities become probabilities that sum to 1.
    /// </summary>
    /// <returns>A failure if a value is missing, infinite or not a probability.</returns>
    /// <exception cref="KeyNotFoundException">A column is absent.</exception>
    public Outcome<Prediction> Read(Frame rows) => Levels.Count == 0
        ? Numbers(rows, 0)
        .Map<Prediction>(numbers => new Prediction.Numeric(EquatableArray.Own(numbers)))
        : StackMethod == StackMethod.Labels ? Votes(rows) : Probabilities(rows);

    // Only the first class can have been dropped. The others determine it.
    private static Outcome<BaseColumns> Of(string name, NamedColumn[] columns, EquatableArray<string> levels)
    {
        var origin = columns[0].Origin!;
        var found = new BaseColumns(name, EquatableArray.From(columns.Select(column => column.Name)), levels, origin.StackMethod);
        var whole = levels.Count == 0 || origin.StackMethod == StackMethod.Labels ? columns.Length == 1 && origin.Level is null
            : columns.Select(column => column.Origin!.Level).SequenceEqual(levels.Skip(levels.Count - columns.Length));
        return whole && levels.Count - columns.Length <= (origin.StackMethod == StackMethod.Labels ? levels.Count : 1)
            ? Outcome.Ok(found)
            : Outcome.Fail<BaseColumns>($"base '{name}'", "some of its classes have no column", "Keep all columns of a base, or none.");
    }

    private Outcome<Prediction> Votes(Frame rows)
    {
        if (rows[Columns[0]] is not Column.Categorical labels)
            return Outcome.Fail<Prediction>($"column '{Columns[0]}'", "holds numbers, not labels",
                "Give the columns that the model was fitted on.");
        var places = labels.Levels.Select(label => Levels.ToList().IndexOf(label)).ToArray();
        var matrix = new double[rows.RowCount * Levels.Count];
        for (var row = 0; row < rows.RowCount; row++)
        {
            if (labels[row] < 0 || places[labels[row]] < 0)
                return Outcome.Fail<Prediction>($"column '{Columns[0]}', row {row + 1}", "there is no known label",
                    "Give the labels that the base predicts.");
            matrix[row * Levels.Count + places[labels[row]]] = 1;
        }

        return Outcome.Ok<Prediction>(new Prediction.Probabilities(Levels, EquatableArray.Own(matrix)));
    }

    private Outcome<Prediction> Probabilities(Frame rows)
    {
        var log = StackMethod == StackMethod.LogProbabilities;
        return Outcome.All(Enumerable.Range(0, Columns.Count).Select(at => Numbers(rows, at))).Bind(columns =>
        {
            var (width, first) = (Levels.Count, Levels.Count - Columns.Count);
            var matrix = new double[rows.RowCount * width];
            for (var row = 0; row < rows.RowCount; row++)
            {
                var predicted = matrix.AsSpan(row * width, width);
                for (var c = 0; c < columns.Count; c++) predicted[first + c] = columns[c][row];
                var sum = Complete(predicted);
                if (SumsToOne(sum)) continue;
                return log
                    ? Outcome.Fail<Prediction>($"columns of '{Base}', row {row + 1}", "every probability is 0",
                        "Give probabilities that sum to 1.")
                    : Outcome.Fail<Prediction>($"columns of '{Base}', row {row + 1}", $"the probabilities sum to {sum}",
                        "Give the probabilities of all classes.");
            }

            return Outcome.Ok<Prediction>(new Prediction.Probabilities(Levels, EquatableArray.Own(matrix)));
        });
    }

    /// <summary>Overwrites the numbers of a row's columns, which end at the last class, with probabilities. Returns their sum before
    /// logarithms are divided by it.</summary>
    private double Complete(Span<double> row)
    {
        var (log, first, sum) = (StackMethod == StackMethod.LogProbabilities, row.Length - Columns.Count, 0.0);
        foreach (ref var number in row[first..]) sum += number = log ? Math.Exp(number) : number;
        if (first > 0) sum += row[0] = Math.Max(0, 1 - sum);
        if (!log) return sum;
        foreach (ref var p in row) p /= sum;
        return sum;
    }

    private bool SumsToOne(double sum) => StackMethod == StackMethod.LogProbabilities ? sum > 0 : Math.Abs(sum - 1) <= Rounding;

    /// <summary>Reads the base's prediction of single rows with these columns; null if one is absent or of another kind.</summary>
    internal RowFunction? ForRow(Frame columns)
    {
        if (Levels.Count > 0 && StackMethod == StackMethod.Labels)
        {
            return columns.PlaceOf(Columns[0]) is { } place && columns.Columns[place].Column is Column.Categorical { Levels: var labels }
                ? new VoteCells(place, [.. labels.Select(label => Levels.AsSpan().IndexOf(label))], Levels.Count)
                : null;
        }

        return columns.NumericPlaces(Columns) is { } places ? new ReadCells(this, places) : null;
    }

    /// <summary>1 for the class of a label, 0 for the others.</summary>
    private sealed class VoteCells(int place, int[] classOf, int classes) : RowFunction
    {
        public override int Count => classes;

        public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
        {
            var code = (int)row[place];
            if ((uint)code >= (uint)classOf.Length || classOf[code] < 0) return false;
            results.Clear();
            results[classOf[code]] = 1;
            return true;
        }
    }

    /// <summary>Probabilities or numeric predictions.</summary>
    private sealed class ReadCells(BaseColumns columns, int[] places) : RowFunction
    {
        private readonly (double Least, double Most) range = columns.Range;

        public override int Count { get; } = Math.Max(1, columns.Levels.Count);

        public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
        {
            var first = results.Length - places.Length;
            for (var c = 0; c < places.Length; c++)
            {
                if (Within(row[places[c]], range.Least, range.Most) is not { } number) return false;
                results[first + c] = number;
            }

            return columns.Levels.Count == 0 || columns.SumsToOne(columns.Complete(results));
        }
    }

    // The range of the numbers in the columns.
    private (double Least, double Most) Range => Levels.Count == 0 ? (double.NegativeInfinity, double.PositiveInfinity)
        : StackMethod == StackMethod.LogProbabilities ? (double.NegativeInfinity, 0) : (0, 1);

    // Up to rounding; null if it is not.
    private static double? Within(double number, double least, double most) =>
        double.IsFinite(number) && number >= least - Rounding && number <= most + Rounding ? Math.Clamp(number, least, most) : null;

    private Outcome<double[]> Numbers(Frame rows, int at)
    {
        if (rows[Columns[at]] is not Column.Numeric column)
            return Outcome.Fail<double[]>($"column '{Columns[at]}'", "holds categories, but the base's predictions are numeric",
                "Give the columns that the model was fitted on.");
        var (numbers, (least, most)) = (column.ToArray(), Range);
        for (var row = 0; row < numbers.Length; row++)
        {
            if (Within(numbers[row], least, most) is { } number)
            {
                numbers[row] = number;
                continue;
            }

            return Outcome.Fail<double[]>($"column '{Columns[at]}', row {row + 1}", $"the number is {numbers[row]}",
                Levels.Count == 0 ? "Give finite numbers." : "Give the probabilities that the base predicts.");
        }

        return Outcome.Ok(numbers);
    }
}
