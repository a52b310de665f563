using System.Collections.Concurrent;

namespace FunctionalStack.Learners;

/// <summary>The rounds of <see cref="GradientBoosting"/>: derivatives, one tree per output, and the updated scores.</summary>
internal static class BoostingRounds
{
    /// <summary>The number of rows per parallel part of the derivatives.</summary>
    private const int Chunk = 4096;

    public static int Padded(int rows) => (rows + Objective.Lanes - 1) / Objective.Lanes * Objective.Lanes;

    public static GradientBoostingModel Fit(GradientBoosting spec, int[] monotone, BoostingRows rows, Seed seed, WorkSharing work)
    {
        var (columns, codes) = Binned(spec, rows, work);
        var usual = rows.Levels.Count > 0 || spec.Objective != BoostingObjective.Usual ? spec.Objective : BoostingObjective.SquaredError;
        if (rows.Objective is not { } objective)
            return new(EquatableArray.Own(columns), rows.Levels, rows.Present, usual, EquatableArray.Of(0.0), default);

        var layout = HistogramLayout.Of(codes, Array.ConvertAll(columns, column => column.CodeCount), rows.Sample.Count, work);
        var data =
            new GrowthData(rows.Sample.Count, EquatableArray.Own(columns), codes, layout, monotone, RulesOf(spec, objective),
                spec.MaxDepth ?? int.MaxValue, spec.MaxLeaves, spec.Eta);
        var held = rows.Held is null ? null : Array.ConvertAll(columns, column => CodesOf(column, rows.HeldFrame!));
        var trees = Grow(spec, data, objective, rows, held, seed, work);
        var start = Array.ConvertAll(objective.Base(rows.Sample), score => Math.ScaleB(score, objective.Exponent));
        return new(EquatableArray.Own(columns), rows.Levels, rows.Present, usual, EquatableArray.Own(start), trees);
    }

    private static (BoostedColumn[] Columns, byte[][] Codes) Binned(GradientBoosting spec, BoostingRows rows, WorkSharing work)
    {
        var named = rows.Frame.Columns;
        var (columns, codes) = (new BoostedColumn[named.Count], new byte[named.Count][]);
        var weights = rows.Weighted ? rows.Sample.Weights : null;
        work.Run(named.Count, c => (columns[c], codes[c]) = Binning.Of(named[c], weights, spec.Bins));
        return (columns, codes);
    }

    private static byte[] CodesOf(BoostedColumn column, Frame frame)
    {
        var codes = Binning.RoomFor(frame.RowCount);
        column.Code(frame[column.Name], codes);
        return codes;
    }

    // If the target was scaled, penalties in its unit are scaled too.
    private static SplitRules RulesOf(GradientBoosting spec, Objective objective)
    {
        var exponent = objective.GradientsScale ? -objective.Exponent : 0;
        return new(spec.Lambda, Math.ScaleB(spec.Alpha, exponent), Math.ScaleB(spec.Gamma, 2 * exponent), spec.MinChildWeight,
            spec.CategorySmoothing);
    }

    private static EquatableArray<BoostedTree> Grow(GradientBoosting spec, GrowthData data, Objective objective, BoostingRows rows,
        byte[][]? held, Seed seed, WorkSharing work)
    {
        var (sample, outputs, padded) = (rows.Sample, objective.Outputs, Padded(rows.Sample.Count));
        var start = objective.Base(sample);
        var scores = Array.ConvertAll(start, score => Filled(padded, score));
        var heldScores = Array.ConvertAll(start, score => Filled(rows.Held is null ? 0 : Padded(rows.Held.Count), score));
        var gradients = new Gradients(objective, sample, scores, work);
        var all = Enumerable.Range(0, sample.Count).ToArray();
        var random = spec.Subsample < 1 || spec.ColumnsByTree < 1 || spec.ColumnsByLevel < 1;
        var trees = new List<BoostedTree>();
        var (lowest, kept) = (rows.Held is null ? 0 : objective.Loss(rows.Held, heldScores), 0);
        for (var round = 0; round < rows.Rounds; round++)
        {
            var drawn = spec.Subsample < 1 ? Draw(all, spec.Subsample, seed.Fork("rows").Fork(round)) : all;
            gradients.Update();
            var grown = new BoostedTree[outputs];
            work.Run(outputs, output =>
            {
                var columns = ColumnsOf(spec, data.Columns.Count, seed.Fork("columns").Fork(round).Fork(output));
                var units = gradients.Units[output];
                var root = new BoostedGrower(data, columns, gradients.Packed[output], units, objective.Leaf(sample, scores), work)
                    .Grow(drawn);
                grown[output] = FlatTree.Of(root, data, units, objective);
                var factor = Math.ScaleB(1, -objective.Exponent);
                BoostedTrees.AddTo(scores[output], grown[output], data.Columns, data.Codes, sample.Count, factor, work);
                if (held is not null)
                    BoostedTrees.AddTo(heldScores[output], grown[output], data.Columns, held, rows.Held!.Count, factor, work);
            });

            // Without randomness, later rounds would not change anything either.
            if (!random && grown.All(tree => tree.NodeCount == 1)) break;
            trees.AddRange(grown);
            if (rows.Held is null) continue;
            var loss = objective.Loss(rows.Held, heldScores);
            if (loss < lowest) (lowest, kept) = (loss, round + 1);
            else if (round + 1 - kept >= spec.Waits) break;
        }

        return EquatableArray.From(rows.Held is null ? trees : trees.Take(kept * outputs));
    }

