namespace FunctionalStack.Learners;

/// <summary>Fitted gradient boosted trees.</summary>
/// <param name="Columns">The columns that it was fitted on, and their bins.</param>
/// <param name="Levels">The classes; empty for regression.</param>
/// <param name="Present">The codes of the classes in the training rows. Other classes get probability 0.</param>
/// <param name="Objective">The loss.</param>
/// <param name="Base">The initial score per output.</param>
/// <param name="Trees">One tree per output and round, round by round.</param>
public sealed record GradientBoostingModel(EquatableArray<BoostedColumn> Columns, EquatableArray<string> Levels,
    EquatableArray<int> Present, BoostingObjective Objective, EquatableArray<double> Base, EquatableArray<BoostedTree> Trees)
    : IShapModel, IRowwiseModel
{
    /// <summary>One tree per output and round, round by round.</summary>
    /// <exception cref="ArgumentException">A tree splits on an unknown column, or the number of trees is not a multiple of the
    /// outputs.</exception>
    public EquatableArray<BoostedTree> Trees { get; init; } = Fitting(Columns, Levels, Present, Base, Trees);

    /// <summary>The number of scores per row: 1 for regression and for two classes (the log-odds of the second), otherwise one per class
    /// present.</summary>
    public int Outputs => Base.Count;

    /// <summary>The importance of each column: its share of the total gain of all splits. They sum to 1, or are all 0 without
    /// splits.</summary>
    public EquatableArray<double> Importances => Shares(tree => tree.Gain);

    /// <summary>For each column, its share of the total cover (summed second derivatives) of all splits.</summary>
    public EquatableArray<double> Covers => Shares(tree => tree.Cover);

    /// <summary>The importance of a column, see <see cref="Importances"/>.</summary>
    /// <exception cref="KeyNotFoundException">The model was not fitted on a column of that name.</exception>
    public double ImportanceOf(string column) =>
        Learners.Trees.ImportanceOf(column, EquatableArray.From(Columns.Select(one => one.Name)), Importances);

    /// <summary>The contribution of each column to each row's scores: exact Shapley values (Lundberg, Erion &amp; Lee 2018).</summary>
    public Outcome<ShapValues> Explain(Frame rows) => CodesOf(rows).Map(codes => Explain(codes, rows.RowCount));

    private ShapValues Explain(byte[][] codes, int count)
    {
        var (start, cells) = (Base.ToArray(), new double[count * Outputs * Columns.Count]);
        for (var t = 0; t < Trees.Count; t++) start[t % Outputs] += Trees[t].Expected();
        var ofRow = new byte[Columns.Count];
        for (var row = 0; row < count; row++)
        {
            for (var c = 0; c < ofRow.Length; c++) ofRow[c] = codes[c][row];
            for (var t = 0; t < Trees.Count; t++)
            {
                TreeShap.AddTo(cells.AsSpan((row * Outputs + t % Outputs) * Columns.Count, Columns.Count),
                    new ExplainedBoostedTree(Trees[t], ofRow, Columns), Trees[t].Depth);
            }
        }

        return new(EquatableArray.From(Columns.Select(column => column.Name)), EquatableArray.Own(start), EquatableArray.Own(cells));
    }

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => Scores(rows).Map(scores => Predict(scores, rows.RowCount));

    private Prediction Predict(double[] scores, int count)
    {
        var width = Math.Max(1, Levels.Count);
        var numbers = new double[count * width];
        for (var row = 0; row < count; row++) Predict(scores.AsSpan(row * Outputs, Outputs), numbers.AsSpan(row * width, width));
        return Learners.Trees.AsPrediction(Levels, numbers);
    }

    /// <summary>Writes the probabilities of a row, or its value.</summary>
    internal void Predict(ReadOnlySpan<double> scores, Span<double> prediction)
    {
        if (Levels.Count > 0) Share(scores, prediction);
        else prediction[0] = Objective == BoostingObjective.Poisson ? Mean(scores[0]) : scores[0];
    }

    RowFunction? IRowwiseModel.ForRow(Frame columns) => BoostedRow.For(columns, this);

    /// <summary>The raw scores, rows x outputs, row-major: the sums of base score and leaf values, before the inverse link.</summary>
    public Outcome<double[]> Scores(Frame rows) => CodesOf(rows).Map(codes => BoostedTrees.Scores(this, codes, rows.RowCount));

    private EquatableArray<double> Shares(Func<BoostedTree, EquatableArray<double>> of)
    {
        // Divided by the largest first, since gains on huge values are near the end of double's range.
        var largest = Trees.SelectMany(tree => of(tree)).DefaultIfEmpty().Max();
        var sums = new double[Columns.Count];
        if (!(largest > 0)) return EquatableArray.Own(sums);
        foreach (var tree in Trees)
        {
            var numbers = of(tree);
            for (var node = 0; node < tree.NodeCount; node++)
            {
                if (tree.Feature[node] >= 0) sums[tree.Feature[node]] += numbers[node] / largest;
            }
        }

        var total = sums.Sum();
        return EquatableArray.Own(total > 0 ? Array.ConvertAll(sums, sum => sum / total) : sums);
    }

    /// <summary>The codes of each column.</summary>
    private Outcome<byte[][]> CodesOf(Frame rows) => Outcome.All(Columns.Select(column => column.Read(rows).Map(read =>
    {
        // Fewer rows than a block are not scored in blocks, which need pinned codes.
        var codes = rows.RowCount < TreeBlocks.Rows ? new byte[rows.RowCount] : Binning.RoomFor(rows.RowCount);
        column.Code(read, codes);
        return codes;
    }))).Map(all => all.ToArray());

    /// <summary>The greatest score of a Poisson mean: beyond any count, so that a sum of many leaves does not become infinite.</summary>
    internal const double GreatestScore = 700;

    private static double Mean(double score) => Math.Exp(Math.Min(score, GreatestScore));

    private void Share(ReadOnlySpan<double> scores, Span<double> probabilities)
    {
        if (Present.Count == 1)
        {
            probabilities[Present[0]] = 1;
            return;
        }

        if (Present.Count == 2)
        {
            var p = 1 / (1 + Math.Exp(-scores[0]));
            (probabilities[Present[0]], probabilities[Present[1]]) = (1 - p, p);
            return;
        }

        var (most, sum) = (double.NegativeInfinity, 0.0);
        foreach (var score in scores) most = Math.Max(most, score);
        for (var k = 0; k < scores.Length; k++) sum += probabilities[Present[k]] = Math.Exp(scores[k] - most);
        for (var k = 0; k < scores.Length; k++) probabilities[Present[k]] /= sum;
    }

    // Models are also loaded from files.
    private static EquatableArray<BoostedTree> Fitting(EquatableArray<BoostedColumn> columns, EquatableArray<string> levels,
        EquatableArray<int> present, EquatableArray<double> start, EquatableArray<BoostedTree> trees)
    {
        var outputs = levels.Count == 0 || present.Count <= 2 ? 1 : present.Count;
        if (start.Count != outputs || trees.Count % outputs != 0)
            throw new ArgumentException($"{start.Count} initial scores and {trees.Count} trees do not match {outputs} outputs",
                nameof(trees));
        if (present.Any(level => level < 0 || level >= levels.Count) || (levels.Count > 0 && present.Count == 0))
            throw new ArgumentException("a class present is not among the levels", nameof(present));
        foreach (var tree in trees)
        {
            for (var node = 0; node < tree.NodeCount; node++)
            {
                var column = tree.Feature[node];
                if (column >= columns.Count)
                    throw new ArgumentException($"a tree splits on column {column} of {columns.Count}", nameof(trees));
                if (column >= 0 && columns[column].IsCategorical
                    && (tree.Code[node] < 0 || (tree.Code[node] + 1) * BoostedTree.WordsASet > tree.Sets.Count))
                    throw new ArgumentException($"a tree has no set {tree.Code[node]}", nameof(trees));
            }
        }

        return trees;
    }
}
