namespace FunctionalStack.Learners;

/// <summary>A fitted <see cref="OrdinalClassifier"/> of three classes or more.</summary>
/// <param name="Levels">The classes, in order.</param>
/// <param name="Present">The codes of the classes that have a training row, ascending; at least two.</param>
/// <param name="Members">The model of the probability of being above each of them but the last.</param>
public sealed record OrdinalModel(EquatableArray<string> Levels, EquatableArray<int> Present, EquatableArray<IModel> Members)
    : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Present.Count < 2 ? "fewer than two classes" : null,
        Present.Any(code => (uint)code >= (uint)Levels.Count) || Present.Zip(Present.Skip(1)).Any(pair => pair.First >= pair.Second)
            ? "classes that are not in order" : null,
        Consistency.Count("models", Members.Count, Present.Count - 1));

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) => Members.NeededOf(columns);

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => Members.PredictEach(rows).Map(predictions =>
    {
        var above = predictions.Select((one, i) =>
            ((Prediction.Probabilities)one).For([UpTo(Levels[Present[i]]), Above(Levels[Present[i]])]).Matrix).ToArray();
        var matrix = new double[rows.RowCount * Levels.Count];
        var pooled = new double[above.Length];
        for (var row = 0; row < rows.RowCount; row++)
        {
            for (var i = 0; i < pooled.Length; i++) pooled[i] = Math.Clamp(above[i][2 * row + 1], 0, 1);
            Pool(pooled);
            for (var i = 0; i < Present.Count; i++)
            {
                matrix[row * Levels.Count + Present[i]] = (i == 0 ? 1 : pooled[i - 1]) - (i == pooled.Length ? 0 : pooled[i]);
            }
        }

        return (Prediction)new Prediction.Probabilities(Levels, EquatableArray.Own(matrix));
    });

    internal static string UpTo(string level) => $"up to {level}";

    internal static string Above(string level) => $"above {level}";

    /// <summary>Replaces numbers by the nearest ones in least squares that do not increase (pool adjacent violators, Ayer et al.
    /// 1955).</summary>
    internal static void Pool(Span<double> numbers)
    {
        var (sums, counts, blocks) = (new double[numbers.Length], new int[numbers.Length], 0);
        foreach (var number in numbers)
        {
            (sums[blocks], counts[blocks]) = (number, 1);
            for (blocks++; blocks > 1 && sums[blocks - 2] / counts[blocks - 2] < sums[blocks - 1] / counts[blocks - 1]; blocks--)
            {
                sums[blocks - 2] += sums[blocks - 1];
                counts[blocks - 2] += counts[blocks - 1];
            }
        }

        for (var (block, at) = (0, 0); block < blocks; at += counts[block++])
            numbers.Slice(at, counts[block]).Fill(sums[block] / counts[block]);
    }
}
