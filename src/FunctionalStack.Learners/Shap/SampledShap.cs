namespace FunctionalStack.Learners;

/// <summary>
/// Shapley values by walks from a reference row to the explained row, which change one column after the other (Štrumbelj &amp; Kononenko
/// 2014). Each order of the columns is walked in both directions, which is exact for models in which columns interact in pairs (Mitchell et
/// al. 2022). The predictions along a walk telescope, so that the values sum to the prediction minus the base.
/// </summary>
internal static class SampledShap
{
    // Bounds the memory of a call of the model: the rows, and the rows times columns. A single walk may have more.
    private const int RowsOfCall = 16_384;
    private const int CellsOfCall = 1 << 23;

    /// <summary>The values. The rows and the reference rows are joined in <paramref name="frame"/>, the former first.</summary>
    public static Outcome<ShapValues> Of(IModel model, Frame frame, int rows, Seed seed, int orders, IExecutor executor,
        IProgress<FitProgress>? progress)
    {
        var needed = model.Needs(frame.Names).ToHashSet(StringComparer.Ordinal);
        var sources = EquatableArray.From(frame.Columns.Select(column => column.Source).Distinct());
        var players = sources.Index().Where(source => frame.Columns.Any(column =>
            column.Source == source.Item && needed.Contains(column.Name))).Select(source => source.Index).ToArray();
        var walks = new Walks(frame, rows, sources, players,
            [.. Enumerable.Range(0, (frame.RowCount - rows) * orders).Select(order =>
                seed.Fork("order").Fork(order).Permutation(players.Length))]);
        return executor.Predict(model, frame).Bind(known => walks.Of(new Outputs(known), (changed, width) =>
            executor.Predict(model, changed).WithoutNotes().Map(one => new Outputs(one).Check(width)), progress));
    }

    /// <summary>The numbers of a prediction: rows x outputs.</summary>
    private sealed class Outputs(Prediction prediction)
    {
        private readonly EquatableArray<double> cells = prediction is Prediction.Probabilities classes ? classes.Matrix : prediction.Values;

        public int Width { get; } = prediction is Prediction.Probabilities classes ? classes.Levels.Count : 1;

        public ReadOnlySpan<double> this[int row] => cells.AsSpan().Slice(row * Width, Width);

        public Outputs Check(int width) => Width == width ? this : throw new InvalidOperationException("a model changed its classes");
    }

    /// <summary>One change of a column: where it counts, and the predictions before and after.</summary>
    private readonly record struct Step(int Row, int Player, int Before, int After);

    private sealed class Walks(Frame frame, int rows, EquatableArray<string> sources, int[] players, int[][] orders)
    {
        private readonly int[][] numbers = [.. players.Select(player => EqualRows.Numbered(
            frame.Columns.Where(column => column.Source == sources[player]).Select(column => column.Column), frame.RowCount,
            BitConverter.DoubleToInt64Bits))];

        // The changed rows of the next call: for each player, the row of the frame that has its values.
        private readonly List<int>[] from = [.. players.Select(_ => new List<int>())];
        private readonly List<int> origin = [];
        private readonly List<Step> steps = [];

        public Outcome<ShapValues> Of(Outputs known, Func<Frame, int, Outcome<Outputs>> predict, IProgress<FitProgress>? progress)
        {
            var (width, reference) = (known.Width, frame.RowCount - rows);
            var (start, cells) = (new double[width], new double[rows * width * sources.Count]);
            for (var row = rows; row < frame.RowCount; row++)
            {
                for (var output = 0; output < width; output++) start[output] += known[row][output] / reference;
            }

            var most = Math.Min(RowsOfCall, CellsOfCall / Math.Max(1, players.Length));
            for (var row = 0; row < rows; row++)
            {
                for (var order = 0; order < orders.Length; order++)
                {
                    Walk(row, rows + order % reference, orders[order]);
                    Walk(row, rows + order % reference, [.. orders[order].Reverse()]);
                    if (origin.Count >= most && Counted() is Outcome<int>.Fail { Failure: var failure })
                        return new Outcome<ShapValues>.Fail(failure);
                }

                progress?.Report(new(row + 1, rows, $"row {row + 1}"));
            }

            return Counted().Map(_ => new ShapValues(sources, EquatableArray.Own(start), EquatableArray.Own(cells)));

            Outcome<int> Counted() => (origin.Count == 0 ? Outcome.Ok<Outputs?>(null) : predict(Changed(), width).Map<Outputs?>(one => one))
                .Map(changed =>
                {
                    foreach (var step in steps)
                    {
                        var before = At(step.Before);
                        var after = At(step.After);
                        for (var output = 0; output < width; output++)
                        {
                            cells[(step.Row * width + output) * sources.Count + players[step.Player]] +=
                                (after[output] - before[output]) / (2 * orders.Length);
                        }
                    }

                    var count = origin.Count;
                    steps.Clear();
                    origin.Clear();
                    foreach (var one in from) one.Clear();
                    return count;

                    ReadOnlySpan<double> At(int place) => place >= 0 ? changed![place] : known[~place];
                });
        }

        // Places from 0 are changed rows; a negative one is the complement of a row of the frame.
        private void Walk(int row, int reference, int[] order)
        {
            var different = order.Where(player => numbers[player][row] != numbers[player][reference]).ToArray();
            var before = ~reference;
            for (var i = 0; i < different.Length; i++)
            {
                var after = ~row;
                if (i + 1 < different.Length)
                {
                    after = origin.Count;
                    origin.Add(reference);
                    foreach (var list in from) list.Add(reference);
                    for (var j = 0; j <= i; j++) from[different[j]][after] = row;
                }

                steps.Add(new(row, different[i], before, after));
                before = after;
            }
        }

        private Frame Changed()
        {
            var others = EquatableArray.From(origin);
            var values = players.Zip(from).ToDictionary(one => sources[one.First], one => EquatableArray.From(one.Second));
            return new(origin.Count, EquatableArray.From(frame.Columns.Select(column => column with
            {
                Column = column.Column.Take(values.GetValueOrDefault(column.Source, others)),
            })));
        }
    }
}
