using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

/// <summary>
/// How a boosted tree encodes a column: as a code from 0 to 255. Code 0 is a missing value. The code of a number is 1 plus
/// the number of thresholds below it. The code of a category is 1 plus its index in the levels; unknown categories are missing.
/// </summary>
/// <param name="Name">The column's name.</param>
/// <param name="Thresholds">For a numeric column: ascending, at most 254.</param>
/// <param name="Levels">For a categorical column: at most 255; empty for a numeric column.</param>
/// <param name="IsCategorical">Whether the column is categorical.</param>
public sealed record BoostedColumn(string Name, [FormerName("Cuts")] EquatableArray<double> Thresholds, EquatableArray<string> Levels,
    bool IsCategorical)
{
    // Searching the levels of a few rows is cheaper than a dictionary of all levels.
    private const int FewRows = 8;

    /// <summary>For a numeric column: ascending, at most 254.</summary>
    /// <exception cref="ArgumentException">There are too many thresholds or levels, or thresholds do not ascend.</exception>
    public EquatableArray<double> Thresholds { get; } = Ascending(Thresholds, Levels);

    /// <summary>The number of codes, including that of missing values.</summary>
    public int CodeCount => 1 + (IsCategorical ? Levels.Count : Thresholds.Count + 1);

    /// <summary>The code of a number.</summary>
    public byte CodeOf(double number) =>
        double.IsNaN(number) ? (byte)0 : (byte)(1 + Learners.Ascending.Below(Thresholds.AsSpan(), number));

    /// <summary>The column of that name and kind.</summary>
    internal Outcome<Column> Read(Frame frame) => (frame.Find(Name), IsCategorical) switch
    {
        (null, _) => Outcome.Fail<Column>($"column '{Name}'", "is not in the data", "Give the columns that the model was fitted on."),
        (Column.Categorical, false) =>
            Outcome.Fail<Column>($"column '{Name}'", "holds categories, but held numbers when the model was fitted", "Read it as numbers."),
        (Column.Numeric, true) =>
            Outcome.Fail<Column>($"column '{Name}'", "holds numbers, but held categories when the model was fitted",
                "Read it as categories."),
        var (column, _) => Outcome.Ok(column!),
    };

    /// <summary>Writes the codes of all rows.</summary>
    internal void Code(Column column, Span<byte> codes)
    {
        if (column is Column.Numeric numeric)
        {
            var numbers = numeric.ToArray();
            if (numbers.Length >= TreeBlocks.Rows) CodeMany(numbers, codes);
            else for (var row = 0; row < numbers.Length; row++) codes[row] = CodeOf(numbers[row]);
            return;
        }

        var categories = (Column.Categorical)column;
        if (categories.Count <= FewRows)
        {
            for (var row = 0; row < categories.Count; row++)
                codes[row] = categories[row] is var code and >= 0 ? (byte)(1 + Levels.AsSpan().IndexOf(categories.Levels[code])) : (byte)0;
            return;
        }

        var known = Levels.Select((level, place) => (level, place)).ToDictionary(pair => pair.level, pair => (byte)(pair.place + 1));
        var codeOf = categories.Levels.Select(level => known.GetValueOrDefault(level)).ToArray();
        for (var row = 0; row < categories.Count; row++) codes[row] = categories[row] is var word and >= 0 ? codeOf[word] : (byte)0;
    }

    // Sixteen thresholds at a time: first the last one of each group of sixteen, then those inside one group.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void CodeMany(double[] numbers, Span<byte> codes)
    {
        const int step = 16;
        var padded = stackalloc double[step * step];
        var ends = stackalloc double[step];
        for (var i = 0; i < step * step; i++) padded[i] = i < Thresholds.Count ? Thresholds[i] : double.PositiveInfinity;
        for (var i = 0; i < step; i++) ends[i] = padded[i * step + step - 1];
        var (firstEnds, lastEnds) = (Vector512.Load(ends), Vector512.Load(ends + step / 2));
        for (var row = 0; row < numbers.Length; row++)
        {
            var number = Vector512.Create(numbers[row]);
            var sixteen = Above(number, firstEnds, lastEnds);
            var inside = Above(number, Vector512.Load(padded + sixteen * step), Vector512.Load(padded + sixteen * step + step / 2));
            codes[row] = double.IsNaN(numbers[row]) ? (byte)0 : (byte)(1 + sixteen * step + inside);
        }

        static int Above(Vector512<double> number, Vector512<double> first, Vector512<double> last) =>
            BitOperations.PopCount(Vector512.GreaterThan(number, first).ExtractMostSignificantBits())
                + BitOperations.PopCount(Vector512.GreaterThan(number, last).ExtractMostSignificantBits());
    }

    private static EquatableArray<double> Ascending(EquatableArray<double> thresholds, EquatableArray<string> levels)
    {
        if (thresholds.Count > 254 || levels.Count > 255)
            throw new ArgumentException($"{thresholds.Count} thresholds or {levels.Count} levels don't fit into 255 codes",
                nameof(thresholds));
        for (var i = 0; i < thresholds.Count; i++)
        {
            if (double.IsNaN(thresholds[i]) || (i > 0 && !(thresholds[i] > thresholds[i - 1])))
                throw new ArgumentException($"threshold {i}, {thresholds[i]}, is not above the previous one", nameof(thresholds));
        }

        return thresholds;
    }
}