    private static int[] Draw(int[] all, double share, Seed seed)
    {
        var stream = seed.Stream();
        var (drawn, count) = (new int[all.Length], 0);
        foreach (var row in all)
        {
            drawn[count] = row;
            if (stream.NextDouble() < share) count++;
        }

        return count == 0 ? all : drawn[..count];
    }

    /// <summary>The columns that each depth of a tree may split on, ascending.</summary>
    private static Func<int, int[]> ColumnsOf(GradientBoosting spec, int columns, Seed seed)
    {
        var ofTree = Drawn(Enumerable.Range(0, columns).ToArray(), spec.ColumnsByTree, seed.Fork("tree"));
        if (spec.ColumnsByLevel == 1) return _ => ofTree;
        var known = new ConcurrentDictionary<int, int[]>();
        return depth => known.GetOrAdd(depth, at => Drawn(ofTree, spec.ColumnsByLevel, seed.Fork("level").Fork(at)));
    }

    private static int[] Drawn(int[] from, double share, Seed seed)
    {
        if (share == 1 || from.Length == 0) return from;
        var shuffled = from.ToArray();
        seed.Stream().Shuffle<int>(shuffled);
        return [.. shuffled.Take(Math.Max(1, (int)Math.Round(share * from.Length))).Order()];
    }

    private static double[] Filled(int length, double number)
    {
        var filled = new double[length];
        Array.Fill(filled, number);
        return filled;
    }

    /// <summary>The derivatives per row and output, packed.</summary>
    private sealed class Gradients(Objective objective, Sample sample, double[][] scores, WorkSharing work)
    {
        private readonly double[][] first = Arrays<double>(objective.Outputs, sample.Truth.Length);
        private readonly double[][] second = Arrays<double>(objective.Outputs, sample.Truth.Length);

        public long[][] Packed { get; } = Arrays<long>(objective.Outputs, sample.Truth.Length);

        public PackedGradients[] Units { get; } = new PackedGradients[objective.Outputs];

        public void Update()
        {
            var chunks = (sample.Truth.Length + Chunk - 1) / Chunk;
            var (firsts, seconds) = (Arrays<double>(objective.Outputs, chunks), Arrays<double>(objective.Outputs, chunks));
            work.Run(chunks, chunk =>
            {
                var (start, end) = (chunk * Chunk, Math.Min((chunk + 1) * Chunk, sample.Truth.Length));
                objective.Derive(sample, scores, first, second, start, end);
                for (var output = 0; output < Units.Length; output++)
                {
                    firsts[output][chunk] = Sum(first[output], start, end);
                    seconds[output][chunk] = Sum(second[output], start, end);
                }
            });

            for (var output = 0; output < Units.Length; output++)
                Units[output] = PackedGradients.For(firsts[output].Sum(), seconds[output].Sum(), sample.Count);
            work.Run(chunks, chunk =>
            {
                var (start, end) = (chunk * Chunk, Math.Min((chunk + 1) * Chunk, sample.Truth.Length));
                for (var output = 0; output < Units.Length; output++)
                    Units[output].Pack(first[output], second[output], Packed[output], start, end);
            });
        }

        private static double Sum(double[] numbers, int start, int end)
        {
            var sum = 0.0;
            for (var i = start; i < end; i++) sum += Math.Abs(numbers[i]);
            return sum;
        }

        private static T[][] Arrays<T>(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => new T[length])];
    }
}
